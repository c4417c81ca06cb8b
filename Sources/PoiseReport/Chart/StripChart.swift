import Foundation

/// When each chunk of a response arrived: one stroke a chunk on a clock that all lanes share.
///
/// Its places are percentages, so that one drawing fits every width and the script need not draw it again for another.
enum StripChart {
    /// Sides that strokes keep clear of, in thousandths of the width.
    private static let margin = 2.0
    /// Where ticks may stand, and how far apart, in shares of the width.
    private static let (lastTick, tickGap) = (0.97, 0.13)
    /// With more strokes than this they are drawn finer, so that pauses still show.
    private static let fineFrom = 250

    /// - Parameter end: of the clock, ms.
    static func element(_ take: Scene.Take, end: Double) -> String {
        let thoughts = take.chunks.filter(\.isThinking).map { stroke($0, from: 15, end) }.joined()
        let beats = take.chunks.filter { !$0.isThinking }.map { stroke($0, from: 8, end) }.joined()
        let fine = take.chunks.count > fineFrom ? " fine" : ""
        let ticks = ticks(end: end).map { tick in
            let (anchor, place) = tick.milliseconds == 0 ? ("start", "0") : ("middle", percent(tick.milliseconds, end))
            return "<text class=\"tick\" x=\"\(place)\" y=\"41\" text-anchor=\"\(anchor)\">\(tick.text)</text>"
        }
        let done = take.completeAt.map { index in
            "<svg class=\"done\" x=\"\(percent(take.chunks[index].milliseconds, end))\"><path d=\"M0 2V28\"/>"
                + "<path class=\"flag\" d=\"M0 1l8 4l-8 4z\"/></svg>"
        }
        return "<svg class=\"lane\" width=\"100%\" height=\"42\" aria-hidden=\"true\">"
            + "<svg width=\"100%\" height=\"28\" viewBox=\"0 0 1000 28\" preserveAspectRatio=\"none\">"
            + (thoughts.isEmpty ? "" : "<path class=\"beat thought\(fine)\" d=\"\(thoughts)\"/>")
            + (beats.isEmpty ? "" : "<path class=\"beat\(fine)\" d=\"\(beats)\"/>") + "</svg>"
            + "<line class=\"axisline\" x2=\"100%\" y1=\"28.5\" y2=\"28.5\"/>" + ticks.joined() + (done ?? "")
            + "</svg>"
    }

    private static func stroke(_ chunk: Scene.Chunk, from top: Int, _ end: Double) -> String {
        "M\(SVGNumber.text(place(chunk.milliseconds, end))) \(top)V28"
    }

    /// 0…1000 over the width.
    private static func place(_ milliseconds: Double, _ end: Double) -> Double {
        margin + (end > 0 ? min(max(milliseconds / end, 0), 1) : 0) * (1000 - 2 * margin)
    }

    private static func percent(_ milliseconds: Double, _ end: Double) -> String {
        Numbers.fixed(place(milliseconds, end) / 10, 2) + "%"
    }

    /// 1, 2 or 5 × 10ⁿ apart; the first one says the unit.
    static func ticks(end: Double) -> [(milliseconds: Double, text: String)] {
        guard end > 0, end.isFinite else { return [] }
        let unit = unit(end: end)
        let least = end * tickGap / unit.milliseconds
        let decade = pow(10, log10(least).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * decade }.first { $0 >= least * (1 - 1e-9) } ?? decade * 10
        let count = Int(end * lastTick / unit.milliseconds / step)
        return (0...max(0, count)).map { index in
            let value = Double(index) * step
            let text = Numbers.fixed(value, max(0, Int(-log10(step).rounded(.down))))
            return (value * unit.milliseconds, index == 0 ? "0 \(unit.name)" : text)
        }
    }

    /// What a clock of this length counts in.
    static func unit(end: Double) -> (milliseconds: Double, name: String) {
        end < 1000 ? (1, "ms") : (1000, "s")
    }
}
