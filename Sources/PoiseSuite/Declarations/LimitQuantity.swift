package import PoiseCore

/// What a profile's limits are written in: `0.7`, `70%`, `500 ms`, `8 GB`, `30 tok/s`, `0.002 USD`.
///
/// Times, sizes and money are refused without their unit, since a bare number is one thing to one reader and another to
/// the next.
package enum LimitQuantity {
    /// A number with the currency that it is in, where it is money.
    package struct Amount: Hashable, Sendable {
        package let value: Double
        package let currency: String?
    }

    /// The number in the figure's unit; nil where the text is none.
    package static func read(_ text: String, of figure: ChoiceFigure) -> Amount? {
        guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(%|[A-Za-z\/]*)/),
            let number = Double(match.1), number.isFinite
        else { return nil }
        let unit = String(match.2)
        if case .metric(.currency) = figure.unit {
            guard unit.wholeMatch(of: /[A-Z]{3}/) != nil, number > 0 else { return nil }
            return Amount(value: number, currency: unit)
        }
        guard let size = units(of: figure)[unit] else { return nil }
        let value = number / size.divisor * size.factor
        guard value > 0, figure.unit != .share || value <= 1 else { return nil }
        return Amount(value: value, currency: nil)
    }

    /// A share and a percentage are written without and with a sign; division keeps 70% at 0.7 to the last bit.
    private static func units(of figure: ChoiceFigure) -> [String: (factor: Double, divisor: Double)] {
        switch figure.unit {
        case .share: ["": (1, 1), "%": (1, 100)]
        case .metric(.milliseconds): ["ms": (1, 1), "s": (1e3, 1), "min": (60e3, 1), "h": (3600e3, 1)]
        case .metric(.tokensPerSecond): ["": (1, 1), "tok/s": (1, 1)]
        case .metric(.charactersPerSecond): ["": (1, 1), "char/s": (1, 1)]
        case .metric(.tokens): ["": (1, 1), "tokens": (1, 1)]
        case .metric(.bytes):
            [
                "kB": (1e3, 1), "MB": (1e6, 1), "GB": (1e9, 1), "KiB": (0x1p10, 1), "MiB": (0x1p20, 1),
                "GiB": (0x1p30, 1),
            ]
        case .metric(.currency): [:]
        }
    }

    /// What a limit on the figure looks like: in words, and as an expression for editors.
    package static func example(of figure: ChoiceFigure) -> String {
        switch figure.unit {
        case .share: "a share as 0.7 or 70%"
        case .metric(.milliseconds): "a time as 500 ms or 2 s"
        case .metric(.tokensPerSecond): "a speed as 30 or 30 tok/s"
        case .metric(.charactersPerSecond): "a speed as 120 or 120 char/s"
        case .metric(.tokens): "a number of tokens as 400"
        case .metric(.bytes): "a size as 8 GB or 500 MB"
        case .metric(.currency): "an amount with its currency as 0.002 USD"
        }
    }

    private static func pattern(of figure: ChoiceFigure) -> String {
        if case .metric(.currency) = figure.unit { return "\(Quantity.number) ?[A-Z]{3}" }
        let names = units(of: figure).keys.filter { !$0.isEmpty }.sorted()
        return "\(Quantity.number) ?(?:\(names.joined(separator: "|")))"
    }

    private static func shape(of figure: ChoiceFigure) -> Shape {
        let written = Shape.written(example(of: figure), pattern: pattern(of: figure))
        return units(of: figure)[""] == nil ? written : .anyOf([.aboveZero, written])
    }

    // MARK: - Keys

    static func key(_ side: ProfileLimit.Side, of figure: ChoiceFigure) -> Key<Amount> {
        let name = side == .atLeast ? "at_least" : "at_most"
        let form = Form<Amount>(shape(of: figure)) { value in
            if let amount = value.text.flatMap({ read($0, of: figure) }) { return amount }
            value.refuse("expected \(example(of: figure)), found \(value.found)", expected: "It is above 0.")
            return nil
        }
        return .optional(name, form, side == .atLeast ? "The least that is good enough." : "The most that will do.")
    }

    static func sides(of figure: ChoiceFigure) -> [KeyDeclaration] {
        ProfileLimit.Side.allCases.map { key($0, of: figure).declaration }
    }

    static func key(of figure: ChoiceFigure) -> Key<YAMLValue> {
        .optional(
            figure.rawValue, .tree(.mapping(sides(of: figure))),
            "A limit on it, as at_least or at_most \(example(of: figure)).")
    }

    static var keys: [KeyDeclaration] { ChoiceFigure.allCases.map { key(of: $0).declaration } }
}
