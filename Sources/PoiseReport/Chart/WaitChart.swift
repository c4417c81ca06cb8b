import Foundation
import PoiseCore

/// Waiting times of one kind as hills on a logarithmic scale that all candidates share, as SVG.
///
/// A hill is drawn once for every width of the page: its cell stretches it, and no stroke with it. Words and numbers
/// stand beside it as text.
struct WaitChart {
    /// In the unit of the column.
    private let scale: AxisScale
    private let divisor: Double
    private let ticks: [Double]
    private let limit: Double?

    /// In units of the drawing, which is stretched to its cell.
    private static let (width, height, base, peak) = (1000.0, 28.0, 24.0, 20.0)
    /// Of the axis: about what a number and its unit need where the panel is narrowest.
    private static let tickGap = 0.2

    /// - Parameters:
    ///   - waits: of one kind at one load.
    ///   - divisor: from milliseconds to the unit that the numbers are written in.
    ///   - limit: what the profile allows, milliseconds.
    init(_ waits: [WaitDistribution], divisor: Double, limit: Double?) {
        let lows = waits.compactMap(Self.start)
        let highs = waits.compactMap { wait in Self.end(wait).map { max($0, wait.p99 ?? 0) } }
        // A tenth of a decade of room, and at least half a decade in all.
        var (low, high) = ((lows.min() ?? 1) / 1.15, (highs.max() ?? 10) * 1.15)
        if let limit, limit > 0, limit < high * 3, limit > low / 3 {
            (low, high) = (min(low, limit / 1.15), max(high, limit * 1.15))
        }
        if high / low < 3.2 {
            let middle = (low * high).squareRoot()
            (low, high) = (middle / 1.8, middle * 1.8)
        }
        scale = AxisScale(kind: .logarithmic, low: low / divisor, high: high / divisor)
        ticks = scale.ticks(gap: Self.tickGap)
        self.divisor = divisor
        self.limit = limit.flatMap { $0 > low && $0 < high ? $0 : nil }
    }

    var hasLimit: Bool { limit != nil }

    /// The numbers of the scale, for the head of the column; the first one says the unit.
    func axis(unit: String) -> String {
        // At the very end it would run into the head of the next column.
        let said = zip(ticks, AxisScale.texts(ticks)).enumerated().filter { scale.position(of: $0.element.0) < 0.93 }
        let words = said.map { index, tick in
            "<text class=\"tick\" x=\"\(percent(scale.position(of: tick.0)))\" y=\"1em\" text-anchor=\"middle\">"
                + "\(tick.1)\(index == 0 ? " \(unit)" : "")</text>"
        }
        return "<svg class=\"hills ticks\" aria-hidden=\"true\">\(words.joined())</svg>"
    }

    /// One candidate's hill with its median and its 99th percentile; only the scale where nothing was measured.
    func row(_ wait: WaitDistribution?) -> String {
        let grid = ticks.map { "M\(x($0)) 0V\(number(Self.height))" }.joined()
        var parts = [path("grid", grid), path("base", "M0 \(number(Self.base))H\(number(Self.width))")]
        if let wait {
            if let hill = hill(wait) { parts.append(path("hill", hill)) }
            if let limit { parts.append(limitLine(limit)) }
            if wait.median > 0 {
                parts.append(path("median", "M\(x(wait.median / divisor)) 13V\(number(Self.height - 1))"))
            }
            if let p99 = wait.p99, p99 > 0 { parts.append(path("tail", "M\(x(p99 / divisor)) \(number(Self.base))h0")) }
        } else if let limit {
            parts.append(limitLine(limit))
        }
        return "<svg class=\"hills\" viewBox=\"0 0 1000 28\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "\(parts.joined())</svg>"
    }

    // MARK: - Parts

    /// Through the middles of the bins, each smoothed with a quarter of both neighbours; as high as its own peak.
    private func hill(_ wait: WaitDistribution) -> String? {
        guard wait.counts.contains(where: { $0 > 0 }) else { return nil }
        let counts = [0, 0] + wait.counts.map(Double.init) + [0, 0]
        let smooth = counts.indices.dropFirst().dropLast().map {
            counts[$0 - 1] / 4 + counts[$0] / 2 + counts[$0 + 1] / 4
        }
        guard let most = smooth.max(), most > 0 else { return nil }
        // What is lower than a hairline is left to the base line, so that a hill ends where it does to the eye.
        let points = smooth.enumerated().compactMap { index, count -> (index: Int, x: Int, y: String)? in
            let middle = wait.low * power(wait.ratio, index - 1) * wait.ratio.squareRoot() / divisor
            let place = scale.position(of: middle)
            guard count / most * Self.peak >= 0.3, place > -0.1, place < 1.1 else { return nil }
            return (index, Int((place * Self.width).rounded()), number(Self.base - count / most * Self.peak))
        }
        let step = Int((log(wait.ratio) / log(scale.high / scale.low) * Self.width).rounded())
        var path = ""
        for (place, point) in points.enumerated() {
            let isFirst = place == 0 || points[place - 1].index != point.index - 1
            let isLast = place == points.count - 1 || points[place + 1].index != point.index + 1
            if isFirst { path += "M\(point.x - step) \(number(Self.base))" }
            path += "L\(point.x) \(point.y)"
            if isLast { path += "L\(point.x + step) \(number(Self.base))z" }
        }
        return path.isEmpty ? nil : path
    }

    private func limitLine(_ limit: Double) -> String {
        path("limitline", "M\(x(limit / divisor)) 0V\(number(Self.height))")
    }

    /// Where a hill begins: at its lowest bin, but for the lowest hundredth of its waits.
    private static func start(_ wait: WaitDistribution) -> Double? {
        edge(wait, beyond: Double(wait.counts.reduce(0, +)) / 100, wait.counts.indices.map(\.self)).map {
            wait.low * power(wait.ratio, $0)
        }
    }

    /// Where it ends, likewise.
    private static func end(_ wait: WaitDistribution) -> Double? {
        edge(wait, beyond: Double(wait.counts.reduce(0, +)) / 100, wait.counts.indices.reversed()).map {
            wait.low * power(wait.ratio, $0 + 1)
        }
    }

    private static func edge(_ wait: WaitDistribution, beyond share: Double, _ order: [Int]) -> Int? {
        var seen = 0.0
        return order.first { index in
            seen += Double(wait.counts[index])
            return seen > share
        }
    }

    private func x(_ value: Double) -> String {
        number((scale.position(of: value) * Self.width).rounded())
    }

    private func percent(_ share: Double) -> String { SVGNumber.text(share * 100) + "%" }
    private func number(_ value: Double) -> String { SVGNumber.text(value) }

    private func path(_ classes: String, _ data: String) -> String { "<path class=\"\(classes)\" d=\"\(data)\"/>" }
}

/// A ratio raised to a whole power, also below 0.
private func power(_ ratio: Double, _ exponent: Int) -> Double {
    let magnitude = (0..<exponent.magnitude).reduce(1.0) { product, _ in product * ratio }
    return exponent < 0 ? 1 / magnitude : magnitude
}
