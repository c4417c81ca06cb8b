import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct FrontViewsTests {
    private static let names = ["a", "b", "c", "d"]
    private let candidates = names.map { candidate($0) }

    /// Trials of two tasks at two loads in three rounds, with tokens and times of their own.
    private func observations() -> [Observation] {
        [("add", UInt64(41)), ("sort", 42)].flatMap { task, seed in
            noisyObservations(seed: seed, samples: 20, rounds: 3).enumerated().map { index, trial in
                let start = Double(trial.round) * 1e6 + Double(index) * 10
                return Observation(
                    candidate: trial.candidate, task: task, sample: trial.sample, load: trial.load, round: trial.round,
                    score: trial.score, ttft: trial.ttft, ttfo: trial.ttfo, latency: trial.latency,
                    decodeTPS: trial.decodeTPS, decodedTokens: trial.decodedTokens, decodeSpan: trial.decodeSpan,
                    queueDelay: 0, scheduled: start, ended: start + 5 + Double(index % 7),
                    outputTokens: 10 + index % 13, charactersPerSecond: 40 + Double(index % 29))
            }
        }
    }

    @Test func `many axes and tasks drawn at once have the numbers that each has alone`() {
        let metrics = Metric.allCases.filter { $0 != .costToCorrect }
        let scopes = [[], ["add"], ["sort"], ["add", "sort"]]
        let memory: [String: Int64] = ["a": 5, "b": 9, "c": 7]
        let trials = TrialColumns(observations())
        let analysis = FrontAnalysis(resamples: 300, seed: 6)
        let views = analysis.places(
            from: trials, candidates: candidates, metrics: metrics, scopes: scopes, memory: memory)
        for (scope, views) in zip(scopes, views) {
            for (metric, places) in zip(metrics, views) {
                let alone = analysis.places(
                    from: trials, candidates: candidates, axes: FrontAxes(x: metric, tasks: scope), memory: memory)
                #expect(places == alone, "\(metric) of \(scope)")
                #expect(places.count == 8)
            }
        }
        #expect(views[0] == views[3])
        #expect(views[1] != views[2])
    }

    @Test func `an axis that nobody has a number on spoils no other`() {
        let trials = TrialColumns(noisyObservations(seed: 43))
        let analysis = FrontAnalysis(resamples: 200, seed: 6)
        let both = analysis.places(
            from: trials, candidates: candidates, metrics: [.memory, .latency], scopes: [[]])[0]
        #expect(both[0].allSatisfy { $0.x == nil && !$0.onFront && $0.frontProbability == nil })
        #expect(both[1] == analysis.places(from: trials, candidates: candidates, axes: FrontAxes(x: .latency)))
    }

    @Test func `the order in which trials come changes nothing`() {
        let observations = observations()
        let analysis = FrontAnalysis(resamples: 200, seed: 6)
        let views = [observations, observations.reversed()].map { trials in
            analysis.places(
                from: TrialColumns(trials), candidates: candidates, metrics: [.ttfo, .throughput],
                scopes: [[], ["sort"]])
        }
        #expect(views[0] == views[1])
    }

    @Test func `without trials there are views and no places in them`() {
        let views = FrontAnalysis(resamples: 10, seed: 1).places(
            from: TrialColumns([]), candidates: candidates, metrics: [.latency, .memory], scopes: [[], ["add"]])
        #expect(views == [[[], []], [[], []]])
    }
}
