package import PoiseCore

/// A recommendation as JSON, for `poise choose --format json`.
///
/// Names and units are METRICS': shares 0…1, milliseconds, tok/s, bytes, money in the currency that stands beside it.
/// What is undefined is null; JSON has no infinity, so what is infinite is null with `isInfinite` true,
/// and the upper end of an interval with `highIsInfinite`.
package enum ChoiceJSON {
    package static func text(_ choice: Choice, _ context: ChoiceContext) -> String {
        OrderedJSON.object(
            [
                ("runs", .array(context.runs.map { .string($0.id) })),
                ("machine", context.runs.first.map { MachineJSON.object($0.machine) } ?? .null),
                ("otherRuns", .array(context.otherRuns.map(OrderedJSON.string))),
                ("isSimulated", .bool(context.isSimulated)),
                ("tasks", .array(context.tasks.map(OrderedJSON.string))),
                ("load", .load(choice.load)),
                ("otherLoads", .array(context.otherLoads.map(OrderedJSON.load))),
            ]
                + members(of: choice)
        ).lines() + "\n"
    }

    /// What was chosen, without what it was chosen from.
    static func members(of choice: Choice) -> [(name: String, value: OrderedJSON)] {
        [
            ("profile", profile(choice.profile)),
            ("outcome", .string(choice.outcome.rawValue)),
            ("pick", .optional(choice.decision?.pick)),
            ("decision", choice.decision.map(decision) ?? .null),
            ("nearest", .optional(choice.nearest)),
            ("unusable", .array(choice.unusable.map { .string($0.rawValue) })),
            ("noneShare", .optional(choice.noneShare)),
            ("candidates", .array(choice.contenders.map { contender($0, choice) })),
            ("costs", .array(choice.costs.map(cost))),
            ("breakEvens", .array(choice.breakEvens.map(breakEven))),
            ("resamples", .count(choice.resamples)),
            // As text: 64 bits do not fit the numbers of JavaScript or of jq.
            ("seed", .string(String(choice.seed))),
        ]
    }

    private static func profile(_ profile: Profile) -> OrderedJSON {
        .object([
            ("name", .string(profile.name)),
            ("meanwhile", .optional(profile.meanwhile)),
            ("limits", .array(profile.allLimits.map(limit))),
            ("optimise", .array(profile.optimise.map { .string($0.rawValue) })),
            ("tooSlow", .optional(profile.speed?.tooSlow)),
            ("comfortable", .array((profile.speed?.comfortable ?? []).map(OrderedJSON.number))),
            ("noFurtherGain", .optional(profile.speed?.noFurtherGain)),
            ("chain", .optional(profile.chain)),
        ])
    }

    private static func limit(_ limit: ProfileLimit) -> OrderedJSON {
        .object([
            ("figure", .string(limit.figure.rawValue)), ("side", .string(limit.side.rawValue)),
            ("value", .number(limit.value)), ("currency", .optional(limit.currency)),
        ])
    }

    private static func estimate(_ estimate: FigureEstimate?) -> OrderedJSON {
        guard let estimate else { return .null }
        return .object([
            ("value", .number(estimate.value)), ("low", .optional(estimate.low)), ("high", .optional(estimate.high)),
            ("isInfinite", .bool(estimate.value.isInfinite)),
            ("highIsInfinite", .bool(estimate.high?.isInfinite ?? false)),
        ])
    }

    /// In the order of `ChoiceFigure`, never a dictionary's.
    private static func figures(_ figures: [ChoiceFigure: FigureEstimate]) -> OrderedJSON {
        .object(ChoiceFigure.allCases.compactMap { figure in figures[figure].map { (figure.rawValue, estimate($0)) } })
    }

    private static func contender(_ contender: Contender, _ choice: Choice) -> OrderedJSON {
        .object([
            ("candidate", .string(contender.id)),
            ("model", .string(contender.model)),
            ("quantization", .optional(contender.quantization)),
            ("n", .count(contender.n)),
            ("unscored", .count(contender.unscored)),
            ("isEligible", .bool(contender.isEligible)),
            ("pickShare", .optional(contender.pickShare)),
            ("currency", .optional(contender.currency)),
            (
                "speedFeel",
                .optional(
                    contender.figures[.metric(.decodeTPS)].flatMap { choice.profile.speed?.feel(of: $0.value) }?
                        .rawValue)
            ),
            ("figures", figures(contender.figures)),
            (
                "limits",
                .array(
                    contender.limits.map { finding in
                        .object([
                            ("figure", .string(finding.limit.figure.rawValue)),
                            ("side", .string(finding.limit.side.rawValue)),
                            ("value", .number(finding.limit.value)),
                            ("has", estimate(finding.estimate)),
                            ("standing", .string(finding.standing.rawValue)),
                        ])
                    })
            ),
        ])
    }

    private static func decision(_ decision: Decision) -> OrderedJSON {
        .object([
            ("pick", .string(decision.pick)),
            (
                "stages",
                .array(
                    decision.stages.map { stage in
                        .object([
                            ("figure", .string(stage.figure.rawValue)), ("leader", .string(stage.leader)),
                            ("kept", .array(stage.kept.map(OrderedJSON.string))),
                            ("dropped", .array(stage.dropped.map(OrderedJSON.string))),
                        ])
                    })
            ),
            ("equals", .array(decision.equals.map(OrderedJSON.string))),
            (
                "tiebreaks",
                .array(
                    decision.tiebreaks.map { step in
                        .object([
                            ("figure", .string(step.figure.rawValue)),
                            ("kept", .array(step.kept.map(OrderedJSON.string))),
                        ])
                    })
            ),
            ("runnerUp", comparison(decision.runnerUp)),
            ("mostAccurate", comparison(decision.mostAccurate)),
            ("up", comparison(decision.up)),
            ("down", comparison(decision.down)),
        ])
    }

    /// The other one beside the pick: its accuracy − the pick's, its figures / the pick's.
    private static func comparison(_ comparison: Decision.Comparison?) -> OrderedJSON {
        guard let comparison else { return .null }
        return .object([
            ("candidate", .string(comparison.candidate)),
            ("accuracyDifference", estimate(comparison.accuracyDifference)),
            ("isToldApart", .bool(comparison.isToldApart)),
            ("ratios", figures(comparison.ratios)),
        ])
    }

    private static func cost(_ cost: CandidateCost) -> OrderedJSON {
        .object([
            ("candidate", .string(cost.candidate)),
            ("price", price(cost.price)),
            ("trials", .count(cost.trials)),
            ("unknown", .count(cost.unknown)),
            ("perTrial", .optional(cost.perTrial)),
            ("perThousand", .optional(cost.perThousand)),
            ("costToCorrect", estimate(cost.toCorrect)),
            ("capacityPerHour", .optional(cost.capacity)),
        ])
    }

    private static func price(_ price: Price) -> OrderedJSON {
        let basis: [(name: String, value: OrderedJSON)]
        switch price.basis {
        case .hour(let hour): basis = [("hour", .number(hour))]
        case .tokens(let tokens):
            basis = [
                ("input", .number(tokens.input)), ("cachedInput", .optional(tokens.cachedInput)),
                ("output", .number(tokens.output)), ("per", .string(tokens.per)),
            ]
        }
        return .object(
            basis + [
                ("currency", .string(price.currency)), ("source", .optional(price.source)),
                ("date", .optional(price.date)),
            ])
    }

    private static func breakEven(_ breakEven: BreakEven) -> OrderedJSON {
        .object([
            ("hourly", .string(breakEven.hourly)), ("perToken", .string(breakEven.perToken)),
            ("requestsPerHour", .number(breakEven.requestsPerHour)),
            ("capacityPerHour", .optional(breakEven.capacity)),
            ("isServable", breakEven.isServable.map(OrderedJSON.bool) ?? .null),
        ])
    }
}
