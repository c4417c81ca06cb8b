package import PoiseCore

/// Ladders of quantizations as JSON, for `--format json`: shares 0…1, bytes, nats; what is undefined is null.
package enum LadderJSON {
    package static func text(_ ladders: [Ladder]) -> String {
        OrderedJSON.object([("ladders", .array(ladders.map(ladder)))]).lines(depth: 5) + "\n"
    }

    private static func ladder(_ ladder: Ladder) -> OrderedJSON {
        .object([
            ("model", .string(ladder.model)), ("run", .string(ladder.run)), ("load", .load(ladder.load)),
            ("tasks", ladder.tasks.map { .array($0.map(OrderedJSON.string)) } ?? .null),
            ("reference", .string(ladder.reference)), ("margin", .optional(ladder.margin)),
            ("breaksAt", .optional(ladder.breaksAt)), ("smallestLoss", .optional(ladder.smallestLoss)),
            ("notHeld", .array(ladder.unheld.map { .string($0.candidate) })),
            ("statement", .string(LadderWords(ladder: ladder).verdict)), ("seed", .string(String(ladder.seed))),
            ("rungs", .array(ladder.rungs.map(rung))),
        ])
    }

    private static func rung(_ rung: LadderRung) -> OrderedJSON {
        .object([
            ("candidate", .string(rung.candidate)), ("quantization", .optional(rung.quantization)),
            ("fileBytes", .optional(rung.fileBytes)), ("bitsPerWeight", .optional(rung.bitsPerWeight)),
            ("peakMemory", .optional(rung.peakMemory)), ("accuracy", .optional(rung.accuracy)),
            ("accuracyLow", .optional(rung.accuracyLow)), ("accuracyHigh", .optional(rung.accuracyHigh)),
            ("n", .count(rung.n)), ("adjustedP", .optional(rung.adjustedP)),
            // Not known of a rung that cannot be held against the reference.
            ("isSurelyWorse", rung.isHeld ? .bool(rung.isSurelyWorse) : .null),
            ("divergence", rung.divergence.map(divergence) ?? .null),
            ("change", rung.change.map { .object(ComparisonJSON.body(of: $0)) } ?? .null),
        ])
    }

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
