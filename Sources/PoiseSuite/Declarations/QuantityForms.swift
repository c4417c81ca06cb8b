import PoiseCore

/// Numbers with what they count: `60 s`, `5 per second`, `5%`.
///
/// A span without its unit is refused, since it is seconds to one reader and milliseconds to another.
enum Quantity {
    /// A number that is not negative, and the word after it; nil where the text is neither.
    static func split(_ text: String) -> (number: Double, unit: String)? {
        guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(%|[A-Za-z][A-Za-z ]*)/),
            let number = Double(match.1), number.isFinite
        else { return nil }
        return (number, String(match.2))
    }

    static let number = "[0-9]+(?:\\.[0-9]+)?"
    static let seconds: [String: Double] = ["ms": 0.001, "s": 1, "min": 60, "h": 3600]
    /// Seconds in what a rate is per: divided by, so that 300 per minute is 5 to the last bit.
    static let perUnit: [String: Double] = ["per second": 1, "per minute": 60, "per hour": 3600]
}

extension Form where Value == Double {
    /// A span in seconds, above 0 and of at most 30 days.
    static let span = quantity(
        .written("a time as 500 ms, 10 s, 2 min or 1 h", pattern: "\(Quantity.number) ?(?:ms|s|min|h)"),
        in: Double.leastNonzeroMagnitude...2_592_000, "It is above 0 and at most 720 h."
    ) { value in
        value.text.flatMap { Quantity.split($0) }.flatMap { read in
            Quantity.seconds[read.unit].map { read.number * $0 }
        }
    }

    /// Requests per second.
    static let rate = quantity(
        .anyOf([
            .decimal(0.001...100_000),
            .written("a rate as 5 per second", pattern: "\(Quantity.number) per (?:second|minute|hour)"),
        ]),
        in: 0.001...100_000, "It is from 0.001 to 100000 per second."
    ) { value in
        value.decimal
            ?? value.text.flatMap { Quantity.split($0) }.flatMap { read in
                Quantity.perUnit[read.unit].map { read.number / $0 }
            }
    }

    /// A share above 0 and of at most 1.
    static let share = quantity(
        .anyOf([.decimal(0...1), .written("a share as 5%", pattern: "\(Quantity.number) ?%")]),
        in: Double.leastNonzeroMagnitude...1, "It is above 0 and at most 100%."
    ) { value in
        value.decimal
            ?? value.text.flatMap { Quantity.split($0) }.flatMap { $0.unit == "%" ? $0.number / 100 : nil }
    }

    private static func quantity(
        _ shape: Shape, in range: ClosedRange<Double>, _ bounds: String,
        _ convert: @escaping @Sendable (YAMLValue) -> Double?
    ) -> Form {
        Form(shape) { value in
            guard let number = convert(value) else {
                let unit = value.decimal == nil ? value.ambiguity : "Write its unit."
                value.refuse("expected \(shape.inWords), found \(value.found)", expected: unit)
                return nil
            }
            guard range.contains(number) else {
                value.refuse("“\(value.text ?? "")” is out of range", expected: bounds)
                return nil
            }
            return number
        }
    }
}
