/// A text with `{placeholders}` that a sample fills; braces of anything else stay as they are.
package struct Template: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case text(String)
        case placeholder(String)
    }

    package let parts: [Part]

    package init(_ source: String) {
        var parts: [Part] = []
        var text = ""
        var rest = Substring(source)
        while let open = rest.firstIndex(of: "{") {
            text += rest[..<open]
            let after = rest[rest.index(after: open)...]
            // Only as far as a name can go: many open braces are read once and not once for each.
            let name = after.prefix(while: Self.isNameCharacter)
            guard let first = name.first, first.isLetter, after[name.endIndex...].first == "}" else {
                text.append("{")
                rest = after
                continue
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.placeholder(String(name)))
            rest = after[after.index(after: name.endIndex)...]
        }
        text += rest
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
    }

    /// The names in braces, in order.
    package var placeholders: [String] {
        parts.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
    }

    /// The text for a sample; a placeholder that the sample cannot fill becomes nothing.
    package func filled(from sample: Sample) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder(let name): Self.value(of: name, in: sample) ?? ""
            }
        }.joined()
    }

    /// Each placeholder replaced by its value; one without a value stays as it stands.
    package func filled(with values: [String: String]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .placeholder(let name): values[name] ?? "{\(name)}"
            }
        }.joined()
    }

    /// What a placeholder stands for in a sample; nil where the sample does not have it.
    package static func value(of placeholder: String, in sample: Sample) -> String? {
        switch placeholder {
        case "input":
            guard case .text(let text) = sample.input else { return nil }
            return text
        case "target": return sample.target.first
        case "choices":
            guard !sample.choices.isEmpty else { return nil }
            return zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sample.choices).map { "\($0)) \($1)" }.joined(separator: "\n")
        case let name where name.hasPrefix("metadata."):
            guard let value = sample.metadata[String(name.dropFirst("metadata.".count))] else { return nil }
            return value.string ?? value.text
        default: return nil
        }
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isLetter || ("0"..."9").contains(character) || character == "." || character == "_"
    }
}
