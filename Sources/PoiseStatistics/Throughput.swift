/// Output tokens of completed trials / (last end − first start) of the load level, tok/s.
///
/// Each round is a level of its own, and its span begins when the first request went out. Failed trials took part in it
/// and bring no tokens.
enum Throughput {
    /// What one round adds.
    struct Round: Sendable {
        var tokens: Double
        /// Milliseconds.
        var time: Double
    }

    /// Σ of the tokens / Σ of the spans; nil where no time passed.
    /// - Parameter drawn: how often each round counts; once where nothing is given.
    static func speed(of rounds: [Round], drawn: [Double]? = nil) -> Double? {
        var (tokens, time) = (0.0, 0.0)
        for (index, round) in rounds.enumerated() {
            let times = drawn?[index] ?? 1
            tokens += times * round.tokens
            time += times * round.time
        }
        return time > 0 ? tokens / time * 1000 : nil
    }
}

extension [Measurement] {
    /// Nil where a response's tokens were not counted, or where it was not recorded when trials were under way: half of
    /// the tokens over the whole of the time would be no speed of anything.
    var throughput: Double? {
        throughputRounds.flatMap { Throughput.speed(of: $0) }
    }

    /// In the order of the rounds, so that sums are the same in every run of the program.
    var throughputRounds: [Throughput.Round]? {
        var tokens: [Int: Double] = [:]
        var spans: [Int: ClosedRange<Double>] = [:]
        // What nobody was asked took no part in the level.
        for trial in self where !trial.isCached {
            guard let span = trial.span else { return nil }
            let known = spans[trial.round] ?? span
            spans[trial.round] =
                Swift.min(known.lowerBound, span.lowerBound)...Swift.max(known.upperBound, span.upperBound)
            guard trial.hasOutput else { continue }
            guard let count = trial.outputTokens else { return nil }
            tokens[trial.round, default: 0] += Double(count)
        }
        return spans.sorted { $0.key < $1.key }.map { round, span in
            Throughput.Round(tokens: tokens[round] ?? 0, time: span.upperBound - span.lowerBound)
        }
    }
}
