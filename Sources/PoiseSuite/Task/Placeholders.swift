import PoiseCore

/// A text of a task or rubric whose placeholders every sample must be able to fill.
struct TemplateUse {
    let text: String
    let value: YAMLValue
    /// Who asks, for messages: `the prompt`.
    let noun: String
    /// Whether the answer may be put in: a check may, a prompt would give it away.
    let mayNameTarget: Bool
}

/// Holds the placeholders of a task against its samples.
struct PlaceholderCheck {
    let samples: [DatasetReader.Line]
    let dataset: String
    let log: ProblemLog

    /// Logs unknown placeholders, and for each known one the first sample that lacks it.
    func check(_ use: TemplateUse) {
        var seen: Set<String> = []
        for name in Template(use.text).placeholders where seen.insert(name).inserted {
            if name == "target", !use.mayNameTarget {
                use.value.refuse("{target} in \(use.noun) gives the answer away", expected: "Take it out.")
            } else if Self.isKnown(name) {
                checkSamples(for: name, use)
            } else {
                let known = ["input", "choices"] + (use.mayNameTarget ? ["target"] : []) + metadataNames
                use.value.refuse(
                    "unknown placeholder {\(name)} in \(use.noun)",
                    expected: suggestion(for: name, among: known, called: "placeholders")
                )
            }
        }
    }

    /// Logs the first sample that would make too long a text of the templates: a value may be named a thousand times.
    func checkLengths(_ uses: [TemplateUse]) {
        var counts: [String: Int] = [:]
        var fixed = 0
        for part in uses.flatMap({ Template($0.text).parts }) {
            switch part {
            case .text(let text): fixed += text.utf8.count
            case .placeholder(let name): counts[name, default: 0] += 1
            }
        }
        guard let place = uses.first?.value, !counts.isEmpty else { return }
        for line in samples {
            let longest = line.sample.questions.map { sample in
                counts.reduce(fixed) { length, entry in
                    let one = Template.value(of: entry.key, in: sample)?.utf8.count ?? 0
                    let (all, isMore) = one.multipliedReportingOverflow(by: entry.value)
                    return isMore ? Self.longestText + 1 : min(length + all, Self.longestText + 1)
                }
            }.max()
            guard let longest, longest > Self.longestText else { continue }
            log.add(
                .init(
                    path: dataset, line: line.number,
                    what: "sample “\(line.sample.id)” makes a text of more than \(Self.longestText >> 20) MB",
                    expected: "Its values are filled into the templates of \(place.place)."))
            return
        }
    }

    /// Bytes of all texts that one question fills; no model reads as much.
    static let longestText = 64 << 20

    private func checkSamples(for name: String, _ use: TemplateUse) {
        let lacking = samples.filter { line in
            line.sample.questions.contains { sample in
                // One that brings its own messages is sent as it is: a prompt's placeholders are not for it.
                if case .messages = sample.input, !use.mayNameTarget { return false }
                return Template.value(of: name, in: sample) == nil
            }
        }
        guard let first = lacking.first else { return }
        let others = lacking.count > 1 ? " (and \(lacking.count - 1) more)" : ""
        let place = [use.value.source.path, use.value.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        log.add(
            .init(
                path: dataset, line: first.number,
                what: "sample “\(first.sample.id)”\(others) has no \(Self.described(name)), which \(use.noun) names",
                expected: "{\(name)} stands in \(place)."
            )
        )
    }

    /// The metadata that the first sample has, so that a slip finds its neighbour.
    private var metadataNames: [String] {
        samples.first?.sample.metadata.keys.sorted().map { "metadata.\($0)" } ?? []
    }

    private static func isKnown(_ name: String) -> Bool {
        ["input", "choices", "target"].contains(name) || (name.hasPrefix("metadata.") && name != "metadata.")
    }

    private static func described(_ name: String) -> String {
        name == "input" ? "input that is one text" : name
    }
}
