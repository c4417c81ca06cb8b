import PoiseCore

/// One axis of the tasks' dot plot: cells of a table, as wide as the page makes them, with marks placed in percent.
///
/// Two candidates stand with their intervals, one a little above the line and one a little below; the others are small
/// marks on it. The script draws the same cells for another pair.
struct TaskChart {
    enum Kind {
        case right, latency
    }

    private let kind: Kind
    private let scale: AxisScale
    /// Shares, or milliseconds, as the values are.
    private let ticks: [Double]
    private let column: NumberColumn

    init(_ kind: Kind, _ comparison: TaskComparison) {
        self.kind = kind
        let values = comparison.tasks.flatMap { kind == .right ? $0.right : $0.latency }.compactMap(\.self)
        switch kind {
        case .right:
            column = NumberColumn(unit: "%", divisor: 0.01, decimals: 0)
            scale = AxisScale(kind: .linear, low: -0.02, high: 1.02)
            ticks = [0, 0.25, 0.5, 0.75, 1]
        case .latency:
            let column = NumberColumn.times(values.map(\.estimate))
            var scale = AxisScale.speeds(
                values.flatMap { [$0.estimate, $0.low, $0.high] }.compactMap {
                    $0.map { $0 / column.divisor }
                })
            scale.isReversed = true
            self.column = column
            self.scale = scale
            ticks = scale.ticks(gap: 0.15).map { $0 * column.divisor }
        }
    }

    var unit: String { column.unit }

    /// The numbers of the scale, for the head of the column; the one where it begins says the unit.
    var axis: String {
        let said =
            kind == .right
            ? ticks.map { Numbers.percent($0, 0) } : AxisScale.texts(ticks.map { $0 / column.divisor })
        let units = kind == .right ? ticks.count - 1 : 0
        let words = zip(ticks, said).enumerated().map { index, tick in
            "<text class=\"tick\" x=\"\(percent(tick.0))\" y=\"1em\" text-anchor=\"middle\">\(tick.1)"
                + "\(index == units ? kind == .right ? "%" : " \(column.unit)" : "")</text>"
        }
        return "<svg class=\"dots ticks\" aria-hidden=\"true\">\(words.joined())</svg>"
    }

    /// One task's cell.
    func cell(_ task: TaskComparison.Task, _ comparison: TaskComparison) -> String {
        let values = kind == .right ? task.right : task.latency
        let grid = ticks.map { "<line class=\"grid\" x1=\"\(percent($0))\" x2=\"\(percent($0))\" y2=\"100%\"/>" }
        var parts = grid + ["<line class=\"base\" y1=\"50%\" y2=\"50%\" x2=\"100%\"/>"]
        parts.append("<svg y=\"50%\">\(others(values, comparison))</svg>")
        for index in [comparison.second, comparison.first].compactMap(\.self) {
            guard let value = values[index] else { continue }
            parts.append(own(value, comparison.candidates[index], isFirst: index == comparison.first))
        }
        return "<svg class=\"dots\" aria-hidden=\"true\">\(parts.joined())</svg>"
    }

    /// Small marks, one group for each model, so that colour and shape are said once.
    private func others(_ values: [TaskComparison.Value?], _ comparison: TaskComparison) -> String {
        let drawn = comparison.candidates.indices.filter { $0 != comparison.first && $0 != comparison.second }
        let families = Set(drawn.map { comparison.candidates[$0].family }).sorted()
        return families.map { family in
            let marks = drawn.filter { comparison.candidates[$0].family == family }.compactMap { values[$0] }.map {
                value in
                "<use href=\"#\(Self.mark(family))\" x=\"\(percent(value.estimate))\"/>"
            }
            return marks.isEmpty ? "" : "<g class=\"faint \(MarkShape.colour(family: family))\">\(marks.joined())</g>"
        }.joined()
    }

    private func own(_ value: TaskComparison.Value, _ candidate: ViewCandidate, isFirst: Bool) -> String {
        let y = isFirst ? Self.upper : Self.lower
        let (low, high) = (value.low ?? value.estimate, value.high ?? value.estimate)
        return "<g class=\"\(MarkShape.colour(family: candidate.family))\"><line class=\"span\" x1=\"\(percent(low))\" "
            + "x2=\"\(percent(high))\" y1=\"\(y)\" y2=\"\(y)\"/><use class=\"\(isFirst ? "solid" : "open")\" "
            + "href=\"#\(Self.mark(candidate.family, isLarge: true))\" x=\"\(percent(value.estimate))\" y=\"\(y)\"/></g>"
    }

    /// Where a value stands, in percent of the cell.
    func position(of value: Double) -> Double {
        min(1.2, max(-0.2, scale.position(of: value / (kind == .right ? 1 : column.divisor)))) * 100
    }

    private func percent(_ value: Double) -> String {
        SVGNumber.text(position(of: value)) + "%"
    }

    static let (upper, lower) = ("38%", "65%")

    // MARK: - Marks

    /// The name of a family's mark among the page's definitions.
    static func mark(_ family: Int, isLarge: Bool = false) -> String { "\(isLarge ? "K" : "k")\(family % 6 + 1)" }

    /// The marks that the cells refer to: they stand once on the page.
    static func marks(of families: Int) -> String {
        let shapes = (0..<min(6, families)).flatMap { family in
            [2.6, 4.6].map { radius in
                MarkShape(family: family).element(
                    x: 0, y: 0, radius: radius,
                    attributes: "id=\"\(mark(family, isLarge: radius > 4))\" class=\"k\"")
            }
        }
        return "<svg class=\"hush\" aria-hidden=\"true\"><defs>\(shapes.joined())</defs></svg>"
    }
}
