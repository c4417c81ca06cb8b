import PoiseCore
import Testing

@testable import PoiseStatistics

struct TokenTotalsTests {
    private typealias Make = ComparedCandidates

    private func totals(_ base: [Observation], _ candidate: [Observation]) -> Evidence? {
        PairedSamples(base: Make.make("f16", base), candidate: Make.make("q4", candidate))
            .tokenTotals(resamples: 200, seed: 5)
    }

    @Test func `totals are over samples that have tokens on both sides, whatever the rounds`() throws {
        let base = Make.trials([1], tokens: 10) + Make.trials([1, 1], task: "u", tokens: 40)
        let candidate =
            (1...2).flatMap { Make.trials([1], round: $0, tokens: 30) } + Make.trials([1], task: "u", tokens: 40)
        // 30 + 40 of 10 + 40; the second sample of the other task was not asked.
        let evidence = try #require(totals(base, candidate))
        #expect(evidence.estimate == 1.4 && evidence.n == 2)
        let interval = try #require(evidence.interval())
        #expect(interval.low >= 1 && interval.high <= 3 && interval.low < interval.high)
    }

    @Test func `without tokens on one side there is no ratio`() {
        #expect(totals(Make.trials([1], tokens: nil), Make.trials([1])) == nil)
        #expect(totals(Make.trials([1], tokens: 0), Make.trials([1])) == nil)
        #expect(totals(Make.trials([1], tokens: 5), Make.trials([1]))?.interval() == nil)
    }
}
