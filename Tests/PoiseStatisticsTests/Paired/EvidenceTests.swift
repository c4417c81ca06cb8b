import PoiseCore
import PoiseStatistics
import Testing

@Suite struct EvidenceTests {
    private let resamples = (0...1000).map { Double($0) / 1000 }

    @Test func `p-values turn where the interval's ends do`() throws {
        let scores = (0..<50).map { (base: Double($0 % 4) / 3, candidate: Double($0 % 3) / 2) }
        let kinds = [
            Evidence(estimate: 0.5, n: 40, resamples: resamples),
            PairedCounts(kept: 30, gained: 2, lost: 9, missed: 20).evidence,
            try #require(Evidence.accuracy(of: scores.map(\.base))),
            try #require(Evidence.accuracyDifference(of: scores)),
        ]
        for evidence in kinds {
            for confidence in [0.5, 0.9, 0.95, 0.99] {
                let interval = try #require(evidence.interval(confidence: confidence))
                let level = (1 - confidence) / 2
                let below = try #require(evidence.pValue(atMost: interval.low))
                let above = try #require(evidence.pValue(atLeast: interval.high))
                #expect(abs(below - level) < 1e-6 && abs(above - level) < 1e-6)
                let outside = try #require(evidence.pValue(atMost: interval.low - 1e-4))
                let inside = try #require(evidence.pValue(atMost: interval.low + 1e-4))
                #expect(outside < level && level < inside)
            }
        }
    }

    @Test func `both p-values of one value make 1 or a little more`() throws {
        let evidence = PairedCounts(kept: 30, gained: 2, lost: 9, missed: 20).evidence
        for value in stride(from: -0.6, through: 0.6, by: 0.05) {
            let sum = try #require(evidence.pValue(atMost: value)) + (try #require(evidence.pValue(atLeast: value)))
            #expect(abs(sum - 1) < 1e-6)
        }
    }

    @Test func `resamples never make anything certain`() {
        let evidence = Evidence(estimate: 0.5, n: 40, resamples: resamples)
        #expect(evidence.pValue(atMost: -3) == 1.0 / 1002)
        #expect(evidence.pValue(atLeast: 3) == 1.0 / 1002)
        #expect(evidence.pValue(atMost: 3) == 1)
        #expect(evidence.pValue(atMost: .nan) == nil)
    }

    @Test func `resamples that are all the same, infinite or no numbers`() throws {
        let same = Evidence(estimate: 2, n: 40, resamples: [2, 2, 2])
        #expect(same.interval() == Interval(low: 2, high: 2))
        #expect(same.pValue(atMost: 2) == 1 && same.pValue(atLeast: 2) == 1)
        let open = Evidence(estimate: 2, n: 40, resamples: [1, .infinity, .infinity, .nan, 2])
        let interval = try #require(open.interval())
        #expect(interval.low >= 1 && interval.high == .infinity)
        #expect(try #require(open.pValue(atLeast: 1)) > 0.5)
        #expect(Evidence(estimate: 2, n: 40, resamples: []).interval() == nil)
    }

    @Test func `a single sample says nothing of how much it varies`() {
        let one = Evidence(estimate: 0, n: 1, resamples: [0, 0, 0])
        #expect(one.interval() == nil && one.pValue(atMost: -1) == nil && one.pValue(atLeast: 1) == nil)
    }
}
