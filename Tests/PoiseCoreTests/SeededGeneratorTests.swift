import PoiseCore
import Testing

@Suite struct SeededGeneratorTests {
    /// From an independent implementation that gives the reference outputs of xoshiro256++ for the state 1, 2, 3, 4
    /// and of SplitMix64 for the seed 1234567.
    @Test func `the draws of a seed are pinned`() {
        var generator = SeededGenerator(seed: 1)
        #expect(
            (0..<5).map { _ in generator.next() } == [
                0xcfc5_d07f_6f03_c29b, 0xbf42_4132_963f_e08d, 0x19a3_7d57_57aa_f520, 0xbf08_119f_05cd_56d6,
                0x2f47_184b_8618_6fa4,
            ])
        var stream = SeededGenerator(seed: 1, stream: 7)
        #expect((0..<2).map { _ in stream.next() } == [0xc0b0_2d00_cd5a_7cf0, 0xc06f_02cf_b78c_fb34])
    }

    @Test func `streams under one seed differ and streams are not seeds`() {
        let firsts = (UInt64(0)..<100).flatMap { stream in
            (UInt64(0)..<100).map { seed in
                var generator = SeededGenerator(seed: seed, stream: stream)
                return generator.next()
            }
        }
        #expect(Set(firsts).count == firsts.count)
    }

    /// χ² with as many degrees of freedom as bounds − 1; the limits lie beyond its 99.99% quantile.
    @Test(arguments: [(2, 15.2), (3, 18.5), (10, 33.8), (100, 161.4)])
    func `numbers below a bound are uniform`(bound: Int, limit: Double) {
        var generator = SeededGenerator(seed: 42, stream: UInt64(bound))
        var counts = [Int](repeating: 0, count: bound)
        let draws = 100_000
        for _ in 0..<draws { counts[generator.next(below: bound)] += 1 }
        let expected = Double(draws) / Double(bound)
        let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        #expect(statistic < limit)
        #expect(statistic > 0)
    }

    @Test(arguments: [1, 2, 3, 1 << 32, (1 << 62) + 1, Int.max])
    func `numbers stay below their bound`(bound: Int) {
        var generator = SeededGenerator(seed: 3)
        let draws = (0..<1000).map { _ in generator.next(below: bound) }
        #expect(draws.allSatisfy { (0..<bound).contains($0) })
        // A bound just above half of the range is the one that a modulus would bias most: 2 of 3 in the lower half.
        if bound > 1 << 61 { #expect((400...600).contains(draws.count { $0 < bound / 2 })) }
    }

    @Test func `unit draws lie in 0 to below 1 and have the moments of a uniform`() {
        var generator = SeededGenerator(seed: 5)
        let draws = (0..<100_000).map { _ in generator.nextUnit() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        let mean = draws.reduce(0, +) / 100_000
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
        #expect(abs(mean - 0.5) < 0.004)
        #expect(abs(variance - 1.0 / 12) < 0.002)
    }

    @Test func `a shuffle keeps every element and finds every order equally often`() {
        var generator = SeededGenerator(seed: 6)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[generator.shuffled([1, 2, 3, 4]), default: 0] += 1 }
        #expect(counts.count == 24)
        #expect(counts.keys.allSatisfy { $0.sorted() == [1, 2, 3, 4] })
        #expect(counts.values.allSatisfy { (850...1150).contains($0) })
        #expect(generator.shuffled([Int]()) == [])
    }
}
