package import PoiseCore

/// Ladders of quantizations as JSON, for `--format json`: shares 0…1, bytes, nats; what is undefined is null.
package enum LadderJSON {
    package static func text(_ ladders: [Ladder]) -> String {
        OrderedJSON.object([("ladders", .array(ladders.map { ladder($0) }))]).lines(depth: 5) + "\n"
    }

    /// - Parameter isCompact: without the samples that flipped and the figures of each task.
    static func ladder(_ ladder: Ladder, isCompact: Bool = false) -> OrderedJSON {
        .object([
            ("model", .string(ladder.model)), ("run", .string(ladder.run)), ("load", .load(ladder.load)),
            ("tasks", ladder.tasks.map { .array($0.map(OrderedJSON.string)) } ?? .null),
            ("reference", .string(ladder.reference)), ("margin", .optional(ladder.margin)),
            ("breaksAt", .optional(ladder.breaksAt)), ("smallestLoss", .optional(ladder.smallestLoss)),
            ("notHeld", .array(ladder.unheld.map { .string($0.candidate) })),
            ("statement", .string(LadderWords(ladder: ladder).verdict)), ("seed", .string(String(ladder.seed))),
            ("rungs", .array(ladder.rungs.map { rung($0, isCompact: isCompact) })),
        ])
    }

    private static func rung(_ rung: LadderRung, isCompact: Bool) -> OrderedJSON {
        .object([
            ("candidate", .string(rung.candidate)), ("quantization", .optional(rung.quantization)),
            ("fileBytes", .optional(rung.fileBytes)), ("bitsPerWeight", .optional(rung.bitsPerWeight)),
            ("peakMemory", .optional(rung.peakMemory)), ("accuracy", .optional(rung.accuracy)),
            ("accuracyLow", .optional(rung.accuracyLow)), ("accuracyHigh", .optional(rung.accuracyHigh)),
            ("n", .count(rung.n)), ("adjustedP", .optional(rung.adjustedP)),
            // Not known of a rung that cannot be held against the reference.
            ("isSurelyWorse", rung.isHeld ? .bool(rung.isSurelyWorse) : .null),
            ("divergence", rung.divergence.map(divergence) ?? .null),
            ("change", rung.change.map { change(isCompact ? $0.withoutSamples : $0) } ?? .null),
        ])
    }

    private static func change(_ row: ComparisonRow) -> OrderedJSON { .object(ComparisonJSON.body(of: row)) }

    private static func divergence(_ divergence: Divergence) -> OrderedJSON {
        .object([
            ("meanKL", .number(divergence.meanKL)), ("meanKLLow", .optional(divergence.meanKLLow)),
            ("meanKLHigh", .optional(divergence.meanKLHigh)), ("sameTop", .number(divergence.sameTop)),
            ("sameTopLow", .optional(divergence.sameTopLow)), ("sameTopHigh", .optional(divergence.sameTopHigh)),
            ("samples", .count(divergence.samples)), ("tokens", .count(divergence.tokens)),
            ("top", .count(divergence.top)),
        ])
    }
}

extension ComparisonRow {
    /// As a page carries it: its table says as much, and no response is in it.
    fileprivate var withoutSamples: ComparisonRow {
        var row = self
        row.tasks = []
        row.flips.list = []
        row.measures = measures.filter { $0.metric == .decodeTPS }
        return row
    }
}
