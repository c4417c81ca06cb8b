import PoiseCore
import PoiseStatistics
import Testing

@Suite struct ThroughputTests {
    private func trial(
        _ sample: Int, at scheduled: Double?, until ended: Double?, tokens: Int? = 10, delay: Double = 0,
        round: Int = 1, hasFailed: Bool = false
    ) -> Observation {
        Observation(
            candidate: "a", task: "add", sample: "s\(sample)", load: 4, round: round, score: hasFailed ? nil : 1,
            ttft: hasFailed ? nil : 1, ttfo: nil, latency: hasFailed ? nil : 50, decodeTPS: nil, decodedTokens: nil,
            decodeSpan: nil, queueDelay: delay, scheduled: scheduled, ended: ended,
            outputTokens: hasFailed ? nil : tokens)
    }

    private func throughput(_ observations: [Observation]) throws -> Double? {
        let points = FrontAnalysis(resamples: 5, seed: 1).points(from: observations, candidates: [candidate("a")])
        return try #require(points.first).throughput
    }

    @Test func `trials that overlap share their time`() throws {
        // 20 tokens from 100 ms to 300 ms.
        #expect(try throughput([trial(1, at: 100, until: 250), trial(2, at: 150, until: 300)]) == 100)
    }

    @Test func `the time between rounds is not counted`() throws {
        let rounds = [trial(1, at: 0, until: 100), trial(1, at: 90_000, until: 90_100, round: 2)]
        #expect(try throughput(rounds) == 100)
    }

    @Test func `the level begins when the first request went out, not when it was wanted`() throws {
        #expect(try throughput([trial(1, at: 100, until: 300, delay: 100)]) == 100)
    }

    @Test func `a failed trial takes its time and brings no tokens`() throws {
        let failed = trial(2, at: 100, until: 500, hasFailed: true)
        #expect(try throughput([trial(1, at: 100, until: 200), failed]) == 25)
        #expect(try throughput([failed]) == 0)
    }

    @Test func `what was not recorded leaves no throughput, not half of one`() throws {
        let known = trial(1, at: 0, until: 100)
        #expect(try throughput([known, trial(2, at: 0, until: 100, tokens: nil)]) == nil)
        #expect(try throughput([known, trial(2, at: nil, until: nil)]) == nil)
        #expect(try throughput([trial(1, at: 100, until: 50)]) == nil)
        #expect(try throughput([trial(1, at: 100, until: 100)]) == nil)
    }
}
