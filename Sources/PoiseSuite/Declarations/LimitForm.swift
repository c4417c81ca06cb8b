import PoiseCore

extension Form where Value == GateRule.Limit {
    /// A limit in a number's own unit, or as a multiple of the baseline's.
    static func limit(to quantity: GateQuantity) -> Form {
        let units = LimitUnits(of: quantity.kind)
        let shape = Shape.anyOf(
            (units.bare.map { [Shape.decimal($0)] } ?? []) + (units.written.map { [$0] } ?? [])
                + (quantity.canBeRelative ? [.written(baselineWords, pattern: baselinePattern)] : []))
        return Form(shape) { value in
            guard let limit = read(value, units: units) else {
                value.refuse(
                    "expected \(shape.inWords), found \(value.found)",
                    expected: value.decimal == nil || units.bare != nil ? value.ambiguity : "Write its unit.")
                return nil
            }
            if case .relative(let factor) = limit {
                guard quantity.canBeRelative else {
                    value.refuse(
                        "\(quantity.rawValue) is not compared with a baseline's",
                        expected: "Write \(GateKeys.example(of: quantity)).")
                    return nil
                }
                guard factor > 0, factor <= 1000 else {
                    value.refuse("“\(value.text ?? "")” is out of range", expected: "It is above 0 and at most 1000.")
                    return nil
                }
                return limit
            }
            guard case .absolute(let number) = limit, units.range.contains(number) else {
                value.refuse("“\(value.text ?? "")” is out of range", expected: "It is \(units.rangeInWords).")
                return nil
            }
            return limit
        }
    }

    private static var baselineWords: String { "a multiple as 0.95 of baseline" }
    private static var baselinePattern: String { "\(Quantity.number) ?%? of baseline" }

    private static func read(_ value: YAMLValue, units: LimitUnits) -> GateRule.Limit? {
        if let number = value.decimal { return units.bare == nil ? nil : .absolute(number) }
        guard let text = value.text,
            let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(%?) ?(.*)/), let number = Double(match.1)
        else { return nil }
        let unit = String(match.2 + match.3)
        if unit == "of baseline" { return .relative(number) }
        if unit == "%of baseline" { return .relative(number / 100) }
        return units.factors[unit].map { .absolute($0.applied(to: number)) }
    }
}

/// What a limit may be written in, by the kind of number.
private struct LimitUnits {
    /// A number without a unit, where it can mean one thing only.
    let bare: ClosedRange<Double>?
    let written: Shape?
    let factors: [String: Factor]
    let range: ClosedRange<Double>

    /// Multiplied or divided by a whole number, so that 1% is 0.01 to the last bit.
    enum Factor {
        case times(Double), over(Double)

        func applied(to number: Double) -> Double {
            switch self {
            case .times(let factor): number * factor
            case .over(let divisor): number / divisor
            }
        }
    }

    var rangeInWords: String {
        range.upperBound == 1 ? "from 0 to 1, or from 0% to 100%" : "not negative and finite"
    }

    init(of kind: GateQuantity.Kind) {
        let any = 0...Double.greatestFiniteMagnitude
        func written(_ words: String, _ units: String) -> Shape {
            .written(words, pattern: "\(Quantity.number) ?(?:\(units))")
        }
        switch kind {
        case .share: (bare, range) = (0...1, 0...1)
        case .time, .bytes: (bare, range) = (nil, any)
        case .tokensPerSecond, .charactersPerSecond, .tokens, .count, .money:
            (bare, range) = (0...Double.infinity, any)
        }
        switch kind {
        case .share:
            self.written = written("a share as 5%", "%")
            factors = ["%": .over(100)]
        case .time:
            self.written = written("a time as 500 ms or 1.2 s", "ms|s|min|h")
            factors = ["ms": .times(1), "s": .times(1000), "min": .times(60_000), "h": .times(3_600_000)]
        case .tokensPerSecond:
            self.written = written("a speed as 20 tok/s", "tok/s|tokens/s|tokens per second")
            factors = ["tok/s": .times(1), "tokens/s": .times(1), "tokens per second": .times(1)]
        case .charactersPerSecond:
            self.written = written("a speed as 80 characters/s", "characters/s|chars/s|characters per second")
            factors = ["characters/s": .times(1), "chars/s": .times(1), "characters per second": .times(1)]
        case .tokens:
            self.written = written("a count as 200 tokens", "tokens?")
            factors = ["token": .times(1), "tokens": .times(1)]
        case .count:
            self.written = written("a count as 100 samples", "samples?")
            factors = ["sample": .times(1), "samples": .times(1)]
        case .bytes:
            self.written = written("a size as 8 GB", "kB|MB|GB|KiB|MiB|GiB")
            factors = [
                "kB": .times(1e3), "MB": .times(1e6), "GB": .times(1e9), "KiB": .times(1024),
                "MiB": .times(1_048_576), "GiB": .times(1_073_741_824),
            ]
        case .money: (self.written, factors) = (nil, [:])
        }
    }
}
