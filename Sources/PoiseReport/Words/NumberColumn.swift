/// A column of numbers that share one unit and one number of decimals, so that points align.
struct NumberColumn {
    /// What stands in the column's head.
    let unit: String
    /// What a value is divided by before it is written.
    let divisor: Double
    let decimals: Int

    func text(_ value: Double?) -> String {
        guard let value else { return Numbers.undefined }
        return Numbers.fixed(value / divisor, decimals)
    }

    func range(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return Numbers.undefined }
        return Numbers.range(low / divisor, high / divisor, decimals: decimals)
    }

    /// Speeds in tok/s, or any number without a unit to choose.
    static func plain(_ values: [Double?], unit: String) -> NumberColumn {
        column(values, unit: unit, divisor: 1)
    }

    /// Milliseconds where the middle value is below one second, else seconds.
    static func times(_ values: [Double?]) -> NumberColumn {
        middle(values) < 999.5 ? column(values, unit: "ms", divisor: 1) : column(values, unit: "s", divisor: 1000)
    }

    static func bytes(_ values: [Int64?]) -> NumberColumn {
        let unit = ByteUnit.fitting(Int64(middle(values.map { $0.map(Double.init) })))
        return column(values.map { $0.map(Double.init) }, unit: unit.name, divisor: unit.size)
    }

    /// Small amounts of money, with three digits that matter of the smallest.
    static func money(_ values: [Double?], currency: String) -> NumberColumn {
        let smallest = values.compactMap(\.self).filter { $0.isFinite && $0 > 0 }.min() ?? 1
        let zeros = (1...9).first { smallest >= (0..<$0).reduce(1) { power, _ in power / 10 } } ?? 9
        return NumberColumn(unit: currency, divisor: 1, decimals: smallest >= 1 ? 2 : zeros + 2)
    }

    /// Decimals by the smallest value, so that it keeps two digits that matter: none from 100 on, two at most.
    private static func column(_ values: [Double?], unit: String, divisor: Double) -> NumberColumn {
        let smallest = values.compactMap(\.self).filter { $0.isFinite && $0 > 0 }.min().map { $0 / divisor }
        let decimals =
            switch smallest ?? 1 {
            case 99.5...: 0
            case 9.95..<99.5: 1
            default: 2
            }
        return NumberColumn(unit: unit, divisor: divisor, decimals: decimals)
    }

    private static func middle(_ values: [Double?]) -> Double {
        let sorted = values.compactMap(\.self).filter(\.isFinite).sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
