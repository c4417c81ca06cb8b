import PoiseCore
import Testing

@testable import PoiseStatistics

struct QuantileColumnTests {
    private func column(_ probability: Double, _ values: [Double]) -> QuantileColumn {
        let measurements = values.enumerated().map { index, value in
            Measurement(of: observation("a", sample: index, ttft: value), sample: index, round: 0)
        }
        return QuantileColumn(probability, of: measurements) { $0.ttft }
    }

    @Test(arguments: [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])
    func `weights count as values written out do`(probability: Double) throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let count = 1 + generator.next(below: 12)
            let values = (0..<count).map { _ in Double(generator.next(below: 8)) }
            let weights = (0..<count).map { _ in generator.next(below: 4) }
            let written = zip(values, weights).flatMap { [Double](repeating: $0, count: $1) }.sorted()
            let found = column(probability, values).estimate(counts: CountVector(weights.map(Double.init)))
            let expected = quantile(probability, ofSorted: written)
            #expect((found == nil) == (expected == nil))
            if let found, let expected { #expect(abs(found - expected) < 1e-12) }
        }
    }

    @Test func `an interval of a quantile takes as many samples as its extremes need`() {
        #expect(QuantileColumn.leastSamples(0.5) == 6)
        #expect(QuantileColumn.leastSamples(0.95) == 72)
        #expect(QuantileColumn.leastSamples(0.05) == 72)
        #expect(QuantileColumn.leastSamples(0.99) == 368)
    }
}
