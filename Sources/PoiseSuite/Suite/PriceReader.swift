import PoiseCore

/// Reads what a candidate costs.
enum PriceReader {
    /// - Returns: nil with the problems logged.
    static func price(from value: YAMLValue) -> Price? {
        let isHourly = value.pairs?.contains { $0.name == PriceKeys.hour.name } ?? false
        return isHourly ? hourly(from: value) : ofTokens(from: value)
    }

    private static func hourly(from value: YAMLValue) -> Price? {
        let both = Mapping.Refusal(
            what: "a price by the hour and by the token", expected: "Keep hour, or keep input and output.")
        let names = [PriceKeys.input.name, PriceKeys.cachedInput.name, PriceKeys.output.name, PriceKeys.per.name]
        let refused = Dictionary(uniqueKeysWithValues: names.map { ($0, both) })
        guard let mapping = Mapping(value, "“price”", keys: PriceKeys.hours, refused: refused) else { return nil }
        let (source, date) = (mapping.read(PriceKeys.source), mapping.read(PriceKeys.date))
        guard let hour = mapping.read(PriceKeys.hour), let currency = mapping.read(PriceKeys.currency) else {
            return nil
        }
        return Price(basis: .hour(hour), currency: currency, source: source, date: date)
    }

    private static func ofTokens(from value: YAMLValue) -> Price? {
        guard let mapping = Mapping(value, "“price”", keys: PriceKeys.tokens) else { return nil }
        let (source, date) = (mapping.read(PriceKeys.source), mapping.read(PriceKeys.date))
        let cachedInput = mapping.read(PriceKeys.cachedInput)
        guard let input = mapping.read(PriceKeys.input), let output = mapping.read(PriceKeys.output),
            let per = mapping.read(PriceKeys.per), let currency = mapping.read(PriceKeys.currency)
        else { return nil }
        return Price(
            input: input, output: output, per: per, currency: currency, source: source, date: date,
            cachedInput: cachedInput)
    }
}
