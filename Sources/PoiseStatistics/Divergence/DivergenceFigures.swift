import PoiseCore

/// A candidate's divergence from its reference over all texts that were followed.
///
/// The sample is the unit: positions of one text are averaged, then texts, and the bootstrap draws texts (Efron 1979).
package struct DivergenceFigures: Sendable {
    package let samples: Int
    package let tokens: Int
    /// Nats a token; the interval is nil where one text says nothing of how much they vary.
    package let meanKL: Double
    package let meanKLInterval: Interval?
    /// 0…1.
    package let sameTop: Double
    package let sameTopInterval: Interval?
    /// The mean share of the reference's probability on tokens that both sides named, 0…1.
    package let covered: Double

    /// Stands apart from other draws under a run's seed.
    private static let stream: UInt64 = 0x6b6c_0000_0000_0000

    /// Nil where nothing was compared.
    ///
    /// - Parameter texts: what was found at each position of each text; a text without positions says nothing.
    package init?(_ texts: [[CoarseDivergence]], resamples: Int = 10_000, seed: UInt64) {
        let texts = texts.filter { !$0.isEmpty }
        guard !texts.isEmpty else { return nil }
        let count = Double(texts.count)
        func column(_ value: (CoarseDivergence) -> Double) -> CountVector {
            CountVector(texts.map { text in text.reduce(0) { $0 + value($1) } / Double(text.count) })
        }
        let (divergences, sames) = (column(\.kl), column { $0.isSameTop ? 1 : 0 })
        samples = texts.count
        tokens = texts.reduce(0) { $0 + $1.count }
        meanKL = divergences.values.reduce(0, +) / count
        sameTop = sames.values.reduce(0, +) / count
        covered = column(\.covered).values.reduce(0, +) / count

        var draw = ResampleDraw(
            samples: texts.count, rounds: 1, generator: SeededGenerator(seed: seed, stream: Self.stream))
        var (drawnDivergences, drawnSames): ([Double], [Double]) = ([], [])
        for _ in 0..<(texts.count > 1 ? resamples : 0) {
            draw.next()
            drawnDivergences.append(divergences.dot(draw.counts) / count)
            drawnSames.append(sames.dot(draw.counts) / count)
        }
        meanKLInterval = .percentile(of: drawnDivergences)
        // Where no text differs anywhere, every resample is the same, which says nothing of rarer differences: then the
        // share of texts without one, of which the share of positions is at least.
        let isEqualThroughout = texts.allSatisfy { $0.allSatisfy(\.isSameTop) }
        sameTopInterval =
            isEqualThroughout
            ? .wilson(successes: texts.count, of: texts.count) : .percentile(of: drawnSames)
    }
}
