package import PoiseCore

/// Divergences of a run as JSON: shares 0…1, divergences in nats a token.
package enum DivergenceJSON {
    package static func text(_ divergences: [Divergence], run: String) -> String {
        OrderedJSON.object([
            ("run", .string(run)), ("divergences", .array(divergences.map(document))),
        ]).lines(depth: 3) + "\n"
    }

    private static func document(_ divergence: Divergence) -> OrderedJSON {
        .object([
            ("candidate", .string(divergence.candidate)), ("reference", .string(divergence.reference)),
            ("load", .load(divergence.load)), ("samples", .count(divergence.samples)),
            ("leftOut", .count(divergence.leftOut)), ("tokens", .count(divergence.tokens)),
            ("meanKL", .number(divergence.meanKL)), ("meanKLLow", .optional(divergence.meanKLLow)),
            ("meanKLHigh", .optional(divergence.meanKLHigh)), ("sameTop", .number(divergence.sameTop)),
            ("sameTopLow", .optional(divergence.sameTopLow)), ("sameTopHigh", .optional(divergence.sameTopHigh)),
            ("covered", .optional(divergence.covered)), ("top", .count(divergence.top)),
            ("vocabulary", .optional(divergence.vocabulary)),
            ("tasks", .array(divergence.tasks.map(OrderedJSON.string))),
        ])
    }
}
