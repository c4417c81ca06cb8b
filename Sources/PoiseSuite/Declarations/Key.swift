import PoiseCore

/// A key that a file may have, as the reader and the JSON Schema know it.
struct KeyDeclaration: Hashable, Sendable {
    let name: String
    /// For people, in editors and in messages about a missing key.
    let summary: String
    let shape: Shape
    /// What holds where the key is left out; nil where nothing does.
    let fallback: JSONValue?
    let isRequired: Bool

    var withPlaceholders: KeyDeclaration {
        KeyDeclaration(
            name: name, summary: summary, shape: shape.withPlaceholders, fallback: fallback, isRequired: isRequired
        )
    }

    /// The same key where leaving it out means something else than the default.
    var withoutFallback: KeyDeclaration {
        KeyDeclaration(name: name, summary: summary, shape: shape, fallback: nil, isRequired: isRequired)
    }

    /// The same key where something else may bring its value.
    var asOptional: KeyDeclaration {
        KeyDeclaration(name: name, summary: summary, shape: shape, fallback: fallback, isRequired: false)
    }

    /// The members of a JSON Schema object that accepts exactly these keys.
    static func schema(of keys: [KeyDeclaration], exactlyOne alternatives: [String] = []) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "type": .string("object"),
            "properties": .object(
                Dictionary(keys.map { ($0.name, $0.schema) }) { first, _ in first }
            ),
            "additionalProperties": .bool(false),
        ]
        let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
        if !alternatives.isEmpty {
            members["oneOf"] = .array(alternatives.map { .object(["required": .array([.string($0)])]) })
        }
        return members
    }

    private var schema: JSONValue {
        var members = shape.schema.object ?? [:]
        members["description"] = .string(summary)
        if let fallback { members["default"] = fallback }
        return .object(members)
    }
}

/// A declared key together with how its value is read.
struct Key<Value>: Sendable {
    let declaration: KeyDeclaration
    let form: Form<Value>
    /// What holds where the key is left out.
    let fallback: @Sendable () -> Value?

    var name: String { declaration.name }

    static func required(_ name: String, _ form: Form<Value>, _ summary: String) -> Key {
        Key(name, form, summary, isRequired: true)
    }

    static func optional(_ name: String, _ form: Form<Value>, _ summary: String) -> Key {
        Key(name, form, summary, isRequired: false)
    }

    /// - Parameter json: the default as a file would say it.
    static func optional(
        _ name: String, _ form: Form<Value>, default fallback: Value, as json: JSONValue, _ summary: String
    ) -> Key where Value: Sendable {
        Key(name, form, summary, isRequired: false, json: json) { fallback }
    }

    private init(
        _ name: String, _ form: Form<Value>, _ summary: String, isRequired: Bool, json: JSONValue? = nil,
        fallback: @escaping @Sendable () -> Value? = { nil }
    ) {
        declaration = KeyDeclaration(
            name: name, summary: summary, shape: form.shape, fallback: json, isRequired: isRequired
        )
        self.form = form
        self.fallback = fallback
    }
}
