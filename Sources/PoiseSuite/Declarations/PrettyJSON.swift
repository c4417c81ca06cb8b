import PoiseCore

extension JSONValue {
    /// JSON over several lines with sorted keys, two spaces a level, and a line end: the same text everywhere.
    var prettyText: String {
        var text = ""
        write(to: &text, indent: "")
        return text + "\n"
    }

    private func write(to text: inout String, indent: String) {
        let deeper = indent + "  "
        switch self {
        case .array(let items) where items.contains(where: \.isTree):
            Self.write(items, "[", "]", to: &text, indent: indent) { $0.write(to: &$1, indent: deeper) }
        case .array(let items):
            text += "[" + items.map(\.text).joined(separator: ", ") + "]"
        case .object(let members) where !members.isEmpty:
            Self.write(members.sorted { $0.key < $1.key }, "{", "}", to: &text, indent: indent) { member, text in
                text += "\(JSONValue.string(member.key).text): "
                member.value.write(to: &text, indent: deeper)
            }
        default: text += self.text
        }
    }

    private static func write<Item>(
        _ items: [Item], _ open: String, _ close: String, to text: inout String, indent: String,
        each: (Item, inout String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + indent + "  "
            each(item, &text)
        }
        text += "\n\(indent)\(close)"
    }

    private var isTree: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
