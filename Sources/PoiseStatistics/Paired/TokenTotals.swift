import PoiseCore

extension PairedSamples {
    /// Stands apart from other draws under a run's seed.
    private static let tokenStream: UInt64 = 0x746F_6B65_6E00_0000

    /// Output tokens of the candidate / the base's in all, each sample counted by its mean over epochs and rounds; nil
    /// where no sample has them on both sides, or the base wrote none.
    ///
    /// A bootstrap over samples.
    func tokenTotals(resamples: Int, seed: UInt64) -> Evidence? {
        let (base, candidate) = (Self.tokens(baseMeasurements), Self.tokens(candidateMeasurements))
        let common = base.keys.filter { candidate[$0] != nil }.sorted()
        let under = CountVector(common.map { base[$0] ?? 0 })
        let over = CountVector(common.map { candidate[$0] ?? 0 })
        func ratio(_ counts: CountVector) -> Double? {
            let total = under.dot(counts)
            return total > 0 ? over.dot(counts) / total : nil
        }
        guard let estimate = ratio(CountVector([Double](repeating: 1, count: common.count))) else { return nil }
        var draw = ResampleDraw(
            samples: common.count, rounds: 1, generator: SeededGenerator(seed: seed, stream: Self.tokenStream))
        let drawn = (0..<resamples).compactMap { _ in
            draw.next()
            return ratio(draw.counts)
        }
        return Evidence(estimate: estimate, n: common.count, resamples: drawn)
    }

    /// Mean output tokens by sample.
    private static func tokens(_ measurements: [Measurement]) -> [Int: Double] {
        Dictionary(grouping: measurements.filter { $0.outputTokens != nil }, by: \.sample).mapValues { trials in
            Double(trials.reduce(0) { $0 + ($1.outputTokens ?? 0) }) / Double(trials.count)
        }
    }
}
