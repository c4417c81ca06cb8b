import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct CoarseDivergenceTests {
    private func tokens(_ probabilities: [Double], ids: [Int32]? = nil) -> NextTokens {
        NextTokens(
            probabilities.enumerated().map { place, probability in
                NextTokens.Token(id: ids?[place] ?? Int32(place), logProbability: Float(log(probability)))
            })
    }

    @Test func `two whole distributions have the divergence of the textbook`() throws {
        // p = (1/2, 1/4, 1/4), q = (1/4, 1/4, 1/2): 1/2 ln 2 + 0 − 1/4 ln 2.
        let found = try #require(
            CoarseDivergence(reference: tokens([0.5, 0.25, 0.25]), candidate: tokens([0.25, 0.25, 0.5])))
        #expect(abs(found.kl - log(2.0) / 4) < 1e-7)
        #expect(!found.isSameTop)
        #expect(abs(found.covered - 1) < 1e-7)
    }

    @Test func `two coins have the divergence of two coins, whatever is listed first`() throws {
        let (p, q) = (0.9, 0.6)
        let expected = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
        let found = try #require(
            CoarseDivergence(
                reference: tokens([0.1, 0.9], ids: [7, 3]), candidate: tokens([0.6, 0.4], ids: [3, 7])))
        #expect(abs(found.kl - expected) < 1e-6)
        #expect(found.isSameTop)
    }

    @Test func `a distribution is not at all apart from itself, also where only its beginning is known`() throws {
        for probabilities in [[0.7, 0.2, 0.1], [0.7, 0.2], [0.7], [1], [0.3, 0.3]] {
            let one = tokens(probabilities)
            let found = try #require(CoarseDivergence(reference: one, candidate: one))
            #expect(found.kl == 0)
            #expect(found.isSameTop)
            #expect(abs(found.covered - probabilities.reduce(0, +)) < 1e-6)
        }
    }

    @Test func `tokens that only one side names count as one with all others`() throws {
        // Named by both: token 0. The rest: 0.2 and 0.4.
        let found = try #require(
            CoarseDivergence(
                reference: tokens([0.8, 0.15], ids: [0, 1]), candidate: tokens([0.6, 0.3], ids: [0, 2])))
        #expect(abs(found.kl - (0.8 * log(0.8 / 0.6) + 0.2 * log(0.2 / 0.4))) < 1e-6)
        #expect(abs(found.covered - 0.8) < 1e-6)
    }

    @Test func `sides that name nothing in common tell nothing but that their top differs`() throws {
        let found = try #require(
            CoarseDivergence(reference: tokens([0.9], ids: [0]), candidate: tokens([0.9], ids: [1])))
        #expect(found.kl == 0)
        #expect(found.covered == 0)
        #expect(!found.isSameTop)
    }

    @Test func `a side that names no token is nothing to compare`() {
        #expect(CoarseDivergence(reference: tokens([]), candidate: tokens([1])) == nil)
        #expect(CoarseDivergence(reference: tokens([1]), candidate: tokens([])) == nil)
    }

    @Test func `equally likely tokens have the lowest as the first, on both sides alike`() throws {
        let found = try #require(
            CoarseDivergence(
                reference: tokens([0.5, 0.5], ids: [9, 4]), candidate: tokens([0.5, 0.5], ids: [4, 9])))
        #expect(found.isSameTop)
    }

    /// 200 random pairs over 40 tokens: the fewer are named, the less is seen, and never more than there is.
    @Test func `naming fewer tokens never makes the divergence larger than the whole one`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            func random() -> [Double] {
                let weights = (0..<40).map { _ in exp(6 * generator.nextUnit()) }
                return weights.map { $0 / weights.reduce(0, +) }
            }
            let (p, q) = (random(), random())
            let whole = zip(p, q).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
            let exact = try #require(CoarseDivergence(reference: tokens(p), candidate: tokens(q)))
            #expect(abs(exact.kl - whole) < 1e-5)
            for top in [1, 3, 10, 25, 39] {
                func named(_ all: [Double]) -> NextTokens { NextTokens(Array(tokens(all).tokens.prefix(top))) }
                let coarse = try #require(CoarseDivergence(reference: named(p), candidate: named(q)))
                #expect(coarse.kl >= 0)
                #expect(coarse.kl <= whole + 1e-5, "top \(top)")
            }
        }
    }

    @Test func `a token that the candidate finds all but impossible makes a large and finite divergence`() throws {
        let found = try #require(
            CoarseDivergence(reference: tokens([0.5, 0.5], ids: [0, 1]), candidate: tokens([1], ids: [0])))
        #expect(found.kl > 1 && found.kl.isFinite)
    }
}
