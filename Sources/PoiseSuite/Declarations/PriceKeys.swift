import PoiseCore

/// The keys of `price`: of tokens, or of machine hours.
enum PriceKeys {
    static let input = Key.required(
        "input", Form.decimal(0...Double.infinity), "The price of the tokens of the prompt.")
    static let cachedInput = Key.optional(
        "cached_input", Form.decimal(0...Double.infinity),
        "The price of the prompt's tokens that came from a cache; that of the others where left out."
    )
    static let output = Key.required(
        "output", Form.decimal(0...Double.infinity), "The price of the tokens of the response."
    )
    static let per = Key.optional(
        "per", Form.oneOf(["million tokens", "thousand tokens"]), default: "million tokens",
        as: .string("million tokens"), "How many tokens the prices are for."
    )
    static let hour = Key.required(
        "hour", Form.aboveZero, "The price of an hour of the machine, whether it is asked or waits.")
    static let currency = Key.optional(
        "currency", Form.text, default: "USD", as: .string("USD"), "The currency of the prices."
    )
    static let source = Key.optional("source", Form.text, "Where the prices were read.")
    static let date = Key.optional("date", Form.text, "When they were read, as 2026-11-01.")

    static let tokens: [KeyDeclaration] = [
        input.declaration, cachedInput.declaration, output.declaration, per.declaration, currency.declaration,
        source.declaration, date.declaration,
    ]
    static let hours: [KeyDeclaration] = [
        hour.declaration, currency.declaration, source.declaration, date.declaration,
    ]
}
