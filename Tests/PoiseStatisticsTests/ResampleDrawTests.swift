import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct ResampleDrawTests {
    private func counts(_ vector: CountVector) -> [Double] { Array(vector.values.prefix(vector.count)) }

    @Test(arguments: [1, 2, 3, 37, 457])
    func `every resample draws as many samples as there are`(samples: Int) {
        var draw = ResampleDraw(samples: samples, rounds: 1, generator: SeededGenerator(seed: 3))
        for _ in 0..<50 {
            draw.next()
            #expect(counts(draw.counts).reduce(0, +) == Double(samples))
            #expect(counts(draw.counts) == counts(draw.weights))
        }
    }

    @Test func `a cell is drawn as often as its sample times its round`() {
        var draw = ResampleDraw(samples: 5, rounds: 3, generator: SeededGenerator(seed: 4))
        for _ in 0..<100 {
            draw.next()
            let weights = counts(draw.weights)
            #expect(weights.reduce(0, +) == 15)
            let samples = counts(draw.counts)
            for (place, sample) in samples.enumerated() where sample > 0 {
                let rounds = (0..<3).map { weights[$0 * 5 + place] / sample }
                #expect(rounds.reduce(0, +) == 3)
            }
        }
    }

    @Test func `each place comes up as often as chance has it`() {
        // 7 divides no power of 2, so that a biased draw would show.
        var draw = ResampleDraw(samples: 7, rounds: 1, generator: SeededGenerator(seed: 5))
        var (sums, squares) = ([Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7))
        let resamples = 100_000
        for _ in 0..<resamples {
            draw.next()
            for (place, count) in counts(draw.counts).enumerated() {
                sums[place] += count
                squares[place] += count * count
            }
        }
        for place in 0..<7 {
            let mean = sums[place] / Double(resamples)
            // Binomial: mean 1, variance 1 − 1/7; the bounds are 5 standard errors.
            #expect(abs(mean - 1) < 0.015)
            #expect(abs(squares[place] / Double(resamples) - mean * mean - 6.0 / 7) < 0.03)
        }
    }

    @Test func `the seed decides every draw`() {
        var one = ResampleDraw(samples: 40, rounds: 3, generator: SeededGenerator(seed: 6))
        var same = ResampleDraw(samples: 40, rounds: 3, generator: SeededGenerator(seed: 6))
        var other = ResampleDraw(samples: 40, rounds: 3, generator: SeededGenerator(seed: 7))
        var differs = false
        for _ in 0..<20 {
            one.next()
            same.next()
            other.next()
            #expect(counts(one.weights) == counts(same.weights))
            differs = differs || counts(one.weights) != counts(other.weights)
        }
        #expect(differs)
    }

    @Test func `nothing to draw from draws nothing`() {
        var draw = ResampleDraw(samples: 0, rounds: 1, generator: SeededGenerator(seed: 8))
        draw.next()
        #expect(draw.counts.count == 0)
    }
}
