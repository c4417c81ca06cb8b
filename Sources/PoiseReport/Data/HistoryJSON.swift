import PoiseCore

/// A history as JSON: the runs, oldest first, and each candidate's points over them.
package enum HistoryJSON {
    package static func text(_ content: HistoryContent) -> String { document(content).lines(depth: 3) + "\n" }

    static func document(_ content: HistoryContent) -> OrderedJSON {
        let words = HistoryWords(content: content)
        return .object([
            ("version", .integer(1)), ("suite", .string(content.suite)), ("load", .load(content.load)),
            (
                "runs",
                .array(
                    content.runs.map { run in
                        .object([
                            ("id", .string(run.record.id)), ("startedAt", .string(run.record.startedAt)),
                            ("status", .string(run.record.status.rawValue)),
                            ("machine", .string(run.record.machine.identity)),
                            ("poiseVersion", .string(run.record.poiseVersion)),
                            ("gate", .optional(run.gate?.rawValue)), ("changes", .string(words.changes(run))),
                        ])
                    })
            ),
            (
                "candidates",
                .array(
                    content.candidates.map { candidate in
                        .object([
                            ("candidate", .string(candidate.id)), ("model", .string(candidate.model)),
                            ("quantization", .optional(candidate.quantization)),
                            ("points", .array(candidate.points.map { point($0, content) })),
                        ])
                    })
            ),
        ])
    }

    private static func point(_ entry: HistoryPoint, _ content: HistoryContent) -> OrderedJSON {
        let point = entry.point
        return .object([
            ("run", .string(content.runs[entry.run].record.id)), ("n", .count(point.n)),
            ("unscored", .count(point.unscored)), ("accuracy", .optional(point.accuracy)),
            ("accuracyLow", .optional(point.accuracyLow)), ("accuracyHigh", .optional(point.accuracyHigh)),
            ("decodeTPS", .optional(point.decodeTPS)), ("decodeTPSLow", .optional(point.decodeTPSLow)),
            ("decodeTPSHigh", .optional(point.decodeTPSHigh)), ("gate", .optional(entry.gate?.rawValue)),
            (
                "against",
                entry.step.map { step in
                    .object([
                        ("run", .string(content.runs[step.from].record.id)),
                        ("accuracy", step.accuracy.map { ComparisonJSON.accuracy($0) } ?? .null),
                        ("decodeTPS", step.speed.map(ComparisonJSON.measure) ?? .null),
                        ("isOtherMachine", .bool(step.isOtherMachine)),
                    ])
                } ?? .null
            ),
        ])
    }
}
