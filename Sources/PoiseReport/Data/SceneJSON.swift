import PoiseCore

/// The player's recorded responses in the page.
///
/// `gaps` are milliseconds between a chunk and the one before it, the first from when the request was sent;
/// `characters` the Unicode scalars of each chunk, or one number where all have the same.
enum SceneJSON {
    static func scenes(_ scenes: [Scene]) -> OrderedJSON {
        .array(scenes.map(scene))
    }

    private static func scene(_ scene: Scene) -> OrderedJSON {
        .object([
            ("task", .string(scene.task)), ("sample", .string(scene.sample)), ("kind", .string(scene.kind.rawValue)),
            ("load", .load(scene.load)), ("question", .string(scene.question)),
            ("takes", .array(scene.takes.map(take))),
        ])
    }

    private static func take(_ take: Scene.Take) -> OrderedJSON {
        .object([
            ("candidate", .string(take.candidate)), ("score", .optional(take.score)),
            ("latency", .number(take.latency)),
            ("decodedTokens", .optional(take.decodedTokens)), ("completeAt", .optional(take.completeAt)),
            ("leftOut", .count(take.leftOut)), ("gaps", gaps(take.chunks)), ("characters", characters(take.chunks)),
            (
                "passages",
                .array(
                    take.passages.map { passage in
                        .object([
                            ("kind", .string(passage.kind.rawValue)), ("start", .count(passage.start)),
                            ("text", .string(passage.text)),
                        ])
                    })
            ),
        ])
    }

    private static func gaps(_ chunks: [Scene.Chunk]) -> OrderedJSON {
        var before: Int64 = 0
        return .array(
            chunks.map { chunk in
                defer { before = chunk.microseconds }
                return .number(Double(chunk.microseconds.subtractingReportingOverflow(before).partialValue) / 1000)
            })
    }

    private static func characters(_ chunks: [Scene.Chunk]) -> OrderedJSON {
        guard let first = chunks.first else { return .array([]) }
        return chunks.allSatisfy { $0.characters == first.characters }
            ? .count(first.characters) : .array(chunks.map { .count($0.characters) })
    }
}
