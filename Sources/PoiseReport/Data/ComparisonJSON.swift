package import PoiseCore

/// A comparison as JSON, for `--format json`: shares 0…1, milliseconds, tok/s; what is undefined or infinite is null.
package enum ComparisonJSON {
    package static func text(_ comparison: Comparison) -> String { document(comparison).lines(depth: 4) + "\n" }

    static func document(_ comparison: Comparison) -> OrderedJSON {
        let words = ComparisonWords(comparison: comparison)
        return .object([
            ("base", side(comparison.base)),
            ("load", .load(comparison.load)),
            ("tasks", comparison.tasks.map { .array($0.map(OrderedJSON.string)) } ?? .null),
            // As text: 64 bits do not fit the numbers of JavaScript or of jq.
            ("seed", .string(String(comparison.seed))),
            ("resamples", .count(comparison.resamples)),
            ("repeats", repeats(comparison.baseRepeats)),
            ("candidates", .array(comparison.rows.map { row($0, verdict: words.verdict($0)) })),
        ])
    }

    static func side(_ side: ComparedSide) -> OrderedJSON { .object(members(of: side)) }

    private static func members(of side: ComparedSide) -> [(name: String, value: OrderedJSON)] {
        [
            ("candidate", .string(side.candidate)), ("model", .string(side.model)),
            ("quantization", .optional(side.quantization)), ("run", .string(side.run)),
        ]
    }

    private static func row(_ row: ComparisonRow, verdict: String) -> OrderedJSON {
        .object(
            members(of: row.candidate) + [("statement", .string(verdict))] + body(of: row))
    }

    /// Everything but who was compared.
    static func body(of row: ComparisonRow) -> [(name: String, value: OrderedJSON)] {
        [
            ("accuracy", row.accuracy.map { accuracy($0) } ?? .null),
            (
                "tasks",
                .array(row.tasks.map { task in accuracy(task.accuracy, before: [("task", .string(task.task))]) })
            ),
            ("measures", .array(row.measures.map(measure))),
            ("tokenTotals", row.tokenTotals.map { .object(ratio($0)) } ?? .null),
            ("speedsNotComparable", obstacle(row.whyNoSpeeds)),
            ("flips", flips(row.flips)),
            ("repeats", repeats(row.repeats)),
            ("samples", counted(row.counted)),
            (
                "differences",
                .array(
                    row.differences.map { difference in
                        .object([
                            ("subject", .string(difference.subject.rawValue)), ("base", .optional(difference.base)),
                            ("candidate", .optional(difference.candidate)),
                            ("tasks", .array(difference.tasks.map(OrderedJSON.string))),
                        ])
                    })
            ),
        ]
    }

    static func accuracy(
        _ change: AccuracyChange, before: [(name: String, value: OrderedJSON)] = []
    ) -> OrderedJSON {
        .object(
            before + [
                ("outcome", .string(change.outcome.rawValue)), ("base", .number(change.base)),
                ("candidate", .number(change.candidate)), ("difference", .number(change.difference)),
                ("differenceLow", .optional(change.low)), ("differenceHigh", .optional(change.high)),
                ("n", .count(change.n)), ("method", .string(change.method.rawValue)), ("p", .optional(change.p)),
                ("adjustedP", .optional(change.adjustedP)),
            ])
    }

    static func measure(_ change: MetricChange) -> OrderedJSON {
        .object(
            [
                ("metric", .string(change.metric.rawValue)), ("outcome", .string(change.outcome.rawValue)),
                ("base", .number(change.base)), ("candidate", .number(change.candidate)),
            ] + ratio(change.ratio))
    }

    static func ratio(_ ratio: RatioEstimate) -> [(name: String, value: OrderedJSON)] {
        [
            ("ratio", .number(ratio.value)), ("ratioIsInfinite", .bool(ratio.value.isInfinite)),
            ("ratioLow", .optional(ratio.low)), ("ratioHigh", .optional(ratio.high)), ("n", .count(ratio.n)),
        ]
    }

    private static func obstacle(_ obstacle: SpeedObstacle?) -> OrderedJSON {
        switch obstacle {
        case nil: .null
        case .otherMachine(let base, let candidate):
            .object([
                ("reason", .string("otherMachine")), ("base", .string(base)), ("candidate", .string(candidate)),
            ])
        case .nothingTimed: .object([("reason", .string("nothingTimed"))])
        }
    }

    private static func flips(_ flips: Flips) -> OrderedJSON {
        // Of no sample at all, 0 would look like none that flipped.
        func counted(_ count: Int) -> OrderedJSON { flips.n > 0 ? .count(count) : .null }
        return .object([
            ("n", .count(flips.n)), ("kept", counted(flips.kept)), ("lost", counted(flips.lost)),
            ("gained", counted(flips.gained)), ("missed", counted(flips.missed)),
            ("changed", flips.agreement == nil ? .null : .count(flips.changed)),
            ("sameAnswer", JudgeCalibrationJSON.share(flips.agreement)),
            (
                "list",
                .array(
                    flips.list.map { flip in
                        .object([
                            ("kind", .string(flip.kind.rawValue)), ("task", .string(flip.task)),
                            ("sample", .string(flip.sample)), ("base", .optional(flip.base)),
                            ("candidate", .optional(flip.candidate)), ("baseScore", .number(flip.baseScore)),
                            ("candidateScore", .number(flip.candidateScore)),
                        ])
                    })
            ),
        ])
    }

    private static func repeats(_ repeats: AnswerRepeats) -> OrderedJSON {
        .object([
            ("samples", .count(repeats.samples)), ("answersDiffer", .count(repeats.answersDiffer)),
            ("correctnessDiffers", .count(repeats.correctnessDiffers)),
        ])
    }

    private static func counted(_ counted: CountedSamples) -> OrderedJSON {
        .object([
            ("common", .count(counted.common)), ("scored", .count(counted.scored)),
            ("unscoredBase", .count(counted.unscoredBase)), ("unscoredCandidate", .count(counted.unscoredCandidate)),
            ("onlyBase", .count(counted.onlyBase)), ("onlyCandidate", .count(counted.onlyCandidate)),
            ("changed", .array(counted.changed.map(OrderedJSON.string))),
            ("otherGraders", .count(counted.otherGraders)),
        ])
    }
}
