import PoiseCore

/// How the recommendation, the gate and the ladders of the page are computed; of those that it has.
enum DecisionDefinitions {
    static func all(_ content: ReportContent) -> [MethodsView.Fact] {
        let details = content.parts.compactMap(\.detail)
        let choices = details.flatMap(\.choices)
        return (choices.isEmpty ? [] : choice(choices))
            + (details.contains { $0.gate != nil } ? gate : [])
            + (details.contains { !$0.ladders.isEmpty } ? ladder : [])
    }

    private static func choice(_ choices: [Choice]) -> [MethodsView.Fact] {
        let profiles = Set(choices.map(\.profile.name)).sorted()
        let resamples = choices.map(\.resamples).max() ?? 0
        return [
            MethodsView.Fact(
                name: "the choice",
                text:
                    "of the candidates whose measured numbers keep every limit of the profile (\(Numbers.list(profiles))): "
                    + "what the profile optimises is gone through in its order, and each time those stay that cannot be told "
                    + "apart from the best (two-sided p after Holm above 0.05; McNemar’s exact test for right answers). Of "
                    + "those that are left the cheaper is taken, by the cost of a correct answer, else by memory, else the "
                    + "faster, else the first of the suite"),
            MethodsView.Fact(
                name: "stays the choice",
                text:
                    "the share of \(Numbers.count(resamples)) joint resamples in which the same rule, limits included, "
                    + "takes it again"),
        ]
    }

    private static let gate = [
        MethodsView.Fact(
            name: "gate",
            text:
                "paired by sample against the baseline; a rule passes where its whole interval lies on the good side of its "
                + "bound, fails where it lies on the other after Holm’s correction over all rules and candidates, and is "
                + "inconclusive otherwise, with the n that would decide it; all must pass for a pass")
    ]

    private static let ladder = [
        MethodsView.Fact(
            name: "ladder",
            text:
                "each quantization against the reference of its model over the samples that both have a score of: "
                + "Newcombe’s paired interval and McNemar’s exact test where scores are 0 or 1, Holm’s correction over the "
                + "rungs of a model; flips are samples whose correctness changed")
    ]
}
