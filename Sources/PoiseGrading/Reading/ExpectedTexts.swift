import PoiseCore

/// The texts that an answer must contain: the option `of`, or the targets.
struct ExpectedTexts: Sendable {
    static let option = CheckSpecification.Option(
        name: "of",
        summary: """
            The texts to look for (default: the targets): a list, or a template such as "{metadata.facts}", which stands \
            for each item where the sample has a list there.
            """,
        kind: .strings)

    private let templates: [Template]?

    init(_ options: CheckOptions) throws(GraderError) {
        guard let texts = options.strings("of") else {
            templates = nil
            return
        }
        if texts.isEmpty || texts.contains(where: \.isBlank) {
            throw options.bad(
                "of", texts.isEmpty ? "is an empty list" : "has a blank text",
                remedy: "Give the texts to look for, or leave it out to look for the targets.")
        }
        let templates = texts.map(Template.init)
        for name in templates.flatMap(\.placeholders) where !Self.isKnown(name) {
            throw options.bad(
                "of", "has an unknown placeholder {\(name)}",
                remedy: "A template may hold {target}, {choices}, {input} and {metadata.key}.")
        }
        self.templates = templates
    }

    /// The texts for a sample; throws where it cannot fill them.
    func texts(for sample: Sample, else targets: () throws(Unscorable) -> [String]) throws(Unscorable) -> [String] {
        guard let templates else { return try targets() }
        var texts: [String] = []
        for template in templates { texts += try Self.texts(of: template, for: sample) }
        if texts.isEmpty { throw Unscorable(reason: "the sample gives no text to look for") }
        if texts.contains(where: \.isBlank) { throw Unscorable(reason: "a text to look for is blank in the sample") }
        return texts
    }

    private static func isKnown(_ name: String) -> Bool {
        ["target", "choices", "input"].contains(name) || (name.hasPrefix("metadata.") && name.count > 9)
    }

    private static func texts(of template: Template, for sample: Sample) throws(Unscorable) -> [String] {
        if template.parts.count == 1, let name = template.placeholders.first, let list = list(name, in: sample) {
            return list
        }
        for name in template.placeholders where Template.value(of: name, in: sample) == nil {
            throw Unscorable(reason: "the sample has no \(name), which the check looks for")
        }
        return [template.filled(from: sample)]
    }

    /// What a placeholder that stands alone stands for, where that is several texts.
    private static func list(_ name: String, in sample: Sample) -> [String]? {
        switch name {
        case "target" where !sample.target.isEmpty: sample.target
        case "choices" where !sample.choices.isEmpty: sample.choices
        case _ where name.hasPrefix("metadata."):
            sample.metadata[String(name.dropFirst("metadata.".count))]?.array?.map { $0.string ?? $0.text }
        default: nil
        }
    }
}
