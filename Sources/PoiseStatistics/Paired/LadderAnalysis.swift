package import PoiseCore

/// One model's quantizations from the most precise down, each against the reference. Pure.
package struct LadderAnalysis: Sendable {
    /// A quantization of the ladder, with what was measured of it at the ladder's load; nil where nothing was.
    struct Entry: Sendable {
        let candidate: String
        let quantization: String?
        let measured: MeasuredCandidate?
    }

    /// Of one model, from the most precise down.
    private let rungs: [Entry]
    private let files: [String: ModelFileFacts]
    private let resamples: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - candidates: of one model, measured in one run at one load, in any order.
    ///   - unmeasured: of the same model, without any trial at that load.
    ///   - files: by candidate, what the file of the weights says of itself.
    ///   - resamples: draws of each bootstrap.
    package init(
        _ candidates: [MeasuredCandidate], unmeasured: [(candidate: String, quantization: String?)] = [],
        files: [String: ModelFileFacts], resamples: Int = 10_000, seed: UInt64
    ) {
        rungs = Self.ordered(
            candidates.map { Entry(candidate: $0.candidate, quantization: $0.quantization, measured: $0) }
                + unmeasured.map { Entry(candidate: $0.candidate, quantization: $0.quantization, measured: nil) },
            files: files)
        self.files = files
        self.resamples = resamples
        self.seed = seed
    }

    /// From the largest file down; where one's file is not known, from the most bits in the quantization's name down, those
    /// without a number last; equals in the order given.
    static func ordered(_ entries: [Entry], files: [String: ModelFileFacts]) -> [Entry] {
        let sizes = entries.map { files[$0.candidate]?.bytes }
        let keys: [Double] =
            sizes.contains(nil)
            ? entries.map { $0.quantization.flatMap(QuantizationName.bits) ?? -1 }
            : sizes.map { Double($0 ?? 0) }
        return entries.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { entries[$0] }
    }

    /// The candidate that others are held against: the baseline where it is one of them, else the most precise; of those
    /// that were measured.
    package func reference(baseline: String?) -> String? {
        let measured = rungs.filter { $0.measured != nil }
        return measured.first { $0.candidate == baseline }?.candidate ?? measured.first?.candidate
    }

    /// - Parameters:
    ///   - reference: the candidate that the others are held against.
    ///   - margin: a loss that is accepted, as a share 0…1; nil where any sure loss breaks quality.
    ///   - divergences: those that are known of these candidates against the reference.
    /// - Returns: nil where there is no such reference.
    package func ladder(
        reference name: String, tasks: Set<String>? = nil, margin: Double? = nil, divergences: [Divergence] = []
    ) -> Ladder? {
        guard let place = rungs.firstIndex(where: { $0.candidate == name }), let reference = rungs[place].measured
        else { return nil }
        let others = rungs.indices.filter { $0 != place && rungs[$0].measured != nil }
        let rows = ComparisonAnalysis(base: reference, tasks: tasks, resamples: resamples, seed: seed)
            .compare(with: others.compactMap { rungs[$0].measured }).rows
        let changes = Dictionary(zip(others, rows), uniquingKeysWith: { first, _ in first })
        // The samples that the accuracies rest on, and no others.
        let pairs = changes.compactMapValues { row in
            rungs.first { $0.candidate == row.candidate.candidate }?.measured.map {
                PairedSamples(base: reference, candidate: $0, tasks: Set(row.tasks.map(\.task)))
            }
        }
        let adjusted = lossPValues(changes, pairs, margin: margin)
        let built = rungs.indices.map { index -> LadderRung in
            let own = rungs[index]
            let accuracy = own.measured.flatMap { self.accuracy(of: $0, tasks: tasks) }
            let file = files[own.candidate]
            let change = changes[index]
            let loss = -(change?.accuracy?.difference ?? 0)
            return LadderRung(
                candidate: own.candidate, quantization: own.quantization, fileBytes: file?.bytes,
                bitsPerWeight: file.flatMap {
                    $0.parameters > 0 ? Double($0.bytes) * 8 / Double($0.parameters) : nil
                },
                peakMemory: own.measured?.peakMemory, accuracy: accuracy?.value,
                accuracyLow: accuracy?.interval?.low, accuracyHigh: accuracy?.interval?.high, n: accuracy?.n ?? 0,
                change: change, adjustedP: adjusted[index],
                isSurelyWorse: loss > (margin ?? 0) && (adjusted[index].map { $0 < Comparison.level } ?? false),
                divergence: divergences.first {
                    $0.candidate == own.candidate && $0.reference == name && $0.load == reference.load
                })
        }
        return Ladder(
            model: reference.model, load: reference.load, run: reference.run, reference: name,
            tasks: tasks?.sorted(), seed: seed, margin: margin, rungs: built,
            breaksAt: built[(place + 1)...].first { $0.isSurelyWorse }?.candidate,
            smallestLoss: smallestLoss(
                pairs.filter { $0.key > place && built[$0.key].isHeld }.sorted { $0.key < $1.key }.map(\.value),
                among: built.count(where: \.isHeld), margin: margin))
    }

    /// The loss that each of these rungs would have shown with a power of 80%, by the strictest of Holm's levels; nil where
    /// there is none, or one of them says nothing of it.
    ///
    /// By the test that decides where quality breaks: exact McNemar where that gives the p-value, else the interval.
    private func smallestLoss(_ pairs: [PairedSamples], among tests: Int, margin: Double?) -> Double? {
        let level = Comparison.level / Double(max(1, tests))
        let losses = pairs.map { pair -> Double? in
            if margin == nil, let counts = pair.counts { return counts.smallestLoss(level: level) }
            let evidence = pair.accuracyDifference
            return MarginTest(evidence, bound: -(margin ?? 0), side: .atLeast, confidence: 1 - level)
                .smallestEffect().map { $0 + (margin ?? 0) }
        }
        return losses.contains(nil) ? nil : losses.compactMap(\.self).max()
    }

    /// Of each other rung: that it loses no more than the margin, adjusted over all of them.
    private func lossPValues(
        _ changes: [Int: ComparisonRow], _ pairs: [Int: PairedSamples], margin: Double?
    ) -> [Int: Double] {
        guard let margin else { return changes.compactMapValues { $0.accuracy?.adjustedP } }
        let values = pairs.sorted { $0.key < $1.key }.compactMap { index, pair in
            // One sample says nothing of how much the difference varies.
            pair.accuracyDifference.flatMap { $0.n > 1 ? $0 : nil }?
                .pValue(atLeast: -margin)
                // Twice, so that it is held at the level of a two-sided interval: its upper end lies below −margin.
                .map { (index: index, p: min(1, 2 * $0)) }
        }
        return Dictionary(
            zip(values.map(\.index), Holm.adjusted(values.map(\.p))), uniquingKeysWith: { first, _ in first })
    }

    /// Its own mean score with its interval, over all of its samples that have one.
    private func accuracy(
        of candidate: MeasuredCandidate, tasks: Set<String>?
    ) -> (value: Double, interval: Interval?, n: Int)? {
        // Held against itself, since that sorts trials to samples as every other number here does.
        let scores = PairedSamples(base: candidate, candidate: candidate, tasks: tasks).scored.map(\.base)
        return Evidence.accuracy(of: scores).map { ($0.estimate, $0.interval(), $0.n) }
    }
}
