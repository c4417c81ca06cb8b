extension [Measurement] {
    /// Output tokens of completed trials / (last end − first start) of the load level, tok/s.
    ///
    /// Each round is a level of its own, and its span begins when the first request went out. Failed trials took part in
    /// it and bring no tokens. Nil where a response's tokens were not counted, or where it was not recorded when trials
    /// were under way: half of the tokens over the whole of the time would be no speed of anything.
    var throughput: Double? {
        var tokens = 0.0
        var rounds: [Int: ClosedRange<Double>] = [:]
        for trial in self {
            guard let span = trial.span else { return nil }
            let known = rounds[trial.round] ?? span
            rounds[trial.round] =
                Swift.min(known.lowerBound, span.lowerBound)...Swift.max(known.upperBound, span.upperBound)
            guard trial.hasOutput else { continue }
            guard let count = trial.outputTokens else { return nil }
            tokens += Double(count)
        }
        // By round, so that the sum is the same in every run of the program.
        let time = rounds.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.upperBound - $1.value.lowerBound }
        return time > 0 ? tokens / time * 1000 : nil
    }
}
