import Foundation

/// Intervals as they stand in the cells of a table, on one scale for all its rows.
struct IntervalCell {
    /// The value that says "no difference", at the middle.
    private let middle: Double
    /// How far the scale reaches to either side, in its own measure.
    private let reach: Double
    private let isRatio: Bool
    private let ticks: [(value: Double, text: String)]

    private static let width = 200.0
    /// Room for a mark at the end of the scale.
    private static let margin = 8.0

    /// Differences of shares around 0.
    ///
    /// - Parameter values: the differences and the ends of their intervals.
    static func differences(_ values: [Double]) -> IntervalCell {
        let most = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
        let reach = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1].first { $0 >= most } ?? 1
        let end = Numbers.trimmed(reach * 100)
        return IntervalCell(
            middle: 0, reach: reach, isRatio: false, ticks: [(-reach, "−\(end)"), (0, "0"), (reach, "+\(end)")])
    }

    /// Quotients around 1, on a logarithmic scale.
    ///
    /// - Parameter values: the quotients and the ends of their intervals.
    static func ratios(_ values: [Double]) -> IntervalCell {
        let most = values.filter { $0 > 0 && $0.isFinite }.map { max($0, 1 / $0) }.max() ?? 1
        let ends: [(Double, String)] = [
            (1.1, "0.91"), (1.25, "0.8"), (1.5, "0.67"), (2, "0.5"), (3, "0.33"), (5, "0.2"), (10, "0.1"),
            (20, "0.05"), (100, "0.01"), (1000, "0.001"),
        ]
        let end = ends.first { $0.0 >= most } ?? ends[ends.count - 1]
        return IntervalCell(
            middle: 1, reach: log(end.0), isRatio: true,
            ticks: [(1 / end.0, "\(end.1)×"), (1, "1×"), (end.0, "\(Numbers.trimmed(end.0))×")])
    }

    /// - Parameters:
    ///   - low, high: nil where there is no interval; an infinite end is drawn to the end of the scale.
    ///   - isSure: whether the data tell it from the middle.
    func drawing(_ value: Double, low: Double?, high: Double?, isSure: Bool) -> String {
        let x = SVGNumber.text(place(value))
        var parts = ["<path class=\"nought\" d=\"M\(SVGNumber.text(place(middle))) 0v16\"/>"]
        if let low, let high {
            parts.append("<path class=\"span\" d=\"M\(SVGNumber.text(place(low))) 8H\(SVGNumber.text(place(high)))\"/>")
        }
        parts.append("<circle class=\"\(isSure ? "sure" : "open")\" cx=\"\(x)\" cy=\"8\" r=\"3.5\"/>")
        return Self.element(parts.joined())
    }

    /// The scale itself, for the head of the column.
    var axis: String {
        Self.element(
            ticks.enumerated().map { index, tick in
                let anchor = index == 0 ? "start" : index == ticks.count - 1 ? "end" : "middle"
                let x = index == 0 ? 0 : index == ticks.count - 1 ? Self.width : place(tick.value)
                return "<text x=\"\(SVGNumber.text(x))\" y=\"12\" text-anchor=\"\(anchor)\">\(tick.text)</text>"
            }.joined())
    }

    private func place(_ value: Double) -> Double {
        let measure = isRatio ? (value > 0 ? log(value) : -reach) : value - middle
        let share = (min(max(measure.isNaN ? reach : measure, -reach), reach) / reach + 1) / 2
        return Self.margin + share * (Self.width - 2 * Self.margin)
    }

    private static func element(_ content: String) -> String {
        "<svg class=\"cell wide-cell\" viewBox=\"0 0 200 16\" width=\"200\" height=\"16\" aria-hidden=\"true\">"
            + "\(content)</svg>"
    }
}
