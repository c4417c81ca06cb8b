import PoiseCore
import Testing

@testable import PoiseStatistics

/// Responses from the cache count in scores and lengths, and in nothing that takes time.
@Suite struct CachedTrialsTests {
    private static let price = Price(
        input: 10, output: 100, per: "million tokens", currency: "EUR", source: nil, date: nil)
    private static let hourly = Price(basis: .hour(36), currency: "EUR")

    private func candidate(_ price: Price?) -> Candidate {
        Candidate(
            id: "a", model: "a", quantization: nil,
            serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "a")), sampling: SamplingSettings(),
            price: price)
    }

    /// Asked for 1,000 ms each, one after the other: 20 tokens, of which 19 took 950 ms.
    private func asked(_ sample: Int, score: Double, load: Load = 1, delay: Double = 0) -> Observation {
        Observation(
            candidate: "a", task: "t", sample: "\(sample)", load: load, round: 1, score: score, ttft: 50, ttfo: 50,
            latency: 1000, decodeTPS: 20, decodedTokens: 19, decodeSpan: 950, queueDelay: delay,
            scheduled: Double(sample) * 1000 - delay, ended: Double(sample + 1) * 1000, outputTokens: 20,
            promptTokens: 100, charactersPerSecond: 80)
    }

    private func cached(_ sample: Int, score: Double, load: Load = 1) -> Observation {
        Observation(
            candidate: "a", task: "t", sample: "\(sample)", load: load, round: 1, score: score, ttft: nil, ttfo: nil,
            latency: nil, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil, outputTokens: 40, promptTokens: 100,
            isCached: true)
    }

    private var mixed: [Observation] {
        (0..<12).map { asked($0, score: $0 < 6 ? 1 : 0) } + (12..<40).map { cached($0, score: 1) }
    }

    private func points(_ trials: [Observation]) -> [FrontPoint] {
        FrontAnalysis(resamples: 200, seed: 1).points(from: trials, candidates: [candidate(nil)])
    }

    @Test func `accuracy counts all of them, speed and times those that were asked`() throws {
        let point = try #require(points(mixed).first)
        #expect(point.n == 40)
        #expect(point.accuracy == 34.0 / 40)
        #expect(point.decodeTPSTrials == 12)
        #expect(point.decodeTPS == 20)
        #expect(point.latency == 1000)
        // 12 s for 6 right answers: the 28 right ones of before took none of this run's time.
        #expect(point.timeToCorrect == 2000)
        // 12 × 20 tokens in 12 s.
        #expect(point.throughput == 20)
    }

    @Test func `a candidate of which all is cached has a score, and is on no front of speeds`() throws {
        let point = try #require(points((0..<20).map { cached($0, score: 1) }).first)
        #expect(point.n == 20)
        #expect(point.accuracy == 1)
        #expect(!point.onFront)
        #expect(point.decodeTPSTrials == 0)
        for number in [
            point.decodeTPS, point.ttft, point.ttfo, point.latency, point.timeToCorrect, point.throughput,
            point.queueDelay,
        ] { #expect(number == nil) }
    }

    @Test func `waits of an open loop are those of requests`() throws {
        let load = Load.rate(perSecond: 1, arrivals: .constant)
        let trials =
            (0..<12).map { asked($0, score: 1, load: load, delay: 10) }
            + (12..<40).map { cached($0, score: 1, load: load) }
        let point = try #require(points(trials).first)
        #expect(point.queueDelay == 10)
        #expect(point.latency == 1010)
    }

    private func figure(_ metric: Metric, of trials: [Observation], price: Price?) -> Double? {
        FrontAnalysis(resamples: 50, seed: 1).places(
            from: TrialColumns(trials), candidates: [candidate(price)], axes: FrontAxes(x: metric)
        ).first?.x?.estimate
    }

    @Test func `times and hours of a right answer are those of this run, tokens those of every response`() throws {
        #expect(figure(.timeToCorrect, of: mixed, price: nil) == 2000)
        #expect(figure(.throughput, of: mixed, price: nil) == 20)
        let tokens = try #require(figure(.tokensToCorrect, of: mixed, price: nil))
        #expect(abs(tokens - Double(12 * 20 + 28 * 40) / 34) < 1e-9)
        let cost = try #require(figure(.costToCorrect, of: mixed, price: Self.price))
        // 100 × 10 + 20 × 100, and 100 × 10 + 40 × 100, per million.
        let (now, before) = (3000.0, 5000.0)
        let whole = (12 * now + 28 * before) / 1e6
        #expect(abs(cost - whole / 34) < 1e-12)
        // 12 s at 36 an hour are 0.12, for 6 right answers.
        let hour = try #require(figure(.costToCorrect, of: mixed, price: Self.hourly))
        #expect(abs(hour - 0.02) < 1e-12)
        let all = (0..<20).map { cached($0, score: 1) }
        #expect(figure(.costToCorrect, of: all, price: Self.hourly) == nil)
        #expect(figure(.timeToCorrect, of: all, price: nil) == nil)
        #expect(figure(.throughput, of: all, price: nil) == nil)
        #expect(try #require(figure(.costToCorrect, of: all, price: Self.price)) > 0)
    }

    @Test func `costs leave nothing unknown that was not of this run's hours`() {
        let measurements = mixed.enumerated().map { Measurement(of: $1, sample: $0, round: 0) }
        let hourly = CostAnalysis.cost(of: "a", at: Self.hourly, measurements: measurements, toCorrect: nil)
        #expect((hourly.trials, hourly.unknown) == (12, 0))
        #expect(abs((hourly.capacity ?? 0) - 3600) < 1e-6)
        let tokens = CostAnalysis.cost(of: "a", at: Self.price, measurements: measurements, toCorrect: nil)
        #expect((tokens.trials, tokens.unknown) == (40, 0))
    }

    @Test func `lengths are of all responses, waits of those that were waited for`() throws {
        let summary = TrialSummary(of: TrialColumns(mixed), candidates: ["a"])
        #expect(summary.lengths.first?.n == 40)
        #expect(summary.waits.map(\.n) == [12, 12, 12])
    }
}
