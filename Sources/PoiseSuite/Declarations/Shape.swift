import PoiseCore

/// What a value may be, declared once: messages say it in words, the JSON Schema says it to editors.
indirect enum Shape: Hashable, Sendable {
    /// Letters as they are written, at least one.
    case text
    case textOrEmpty
    /// A regular expression.
    case pattern
    /// A text of one form: what it is called, and an expression (of JSON Schema and of Swift alike) that it matches whole.
    case written(String, pattern: String)
    case bool
    /// `{name}` of a matrix, and nothing else.
    case placeholder
    case whole(ClosedRange<Int>)
    case decimal(ClosedRange<Double>)
    case aboveZero
    case menu([String])
    case null
    /// At least one item.
    case list(Shape)
    case anyOf([Shape])
    /// The declared keys and no others; where names are given, exactly one of these keys.
    case mapping([KeyDeclaration], exactlyOne: [String] = [])
    /// One of several mappings.
    case oneOfMappings([[KeyDeclaration]])
    /// Keys of the writer's own choice.
    case map(Shape)
    /// Keys and values of any kind, not looked into yet.
    case anyMapping

    var inWords: String {
        switch self {
        case .text, .textOrEmpty: "a text"
        case .pattern: "a regular expression"
        case .written(let name, _): name
        case .bool: "true or false"
        case .placeholder: "a {placeholder} of the matrix"
        case .whole(let range) where range.upperBound == .max: "a whole number of at least \(range.lowerBound)"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range) where range.lowerBound == -.infinity: "a number"
        case .decimal(let range) where range.upperBound == .infinity: "a number of at least \(short(range.lowerBound))"
        case .decimal(let range): "a number from \(short(range.lowerBound)) to \(short(range.upperBound))"
        case .aboveZero: "a number above 0"
        case .menu(let names) where names.count == 1: "“\(names[0])”"
        case .menu(let names): "one of \(names.joined(separator: ", "))"
        case .null: "null"
        case .list(let item): "a list, each item \(item.inWords)"
        case .anyOf(let shapes): shapes.map(\.inWords).joined(separator: ", or ")
        case .mapping(let keys, _): "a mapping with \(keys.map(\.name).joined(separator: ", "))"
        case .oneOfMappings(let menus):
            "a mapping with \(Set(menus.compactMap(\.first?.name)).sorted().joined(separator: " or "))"
        case .map(let value): "a mapping, each value \(value.inWords)"
        case .anyMapping: "a mapping"
        }
    }

    var schema: JSONValue {
        switch self {
        case .text: .object(["type": .string("string"), "minLength": .number(1)])
        case .textOrEmpty: .object(["type": .string("string")])
        case .pattern: .object(["type": .string("string"), "format": .string("regex")])
        case .written(_, let pattern):
            .object(["type": .string("string"), "pattern": .string("^\(pattern)$")])
        case .bool: .object(["type": .string("boolean")])
        case .placeholder: .object(["type": .string("string"), "pattern": .string("^\\{[A-Za-z][A-Za-z0-9_.]*\\}$")])
        case .whole(let range):
            bounded(
                "integer", from: Double(range.lowerBound),
                to: range.upperBound == .max ? .infinity : Double(range.upperBound)
            )
        case .decimal(let range): bounded("number", from: range.lowerBound, to: range.upperBound)
        case .aboveZero: .object(["type": .string("number"), "exclusiveMinimum": .number(0)])
        case .menu(let names): .object(["type": .string("string"), "enum": .array(names.map(JSONValue.string))])
        case .null: .object(["type": .string("null")])
        case .list(let item):
            .object(["type": .string("array"), "items": item.schema, "minItems": .number(1)])
        case .anyOf(let shapes): .object(["anyOf": .array(shapes.map(\.schema))])
        case .mapping(let keys, let alternatives): .object(KeyDeclaration.schema(of: keys, exactlyOne: alternatives))
        case .oneOfMappings(let menus): .object(["anyOf": .array(menus.map { .object(KeyDeclaration.schema(of: $0)) })])
        case .map(let value):
            .object(["type": .string("object"), "additionalProperties": value.schema, "minProperties": .number(1)])
        case .anyMapping: .object(["type": .string("object")])
        }
    }

    /// The same shape where a `{placeholder}` of a matrix may stand instead of a number or a word from a menu.
    var withPlaceholders: Shape {
        switch self {
        case .whole, .decimal, .aboveZero, .menu, .bool, .written: .anyOf([self, .placeholder])
        case .list(let item): .list(item.withPlaceholders)
        case .anyOf(let shapes): .anyOf(shapes + (shapes.contains(.text) ? [] : [.placeholder]))
        case .mapping(let keys, let alternatives):
            .mapping(keys.map(\.withPlaceholders), exactlyOne: alternatives)
        case .oneOfMappings(let menus): .oneOfMappings(menus.map { $0.map(\.withPlaceholders) })
        default: self
        }
    }

    private func bounded(_ type: String, from lower: Double, to upper: Double) -> JSONValue {
        var members: [String: JSONValue] = ["type": .string(type)]
        if lower.isFinite { members["minimum"] = .number(lower) }
        if upper.isFinite { members["maximum"] = .number(upper) }
        return .object(members)
    }

    /// `2` and not `2.0`, as people write limits.
    private func short(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
