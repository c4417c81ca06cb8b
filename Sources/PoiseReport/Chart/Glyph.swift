/// Small drawings that stand in tables and legends, as SVG.
enum Glyph {
    /// A model's mark, as full as it is in the chart.
    static func mark(_ candidate: ViewCandidate) -> String {
        mark(family: candidate.family, fill: candidate.isDrawn ? candidate.frontShare : 0)
    }

    /// - Parameter fill: 0 hollow … 1 full.
    static func mark(family: Int, fill: Double) -> String {
        let shape = MarkShape(family: family)
            .element(x: 7, y: 7, radius: 5, attributes: "class=\"dot\" fill-opacity=\"\(Numbers.fixed(fill, 2))\"")
        return "<svg class=\"glyph\" viewBox=\"0 0 14 14\" aria-hidden=\"true\">\(shape)</svg>"
    }

    private static let cellWidth = 96.0

    /// An accuracy with its interval on a scale that all rows share.
    static func interval(_ candidate: ViewCandidate, on scale: AxisScale) -> String {
        let x = { (share: Double) in SVGNumber.text(scale.position(of: share) * cellWidth) }
        return "<svg class=\"cell\" viewBox=\"0 0 96 16\" width=\"96\" height=\"16\" aria-hidden=\"true\">"
            + "<path class=\"span\" d=\"M\(x(candidate.accuracyLow)) 8H\(x(candidate.accuracyHigh))\"/>"
            + "<path class=\"mid\" d=\"M\(x(candidate.accuracy)) 8h0\"/></svg>"
    }

    /// The scale itself, for the head of the column.
    static func axis(_ scale: AxisScale) -> String {
        let ticks = scale.shareTicks(gap: 0.4)
        let words = ticks.enumerated().map { index, tick in
            let x = scale.position(of: tick) * cellWidth
            let unit = index == ticks.count - 1 ? "%" : ""
            let anchor = x < 8 ? "start" : x > 84 ? "end" : "middle"
            return "<text x=\"\(SVGNumber.text(x))\" y=\"12\" text-anchor=\"\(anchor)\">"
                + "\(Numbers.percent(tick, 0))\(unit)</text>"
        }
        return "<svg class=\"cell\" viewBox=\"0 0 96 16\" width=\"96\" height=\"16\" aria-hidden=\"true\">"
            + words.joined() + "</svg>"
    }

    /// A share as the filled part of a rail.
    static func bar(_ share: Double) -> String {
        let width = SVGNumber.text(min(1, max(0, share)) * 36)
        return "<svg class=\"cell\" viewBox=\"0 0 36 16\" width=\"36\" height=\"16\" aria-hidden=\"true\">"
            + "<rect class=\"rail\" y=\"5\" width=\"36\" height=\"6\"/>"
            + "<rect class=\"bar\" y=\"5\" width=\"\(width)\" height=\"6\"/></svg>"
    }
}
