import Foundation
import PoiseCore
import PoiseStatistics
import Testing

struct WaitSummaryTests {
    private func summary(_ waits: [Double]) -> WaitDistribution? {
        WaitDistribution(candidate: "a", load: 1, kind: .ttft, waits: waits)
    }

    @Test func `quantiles are those of numpy.quantile`() throws {
        // numpy.quantile(numpy.arange(1, 1001), [.5, .9, .99])
        let thousand = try #require(summary((1...1000).map(Double.init).reversed()))
        #expect(thousand.n == 1000)
        #expect(abs(thousand.median - 500.5) < 1e-9)
        let (p90, p99) = (try #require(thousand.p90), try #require(thousand.p99))
        #expect(abs(p90 - 900.1) < 1e-9)
        #expect(abs(p99 - 990.01) < 1e-9)
        // numpy.quantile([0.8, 1.3, 2.1, 3.4, 5.5, 8.9, 14.4, 23.3, 37.7, 61], [.5, .9])
        let ten = try #require(summary([0.8, 1.3, 2.1, 3.4, 5.5, 8.9, 14.4, 23.3, 37.7, 61]))
        #expect(abs(ten.median - 7.2) < 1e-9)
        let tenth = try #require(ten.p90)
        #expect(abs(tenth - 40.03) < 1e-9)
    }

    @Test func `a quantile beyond which nothing lies is not given`() throws {
        #expect(summary([]) == nil)
        #expect(summary([.nan, -1, .infinity]) == nil)
        let nine = try #require(summary([Double](repeating: 4, count: 9)))
        #expect(nine.p90 == nil && nine.p99 == nil && nine.median == 4)
        let ninetyNine = try #require(summary([Double](repeating: 4, count: 99)))
        #expect(ninetyNine.p90 == 4 && ninetyNine.p99 == nil)
        #expect(summary([Double](repeating: 4, count: 100))?.p99 == 4)
    }

    @Test func `a wait on the edge of a bin is in the bin that begins there`() throws {
        let ratio = pow(10, 1 / 20.0)
        for power in -60...60 {
            let edge = pow(10, Double(power) / 20)
            let one = try #require(summary([edge, edge.nextUp, edge.nextDown]))
            #expect(one.counts == [1, 2], "edge \(edge)")
            #expect(abs(one.low - edge / ratio) < edge * 1e-9)
        }
    }

    @Test func `every wait but those of no time is in one bin`() throws {
        let wait = try #require(summary([0, 0, 1, 10, 10, 100, 0.01]))
        #expect(wait.n == 7 && wait.zeros == 2)
        #expect(wait.counts.count == 81)
        #expect(wait.counts[0] == 1 && wait.counts[40] == 1 && wait.counts[60] == 2 && wait.counts[80] == 1)
        #expect(abs(wait.low - 0.01) < 1e-12)
        let nothing = try #require(summary([0, 0]))
        #expect(nothing.counts == [] && nothing.median == 0 && nothing.zeros == 2)
    }

    @Test func `trials are summed up by candidate and load, in the order asked for`() {
        let trials = TrialColumns(
            [
                observation("b", sample: 1, ttft: 30, ttfo: 40, latency: 90),
                observation("a", sample: 1, load: 4, ttft: 10, ttfo: nil, latency: 20),
                observation("a", sample: 1, ttft: 1, ttfo: 2, latency: 3),
                observation("a", sample: 2, ttft: 3, ttfo: 4, latency: 5),
                observation("a", sample: 3, score: nil, speed: nil, ttft: nil, ttfo: nil, latency: nil),
            ])
        let summary = TrialSummary(of: trials, candidates: ["a", "b", "never measured"])
        let said = summary.waits.map { "\($0.candidate) \($0.load) \($0.kind.rawValue) \($0.n) \($0.median)" }
        #expect(
            said == [
                "a 1 ttft 2 2.0", "a 1 ttfo 2 3.0", "a 1 latency 2 4.0", "a 4 ttft 1 10.0", "a 4 latency 1 20.0",
                "b 1 ttft 1 30.0", "b 1 ttfo 1 40.0", "b 1 latency 1 90.0",
            ])
        // Nobody counted tokens here.
        #expect(summary.lengths.isEmpty)
    }

    @Test func `at an arrival rate people wait from the moment that was planned`() {
        let load = Load.rate(perSecond: 5, arrivals: .poisson)
        var late = observation("a", sample: 1, load: load, ttft: 10, ttfo: 10, latency: 20)
        late = Observation(
            candidate: late.candidate, task: late.task, sample: late.sample, load: load, round: 1, score: 1, ttft: 10,
            ttfo: 10, latency: 20, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil, queueDelay: 7, outputTokens: 6,
            charactersPerSecond: 50)
        let summary = TrialSummary(of: TrialColumns([late]), candidates: ["a"])
        #expect(summary.waits.map(\.median) == [17, 17, 27])
        #expect(summary.lengths.map(\.median) == [6] && summary.lengths.map(\.p90) == [nil])
        #expect(summary.lengths.map(\.charactersPerSecond) == [50])
    }
}
