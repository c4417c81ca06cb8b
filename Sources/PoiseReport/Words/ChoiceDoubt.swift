import PoiseCore

/// What would settle a choice that hangs on right answers; silent where the numbers do not carry it.
enum ChoiceDoubt {
    /// Beyond so many times the samples there are, nobody asks them.
    private static let mostTimes = 1000.0

    /// How many samples would set the runner-up apart, were the difference that was seen the true one.
    ///
    /// The half-width of an interval of paired differences falls with the square root of the number of samples, so that it
    /// ends at 0 with n × (half-width ÷ difference)² of them. Said only where accuracy is what sets the two apart or fails
    /// to, since the speeds of one machine vary by more than the samples.
    static func sentence(_ choice: Choice, _ decision: Decision) -> String? {
        guard let runnerUp = decision.runnerUp, !runnerUp.isToldApart, let pick = choice.contender(decision.pick),
            pick.pickShare.map({ $0 < 0.95 }) ?? false, isByAccuracy(decision, runnerUp.candidate),
            let difference = runnerUp.accuracyDifference, difference.value != 0, let low = difference.low,
            let high = difference.high
        else { return nil }
        let half = difference.value > 0 ? difference.value - low : high - difference.value
        let times = (half / difference.value.magnitude) * (half / difference.value.magnitude)
        guard times.isFinite, times > 1, times <= mostTimes else { return nil }
        let samples = rounded(Double(pick.n) * times)
        return
            "Were \(FigureWords.points(difference.value)) the true difference, about \(Numbers.count(samples)) samples "
            + "would tell \(runnerUp.candidate) apart from it; here are \(Numbers.count(pick.n))."
    }

    /// Whether right answers, and not a number that speaks for itself, stand between the two.
    private static func isByAccuracy(_ decision: Decision, _ runnerUp: String) -> Bool {
        let step = decision.tiebreaks.first { !$0.kept.contains(runnerUp) }
        return decision.stages.contains { $0.figure.isQuality && $0.kept.contains(runnerUp) }
            && (step == nil || step?.figure == .accuracy)
            && !decision.stages.contains { !$0.figure.isQuality && $0.dropped.contains(runnerUp) }
    }

    /// Two digits are all that such a number is worth.
    private static func rounded(_ value: Double) -> Int {
        var scale = 1.0
        while value / scale >= 100 { scale *= 10 }
        return Int((value / scale).rounded() * scale)
    }
}
