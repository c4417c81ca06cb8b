import PoiseCore

/// How the numbers of one rule are written, so that estimate, interval, bound and distance can be read side by side.
struct GateUnit {
    private let divisor: Double
    private let decimals: Int
    /// With the space that stands before it, where one does.
    let suffix: String

    init(_ rule: GateRule, estimate: Double?) {
        switch rule.limit {
        case .nonInferior(let margin):
            (divisor, decimals, suffix) = (0.01, margin < 0.00995 ? 2 : 1, " points")
        case .relative: (divisor, decimals, suffix) = (1, (estimate ?? 1) < 9.95 ? 3 : 1, "×")
        case .absolute(let bound):
            let values = [bound, estimate].compactMap(\.self).map(\.magnitude).filter { $0 > 0 && $0.isFinite }
            switch rule.quantity.kind {
            case .share: (divisor, decimals, suffix) = (0.01, bound > 0 && bound < 0.00995 ? 2 : 1, "%")
            case .time:
                let isLong = (values.max() ?? 0) >= 999.5
                divisor = isLong ? 1000 : 1
                decimals = isLong ? 2 : Self.decimals(for: values)
                suffix = isLong ? " s" : " ms"
            case .tokensPerSecond: (divisor, decimals, suffix) = (1, Self.decimals(for: values), " tok/s")
            case .charactersPerSecond:
                (divisor, decimals, suffix) = (1, Self.decimals(for: values), " characters/s")
            case .tokens: (divisor, decimals, suffix) = (1, Self.decimals(for: values, most: 1), " tokens")
            case .count: (divisor, decimals, suffix) = (1, 0, "")
            case .bytes:
                let unit = ByteUnit.fitting(Int64(min(values.max() ?? 0, 9e18)))
                (divisor, decimals, suffix) = (unit.size, 2, " \(unit.name)")
            case .money: (divisor, decimals, suffix) = (1, 6, "")
            }
        }
    }

    private static func decimals(for values: [Double], most: Int = 2) -> Int {
        min(most, Numbers.decimals(for: values.min() ?? 100))
    }

    /// Without its unit.
    func number(_ value: Double?) -> String {
        value.map { Numbers.fixed($0 / divisor, decimals) } ?? Numbers.undefined
    }

    func text(_ value: Double?) -> String {
        value == nil ? Numbers.undefined : number(value) + suffix
    }

    func range(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return Numbers.undefined }
        return Numbers.range(low / divisor, high / divisor, decimals: decimals)
    }
}
