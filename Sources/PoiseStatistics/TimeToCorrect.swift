extension [Measurement] {
    /// What a person waits for a correct answer when wrong ones are asked again, milliseconds: Σ latency / Σ score.
    ///
    /// The time of every response counts, also of one that no grader could score: it was waited for. A request that
    /// failed has no latency (the retries and the sleeps are in its time to done) and adds to neither sum. At an open-loop
    /// load the wait in the queue counts too. Infinite where nothing was correct; nil where no time or no score was
    /// measured, which says nothing of either.
    ///
    /// A response from the cache was waited for in another run and adds to neither sum: its score without its time would
    /// make right answers come faster than they do.
    var timeToCorrect: Double? {
        let timed = filter { !$0.isCached }
        let latencies = timed.compactMap(\.latency)
        let scores = timed.compactMap(\.score)
        guard !latencies.isEmpty, !scores.isEmpty else { return nil }
        let correct = scores.reduce(0, +)
        return correct > 0 ? latencies.reduce(0, +) / correct : .infinity
    }
}
