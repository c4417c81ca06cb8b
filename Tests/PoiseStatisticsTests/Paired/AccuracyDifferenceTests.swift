import PoiseCore
import PoiseStatistics
import Testing

@Suite struct AccuracyDifferenceTests {
    private func side(_ scores: [[Double?]], run: String = "1") -> MeasuredCandidate {
        MeasuredCandidate(
            candidate: "c", model: "c", quantization: nil, run: run, load: 1,
            circumstances: Circumstances(
                machine: "", machineSummary: "", poiseVersion: "", startedAt: "2026-01-01T00:00:00Z"),
            samples: [:],
            observations: scores.enumerated().flatMap { sample, values in
                values.map { observation("c", sample: sample, score: $0) }
            })
    }

    @Test func `one 0 or 1 a sample has Newcombe's interval`() throws {
        let pair = PairedSamples(base: side([[1], [1], [0], [0], [1]]), candidate: side([[1], [0], [1], [0], [0]]))
        let evidence = try #require(pair.accuracyDifference)
        #expect(pair.counts == PairedCounts(kept: 1, gained: 1, lost: 2, missed: 1))
        #expect(evidence.method == .newcombe)
        #expect(evidence.interval() == pair.counts?.newcombe())
    }

    @Test func `epochs that disagree are worth more than one of them`() throws {
        let base = (0..<40).map { [$0 < 30 ? 1.0 : 0, $0 < 26 ? 1 : 0, $0 < 34 ? 1 : 0] }
        let candidate = (0..<40).map { [$0 < 28 ? 1.0 : 0, $0 < 20 ? 1 : 0, $0 < 33 ? 1 : 0] }
        let pair = PairedSamples(base: side(base), candidate: side(candidate))
        let evidence = try #require(pair.accuracyDifference)
        #expect(evidence.method == .mover)
        #expect(pair.counts == nil)
        #expect(abs(evidence.estimate - (81.0 - 90) / 120) < 1e-15)
        let interval = try #require(evidence.interval())
        #expect(interval.contains(evidence.estimate))
        let single = try #require(
            PairedSamples(base: side(base.map { [$0[0]] }), candidate: side(candidate.map { [$0[0]] }))
                .accuracyDifference?.interval())
        #expect(interval.high - interval.low < single.high - single.low)
    }

    @Test func `with scores of 0 and 1 the general interval is Newcombe's`() throws {
        // One score a hair off 1 takes the general way.
        var scores = (0..<60).map { (base: $0 % 3 == 0 ? 0.0 : 1, candidate: $0 % 4 == 0 ? 0.0 : 1) }
        let plain = try #require(Evidence.accuracyDifference(of: scores)?.interval())
        scores[1].base = 1 - 1e-13
        let general = try #require(Evidence.accuracyDifference(of: scores))
        #expect(general.method == .mover)
        let found = try #require(general.interval())
        #expect(abs(found.low - plain.low) < 1e-9 && abs(found.high - plain.high) < 1e-9)
    }

    @Test func `samples without a score on one side are left out, and none is nothing`() throws {
        let pair = PairedSamples(base: side([[1], [nil], [0]]), candidate: side([[1], [1], [nil]]))
        #expect(try #require(pair.accuracyDifference).n == 1)
        #expect(pair.accuracyDifference?.interval() == nil)
        let none = PairedSamples(base: side([[nil]]), candidate: side([[1]]))
        #expect(none.accuracyDifference == nil)
    }
}
