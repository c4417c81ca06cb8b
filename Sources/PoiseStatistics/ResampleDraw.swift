import PoiseCore

/// One resample after another: how often each sample, and each cell of round × sample, was drawn.
struct ResampleDraw {
    /// Of each sample.
    private(set) var counts: CountVector
    /// Of each cell, at round × samples + sample; the counts themselves where rounds are not resampled.
    var weights: CountVector { rounds > 1 ? cells : counts }
    private var cells: CountVector
    private var roundCounts: CountVector
    private var draws: IndexDraws
    private let samples: Int
    private let rounds: Int

    init(samples: Int, rounds: Int, generator: SeededGenerator) {
        self.samples = samples
        self.rounds = rounds
        counts = CountVector(count: samples)
        cells = CountVector(count: rounds > 1 ? samples * rounds : 0)
        roundCounts = CountVector(count: rounds)
        draws = IndexDraws(generator)
    }

    mutating func next() {
        draws.fill(&counts)
        guard rounds > 1 else { return }
        draws.fill(&roundCounts)
        let (counts, roundCounts, samples) = (counts, roundCounts, samples)
        cells.withUnsafeMutableValues { cells in
            counts.values.withUnsafeBufferPointer { counts in
                for round in 0..<roundCounts.count {
                    let times = roundCounts[round]
                    for sample in 0..<samples { cells[round * samples + sample] = counts[sample] * times }
                }
            }
        }
    }
}

/// Draws of places with replacement, two from each word of xoshiro256++ (Blackman and Vigna 2021).
///
/// Lemire 2019, "Fast random integer generation in an interval", over 32 bits: without bias, and nearly always without a
/// division. Written out here and not called in another module, since tens of millions of draws make a report.
struct IndexDraws {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Goes its own way from four words of a generator.
    init(_ generator: SeededGenerator) {
        var generator = generator
        state = (generator.next(), generator.next(), generator.next(), generator.next())
    }

    /// Counts as many draws with replacement as there are places.
    mutating func fill(_ counts: inout CountVector) {
        let (count, bound) = (counts.count, UInt64(counts.count))
        precondition(bound < 1 << 32)
        guard count > 0 else { return }
        // A draw whose low half is below this would favour its place: 2³² mod bound.
        let threshold = (1 << 32) % bound
        var (a, b, c, d) = state
        counts.withUnsafeMutableValues { counts in
            for index in 0..<count { counts[index] = 0 }
            var drawn = 0
            while drawn < count {
                let sum = a &+ d
                let word = ((sum << 23) | (sum >> 41)) &+ a
                let shifted = b << 17
                c ^= a
                d ^= b
                b ^= c
                a ^= d
                c ^= shifted
                d = (d << 45) | (d >> 19)

                let low = (word & 0xFFFF_FFFF) &* bound
                let high = (word >> 32) &* bound
                if low & 0xFFFF_FFFF >= threshold {
                    counts[Int(truncatingIfNeeded: low >> 32)] += 1
                    drawn &+= 1
                    guard drawn < count else { break }
                }
                if high & 0xFFFF_FFFF >= threshold {
                    counts[Int(truncatingIfNeeded: high >> 32)] += 1
                    drawn &+= 1
                }
            }
        }
        state = (a, b, c, d)
    }
}
