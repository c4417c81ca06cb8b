import Foundation
import PoiseCore

/// A JSON value whose members keep the order in which people read them.
indirect enum OrderedJSON {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([OrderedJSON])
    case object([(name: String, value: OrderedJSON)])

    static func optional(_ value: Double?) -> OrderedJSON { value.map(OrderedJSON.number) ?? .null }
    static func optional(_ value: String?) -> OrderedJSON { value.map(OrderedJSON.string) ?? .null }
    static func optional(_ value: Int64?) -> OrderedJSON { value.map(OrderedJSON.integer) ?? .null }
    static func optional(_ value: Int?) -> OrderedJSON { value.map { .integer(Int64($0)) } ?? .null }
    static func count(_ value: Int) -> OrderedJSON { .integer(Int64(value)) }

    /// Requests in flight as a number, an arrival rate as a text.
    static func load(_ load: Load) -> OrderedJSON {
        load.concurrency.map(OrderedJSON.count) ?? .string(load.description)
    }

    /// By name, for dictionaries, which have no order of their own.
    static func sorted<Value>(_ members: [String: Value], _ value: (Value) -> OrderedJSON) -> OrderedJSON {
        .object(members.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) })
    }

    /// On one line, with spaces for people.
    var text: String { text(comma: ", ", colon: ": ") }

    /// On one line, without a space: for what programs read.
    var compact: String { text(comma: ",", colon: ":") }

    private func text(comma: String, colon: String) -> String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .number(let value): Self.text(of: value)
        case .string(let value): JSONValue.string(value).text
        case .array(let values):
            "[" + values.map { $0.text(comma: comma, colon: colon) }.joined(separator: comma) + "]"
        case .object(let members):
            "{"
                + members.map { JSONValue.string($0.name).text + colon + $0.value.text(comma: comma, colon: colon) }
                .joined(separator: comma) + "}"
        }
    }

    /// The same in less room: numbers to six digits, which is more than any of them is known to, and no member for what is
    /// undefined.
    var lean: OrderedJSON {
        switch self {
        case .null, .bool, .integer, .string: self
        case .number(let value): value.isFinite ? .number(Double(String(format: "%.6g", value)) ?? value) : .null
        case .array(let values): .array(values.map(\.lean))
        case .object(let members):
            .object(members.compactMap { $0.value.isNull ? nil : ($0.name, $0.value.lean) })
        }
    }

    private var isNull: Bool {
        switch self {
        case .null: true
        case .number(let value): !value.isFinite
        default: false
        }
    }

    /// Two levels on lines of their own, the rest compact: readable, and one line for each point.
    func lines(depth: Int = 2, indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .array(let values) where depth > 0 && !values.isEmpty:
            let lines = values.map { inner + $0.lines(depth: depth - 1, indent: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members) where depth > 1 && !members.isEmpty:
            let lines = members.map { member in
                "\(inner)\(JSONValue.string(member.name).text): "
                    + member.value.lines(depth: depth - 1, indent: inner)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default: return text
        }
    }

    /// The shortest text that reads back as the same number; JSON has no infinity, so what is not finite is null.
    private static func text(of value: Double) -> String {
        guard value.isFinite else { return "null" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }
}
