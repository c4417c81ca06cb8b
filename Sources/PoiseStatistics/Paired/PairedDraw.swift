import PoiseCore

/// Resamples in which both sides meet the same samples, and the same rounds where they share them.
struct PairedDraw {
    private var shared: ResampleDraw
    /// Rounds of the candidate, where they are its own.
    private var rounds: IndexDraws
    private var roundCounts: CountVector
    private(set) var base: CountVector
    private(set) var candidate: CountVector
    private let samples: Int
    private let areRoundsShared: Bool

    init(
        samples: Int, baseRounds: Int, candidateRounds: Int, areRoundsShared: Bool, generator: SeededGenerator
    ) {
        var generator = generator
        self.samples = samples
        self.areRoundsShared = areRoundsShared
        shared = ResampleDraw(samples: samples, rounds: baseRounds, generator: generator)
        // Far from the words that the first draw begins with.
        rounds = IndexDraws(SeededGenerator(seed: generator.next(), stream: 1))
        roundCounts = CountVector(count: candidateRounds)
        base = shared.weights
        candidate = CountVector(count: samples * candidateRounds)
    }

    mutating func next() {
        shared.next()
        base = shared.weights
        guard !areRoundsShared else {
            candidate = base
            return
        }
        guard roundCounts.count > 1 else {
            candidate = shared.counts
            return
        }
        rounds.fill(&roundCounts)
        let (counts, roundCounts, samples) = (shared.counts, roundCounts, samples)
        candidate.withUnsafeMutableValues { cells in
            for round in 0..<roundCounts.count {
                for sample in 0..<samples { cells[round * samples + sample] = counts[sample] * roundCounts[round] }
            }
        }
    }
}
