import PoiseCore

extension PairedSamples {
    /// Stands apart from other draws under a run's seed.
    private static let accuracyStream: UInt64 = 0x6469_6666_0000_0000

    /// The samples that have a score on both sides.
    package var scored: [(name: Name, base: Double, candidate: Double)] {
        pairs.compactMap { pair in
            pair.base.flatMap { base in pair.candidate.map { (pair.name, base, $0) } }
        }
    }

    /// Right and wrong on both sides; nil where a score is neither, or where epochs or rounds disagree.
    package var counts: PairedCounts? {
        var (kept, gained, lost, missed) = (0, 0, 0, 0)
        for pair in scored {
            switch (pair.base, pair.candidate) {
            case (1, 1): kept += 1
            case (0, 1): gained += 1
            case (1, 0): lost += 1
            case (0, 0): missed += 1
            default: return nil
            }
        }
        return PairedCounts(kept: kept, gained: gained, lost: lost, missed: missed)
    }

    /// The candidate's mean score − the base's, over the samples that have a score on both sides; nil where none has.
    ///
    /// Newcombe's hybrid interval where every sample is right or wrong on both sides; else the paired bootstrap.
    package func accuracyDifference(resamples: Int = 10_000, seed: UInt64) -> Evidence? {
        let scored = scored
        guard !scored.isEmpty else { return nil }
        if let counts { return counts.evidence }
        let differences = CountVector(scored.map { $0.candidate - $0.base })
        var draw = ResampleDraw(
            samples: scored.count, rounds: 1, generator: SeededGenerator(seed: seed, stream: Self.accuracyStream))
        let estimates = (0..<resamples).map { _ in
            draw.next()
            return differences.dot(draw.counts) / Double(scored.count)
        }
        return Evidence(
            estimate: differences.values.reduce(0, +) / Double(scored.count), n: scored.count, resamples: estimates)
    }
}
