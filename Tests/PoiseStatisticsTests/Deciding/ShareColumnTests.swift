import PoiseCore
import Testing

@testable import PoiseStatistics

struct ShareColumnTests {
    @Test func `samples that say yes or no have Wilson's interval`() throws {
        let column = ShareColumn((0..<20).map { (sample: $0, value: $0 < 5 ? 1.0 : 0.0) }, samples: 20)
        let evidence = try #require(column.evidence)
        #expect(evidence.estimate == 0.25)
        #expect(evidence.method == .wilson)
        #expect(evidence.interval() == Interval.wilson(successes: 5, of: 20))
    }

    @Test func `shares that scatter less than yes and no are worth more samples`() throws {
        // Ten samples of two trials each: half of them at ½.
        var trials: [(sample: Int, value: Double)] = []
        for sample in 0..<10 {
            trials.append((sample: sample, value: 1))
            trials.append((sample: sample, value: sample < 5 ? 0 : 1))
        }
        let evidence = try #require(ShareColumn(trials, samples: 10).evidence)
        let plain = Interval.wilson(share: 0.75, of: 10, z: 1.96)
        let interval = try #require(evidence.interval())
        #expect(evidence.method == .effectiveWilson)
        #expect(evidence.estimate == 0.75)
        #expect(interval.low > plain.low)
    }

    @Test func `shares that are all alike are worth no more than their number allows`() throws {
        var trials: [(sample: Int, value: Double)] = []
        for sample in 0..<8 {
            trials.append((sample: sample, value: 1))
            trials.append((sample: sample, value: 0))
        }
        let evidence = try #require(ShareColumn(trials, samples: 8).evidence)
        #expect(evidence.estimate == 0.5)
        // Worth 8 × (4·8·¼ + 1) = 72 samples that say yes or no.
        #expect(evidence.interval() == Interval.wilson(successes: 36, of: 72))
        #expect(evidence.method == .effectiveWilson)
    }

    @Test func `nothing known is no share`() {
        #expect(ShareColumn([], samples: 4).evidence == nil)
    }
}
