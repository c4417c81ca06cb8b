import PoiseCore

/// What served each candidate of one machine: the engine, the file, and how both were set.
struct ServerFacts {
    struct Entry {
        let anchor: String
        let name: String
        let colour: String
        let glyph: String
        /// What tells it from the others at a glance.
        let summary: String
        let facts: [MethodsView.Fact]
    }

    let entries: [Entry]
    let hasEntries: Bool

    /// - Parameter anchors: by candidate.
    init(_ content: ReportContent, _ view: FrontView, anchors: [String: String]) {
        entries = view.candidates.compactMap { candidate in
            guard let facts = content.engines[candidate.id], let anchor = anchors[candidate.id] else { return nil }
            return Entry(
                anchor: anchor, name: candidate.id, colour: MarkShape.colour(family: candidate.family),
                glyph: Glyph.mark(family: candidate.family, fill: 1), summary: Self.summary(facts),
                facts: Self.facts(facts, service: content.candidates.first { $0.id == candidate.id }?.service))
        }
        hasEntries = !entries.isEmpty
    }

    private static func summary(_ facts: EngineFacts) -> String {
        let parts = [
            facts.engine,
            facts.modelFile.map { "\($0.fileType), \(Numbers.bytes($0.bytes))" } ?? facts.details?.quantization,
            facts.isSimulated ? "simulated" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private static func facts(_ facts: EngineFacts, service: String?) -> [MethodsView.Fact] {
        let file = facts.modelFile
        let arguments = EnginePrivacy.arguments(facts).joined(separator: " ")
        let all: [(String, String?)] = [
            ("engine", [facts.engine, facts.build].compactMap(\.self).joined(separator: " ")),
            ("service", service.map { "\($0): what it runs on is not known" }),
            ("arguments", arguments.isEmpty ? nil : arguments),
            ("ready after", facts.loadTime.map(Numbers.time)),
            ("most memory", facts.peakMemory.map(Numbers.bytes)),
            ("file", file.map { EnginePrivacy.name(of: $0.path) }),
            (
                "model",
                file.map { file in
                    [
                        file.architecture, "\(parameters(file.parameters)) parameters", file.fileType,
                        Numbers.bytes(file.bytes), file.contextLength.map { "context \(Numbers.count($0))" },
                    ].compactMap(\.self).joined(separator: ", ")
                }
            ),
            ("SHA-256", file?.sha256), ("chat template", file?.templateSHA256),
        ]
        let details = (facts.details?.listed ?? []).map {
            ($0.name, Optional($0.text.hasPrefix("/") ? EnginePrivacy.name(of: $0.text) : $0.text))
        }
        return (all + details).compactMap { name, text in
            text.flatMap { $0.isEmpty ? nil : MethodsView.Fact(name: name, text: $0) }
        }
    }

    /// `3.1 billion`, `270 million`, `12,480`
    private static func parameters(_ count: Int64) -> String {
        switch count {
        case 999_500_000...: Numbers.threeDigits(Double(count) / 1e9) + " billion"
        case 999_500..<999_500_000: Numbers.threeDigits(Double(count) / 1e6) + " million"
        default: Numbers.count(Int(clamping: count))
        }
    }
}
