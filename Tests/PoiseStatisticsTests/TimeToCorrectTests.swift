import PoiseCore
import PoiseStatistics
import Testing

@Suite struct TimeToCorrectTests {
    private func timeToCorrect(_ observations: [Observation]) throws -> Double? {
        let points = FrontAnalysis(resamples: 5, seed: 1).points(from: observations, candidates: [candidate("a")])
        return try #require(points.first).timeToCorrect
    }

    @Test func `wrong answers cost their time`() throws {
        let time = try timeToCorrect([
            observation("a", sample: 1, score: 1, latency: 100),
            observation("a", sample: 2, score: 0, latency: 300),
            observation("a", sample: 3, score: 0.5, latency: 50),
        ])
        #expect(time == 300)
    }

    @Test func `where nothing was correct it takes forever`() throws {
        let time = try timeToCorrect((0..<3).map { observation("a", sample: $0, score: 0) })
        #expect(time == .infinity)
    }

    @Test func `a response that could not be scored was waited for, a failed request has no time to add`() throws {
        let time = try timeToCorrect([
            observation("a", sample: 1, score: 1, latency: 100),
            observation("a", sample: 2, score: nil, latency: 40),
            observation("a", sample: 3, score: nil, latency: nil),
        ])
        #expect(time == 140)
    }

    @Test func `where no time or no score was measured there is none, not infinity`() throws {
        #expect(try timeToCorrect([observation("a", sample: 1, score: 1, latency: nil)]) == nil)
        #expect(try timeToCorrect([observation("a", sample: 1, score: nil, latency: 100)]) == nil)
    }
}
