import Foundation

/// A range of values laid out along an axis, linear or logarithmic.
package struct AxisScale: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case linear, logarithmic
    }

    package let kind: Kind
    package let low: Double
    package let high: Double
    /// Whether it runs backwards: `high` at 0, since less is better and what is better stands to the right.
    package var isReversed = false

    /// The ratio of the largest to the smallest value from which an axis is logarithmic.
    ///
    /// Below it a linear axis shows the same differences and is read without effort; from it on, the slow candidates
    /// would stand on a linear axis in less than a third of the room.
    package static let logarithmicFrom = 3.0

    package init(kind: Kind, low: Double, high: Double, isReversed: Bool = false) {
        self.kind = kind
        self.low = low
        self.high = high
        self.isReversed = isReversed
    }

    /// The share of the axis at which a value stands: 0 at `low`, 1 at `high`; outside that range beyond it.
    package func position(of value: Double) -> Double {
        let share =
            switch kind {
            case .linear: (value - low) / (high - low)
            case .logarithmic: log(value / low) / log(high / low)
            }
        return isReversed ? 1 - share : share
    }

    // MARK: - Speeds

    /// An axis for speeds with room on both sides; logarithmic where the largest end is 3 times the smallest or more.
    ///
    /// - Parameter values: the values and the ends of their intervals; those that are not positive are left out.
    package static func speeds(_ values: [Double]) -> AxisScale {
        let usable = values.filter { $0 > 0 && $0.isFinite }
        guard let least = usable.min(), let most = usable.max() else {
            return AxisScale(kind: .linear, low: 0, high: 1)
        }
        if most / least >= logarithmicFrom {
            let room = pow(most / least, 0.07)
            return AxisScale(kind: .logarithmic, low: least / room, high: most * room)
        }
        let room = max((most - least) * 0.1, most * 0.02)
        return AxisScale(kind: .linear, low: max(0, least - room), high: most + room)
    }

    /// The same for any amount that may be 0, with what is better to the right.
    package static func amounts(_ values: [Double], isBetterHigher: Bool) -> AxisScale {
        let usable = values.filter { $0 >= 0 && $0.isFinite }
        var scale = speeds(usable)
        if usable.contains(0) {
            // Nothing is a finite distance from 0 on a logarithmic axis. A mark at 0 needs room for itself.
            let most = usable.max() ?? 0
            let room = most > 0 ? most * 0.05 : 0.5
            scale = AxisScale(kind: .linear, low: -room, high: most + 2 * room)
        }
        scale.isReversed = !isBetterHigher
        return scale
    }

    // MARK: - Shares

    /// An axis for shares, cut to the data in steps of 5 points; always linear.
    package static func shares(_ values: [Double]) -> AxisScale {
        guard let least = values.min(), let most = values.max() else {
            return AxisScale(kind: .linear, low: 0, high: 1)
        }
        // A mark at 0 or 1 needs room for itself beyond the end of the scale.
        let low = least <= 0.012 ? -0.03 : ((least - 0.012) * 20).rounded(.down) / 20
        let high = most >= 0.996 ? 1.03 : ((most + 0.004) * 20).rounded(.up) / 20
        return AxisScale(kind: .linear, low: low, high: high)
    }

    /// Steps of 20, 10, 5, 2 or 1 points within 0…1, as many as leave `gap` of the axis between them.
    package func shareTicks(gap: Double) -> [Double] {
        let percents = [1, 2, 5, 10, 20, 25, 50].first { step in Double(step) / 100 / (high - low) >= gap } ?? 100
        return stride(from: 0, through: 100, by: percents).map { Double($0) / 100 }
            .filter { $0 >= low - 1e-9 && $0 <= high + 1e-9 }
    }

    // MARK: - Ticks

    /// Numbers that people say, as many as stand at least `gap` apart.
    ///
    /// - Parameter gap: the least distance of two ticks as a share of the axis.
    package func ticks(gap: Double) -> [Double] {
        switch kind {
        case .linear: linearTicks(gap: gap)
        case .logarithmic: logarithmicTicks(gap: gap)
        }
    }

    /// 1, 2, 2.5 or 5 × 10ⁿ apart.
    private func linearTicks(gap: Double) -> [Double] {
        let least = (high - low) * gap
        guard least > 0, least.isFinite else { return [] }
        let decade = pow(10, log10(least).rounded(.down))
        let step = [1, 2, 2.5, 5, 10].map { $0 * decade }.first { $0 >= least * (1 - 1e-9) } ?? decade * 10
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { rounded(Double($0) * step) } : []
    }

    /// 1, 1.5, 2, 3, 5, 7 × 10ⁿ, thinned to 1, 2, 5, to 1, 3 or to 1 until they fit.
    private func logarithmicTicks(gap: Double) -> [Double] {
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        var sparsest: [Double] = []
        for spoken in [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]] {
            let ticks = decades.flatMap { decade in spoken.map { rounded($0 * pow(10, Double(decade))) } }
                .filter { $0 >= low && $0 <= high }
            let positions = ticks.map(position)
            if zip(positions, positions.dropFirst()).allSatisfy({ ($1 - $0).magnitude >= gap }) { return ticks }
            sparsest = ticks
        }
        // So many decades that even the powers of ten are too close: every second, third, … of them.
        var stride = 2
        while stride < sparsest.count {
            let kept = sparsest.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
            let positions = kept.map(position)
            if zip(positions, positions.dropFirst()).allSatisfy({ ($1 - $0).magnitude >= gap }) { return kept }
            stride += 1
        }
        return Array(sparsest.prefix(1))
    }

    /// Without the noise of binary fractions, so that 0.30000000000000004 is 0.3.
    private func rounded(_ value: Double) -> Double {
        guard value != 0 else { return 0 }
        let unit = pow(10, 9 - log10(value.magnitude).rounded(.down))
        let result = (value * unit).rounded() / unit
        return result.isFinite ? result : value
    }

    /// A tick as text, with the decimals that all of them need.
    package static func texts(_ ticks: [Double]) -> [String] {
        let step = zip(ticks, ticks.dropFirst()).map { $1 - $0 }.min() ?? 1
        return ticks.map { tick in
            let decimals = (0...6).first { decimals in
                let scale = pow(10, Double(decimals))
                return ((tick * scale).rounded() / scale - tick).magnitude < step * 1e-3
            }
            return Numbers.fixed(tick, decimals ?? 6)
        }
    }
}
