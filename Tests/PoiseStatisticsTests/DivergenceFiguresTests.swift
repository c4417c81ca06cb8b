import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct DivergenceFiguresTests {
    /// A position of a coin with the given chances on both sides.
    private func position(_ p: Float, _ q: Float) throws -> CoarseDivergence {
        func coin(_ chance: Float) -> NextTokens {
            NextTokens([
                NextTokens.Token(id: 0, logProbability: log(chance)),
                NextTokens.Token(id: 1, logProbability: log(1 - chance)),
            ])
        }
        return try #require(CoarseDivergence(reference: coin(p), candidate: coin(q)))
    }

    @Test func `texts weigh the same, however long they are`() throws {
        let (equal, other) = (try position(0.9, 0.9), try position(0.9, 0.2))
        let figures = try #require(
            DivergenceFigures([[equal], Array(repeating: other, count: 9)], seed: 1))
        #expect(figures.samples == 2)
        #expect(figures.tokens == 10)
        #expect(abs(figures.meanKL - other.kl / 2) < 1e-12)
        #expect(figures.sameTop == 0.5)
    }

    @Test func `an interval holds the mean, and is the same for the same seed`() throws {
        let texts = try (1...40).map { text in
            try (1...5).map { try position(0.6, 0.3 + 0.01 * Float(text + $0)) }
        }
        let (one, again) = (DivergenceFigures(texts, seed: 3), DivergenceFigures(texts, seed: 3))
        let interval = try #require(one?.meanKLInterval)
        #expect(interval.contains(try #require(one).meanKL))
        #expect(interval.low < interval.high)
        #expect(interval == again?.meanKLInterval)
        #expect(interval != DivergenceFigures(texts, seed: 4)?.meanKLInterval)
        // The bootstrap's width is that of the normal theory: 2 · 1.96 · s / √n.
        let means = texts.map { $0.reduce(0) { $0 + $1.kl } / 5 }
        let mean = means.reduce(0, +) / 40
        let deviation = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40).squareRoot()
        let expected = 2 * 1.96 * deviation / 40.0.squareRoot()
        #expect(abs((interval.high - interval.low) / expected - 1) < 0.1)
    }

    @Test func `texts without any difference leave room for rarer ones`() throws {
        let figures = try #require(
            DivergenceFigures(Array(repeating: [try position(0.9, 0.9)], count: 20), seed: 1))
        #expect(figures.meanKL == 0)
        #expect(figures.sameTop == 1)
        let interval = try #require(figures.sameTopInterval)
        #expect(interval == Interval.wilson(successes: 20, of: 20))
        #expect(interval.high == 1)
    }

    @Test func `one text has no interval, and none nothing`() throws {
        let one = try #require(DivergenceFigures([[try position(0.9, 0.2)], []], seed: 1))
        #expect(one.samples == 1)
        #expect(one.meanKLInterval == nil)
        #expect(one.sameTopInterval == nil)
        #expect(DivergenceFigures([], seed: 1) == nil)
        #expect(DivergenceFigures([[], []], seed: 1) == nil)
    }
}
