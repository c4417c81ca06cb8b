import PoiseCore
import Yams

/// A value as it stands in a file, with its place; what kind it is depends on what is asked of it.
///
/// YAML 1.1 reads `no` as false, `1.10` as 1.1 and `012` as 10; YAML 1.2 does not. Here a key that wants a text gets
/// the letters that were written, and a key that wants a number or a boolean takes only what both versions agree on.
struct YAMLValue {
    let node: Node
    let source: YAMLSource

    var line: Int? { node.mark?.line }
    var column: Int? { node.mark?.column }

    /// `path:line:column`.
    var place: String { ([source.path] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }

    func refuse(_ what: String, expected: String? = nil) {
        source.refuse(line: line, column: column, what, expected: expected)
    }

    /// The items of a list; nil for anything else.
    var items: [YAMLValue]? {
        guard case .sequence(let items) = node else { return nil }
        return items.map { YAMLValue(node: $0, source: source) }
    }

    var isMapping: Bool {
        if case .mapping = node { true } else { false }
    }

    /// The letters of a scalar, as written; nil for lists, mappings and nothing.
    var text: String? {
        guard case .scalar(let scalar) = node, !isNull else { return nil }
        return scalar.string
    }

    /// Left empty, or one of the words for nothing.
    var isNull: Bool {
        guard let word = plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(word)
    }

    /// `true` or `false`; not the words that only YAML 1.1 takes for booleans.
    var bool: Bool? {
        switch plain {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// A whole number in decimal digits.
    var whole: Int? {
        guard let word = plain, word.wholeMatch(of: Self.wholeNumber) != nil else { return nil }
        return Int(word)
    }

    /// A finite number in decimal digits, with or without a fraction and an exponent.
    var decimal: Double? {
        guard let word = plain, word.wholeMatch(of: Self.decimalNumber) != nil else { return nil }
        return Double(word).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A scalar without quotes: only that can be more than a text.
    private var plain: String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
        return scalar.string
    }

    /// What stands there, as a person would say it.
    var found: String {
        switch node {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .alias: return "an alias"
        case .scalar(let scalar):
            if isNull { return "nothing" }
            if let bool { return bool ? "true" : "false" }
            if decimal != nil { return "the number \(scalar.string)" }
            let letters = scalar.string.prefix(40)
            return "the text \"\(letters)\(letters.endIndex < scalar.string.endIndex ? "…" : "")\""
        }
    }

    /// Why a scalar that looks like a number or a boolean is not taken for one; nil where it does not look so.
    var ambiguity: String? {
        guard let word = plain else { return nil }
        let lowered = word.lowercased()
        if ["yes", "on", "y"].contains(lowered) { return "Write true; only some readers of YAML take \(word) for it." }
        if ["no", "off", "n"].contains(lowered) {
            return "Write false; only some readers of YAML take \(word) for it."
        }
        let unsigned = lowered.drop { $0 == "-" || $0 == "+" }
        guard let first = unsigned.first, first.isASCII, first.isNumber else { return nil }
        if unsigned.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "_") }) {
            if unsigned.contains("_") { return "Write it without “_”; only some readers of YAML skip it." }
            if first == "0" { return "Write it without the leading 0; some readers of YAML take that for octal." }
            return "It is too large."
        }
        return ["0x", "0o", "0b"].contains(String(unsigned.prefix(2))) ? "Write it in decimal digits." : nil
    }

    // No leading 0, no `_`, no other base, no sexagesimal: what every version of YAML reads the same way.
    private static var wholeNumber: Regex<Substring> { /[-+]?(?:0|[1-9][0-9]*)/ }
    private static var decimalNumber: Regex<Substring> {
        /[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/
    }
}
