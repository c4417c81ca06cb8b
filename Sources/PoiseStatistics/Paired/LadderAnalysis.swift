package import PoiseCore

/// One model's quantizations from the most precise down, each against the reference. Pure.
package struct LadderAnalysis: Sendable {
    /// Of one model, measured in one run at one load, from the most precise down.
    private let rungs: [MeasuredCandidate]
    private let files: [String: ModelFileFacts]
    private let resamples: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - candidates: of one model, measured in one run at one load, in any order.
    ///   - files: by candidate, what the file of the weights says of itself.
    ///   - resamples: draws of each bootstrap.
    package init(
        _ candidates: [MeasuredCandidate], files: [String: ModelFileFacts], resamples: Int = 10_000, seed: UInt64
    ) {
        rungs = Self.ordered(candidates, files: files)
        self.files = files
        self.resamples = resamples
        self.seed = seed
    }

    /// From the largest file down; where one's file is not known, from the most bits in the quantization's name down, those
    /// without a number last; equals in the order given.
    static func ordered(
        _ candidates: [MeasuredCandidate], files: [String: ModelFileFacts]
    ) -> [MeasuredCandidate] {
        let sizes = candidates.map { files[$0.candidate]?.bytes }
        let keys: [Double] =
            sizes.contains(nil)
            ? candidates.map { $0.quantization.flatMap(QuantizationName.bits) ?? -1 }
            : sizes.map { Double($0 ?? 0) }
        return candidates.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { candidates[$0] }
    }

    /// The candidate that others are held against: the baseline where it is one of them, else the most precise.
    package func reference(baseline: String?) -> String? {
        rungs.first { $0.candidate == baseline }?.candidate ?? rungs.first?.candidate
    }

    /// - Parameters:
    ///   - reference: the candidate that the others are held against.
    ///   - margin: a loss that is accepted, as a share 0…1; nil where any sure loss breaks quality.
    ///   - divergences: those that are known of these candidates against the reference.
    /// - Returns: nil where there is no such reference.
    package func ladder(
        reference name: String, tasks: Set<String>? = nil, margin: Double? = nil, divergences: [Divergence] = []
    ) -> Ladder? {
        guard let place = rungs.firstIndex(where: { $0.candidate == name }) else { return nil }
        let reference = rungs[place]
        let others = rungs.indices.filter { $0 != place }
        let rows = ComparisonAnalysis(base: reference, tasks: tasks, resamples: resamples, seed: seed)
            .compare(with: others.map { rungs[$0] }).rows
        let changes = Dictionary(zip(others, rows), uniquingKeysWith: { first, _ in first })
        let adjusted = lossPValues(of: others, reference, changes, tasks: tasks, margin: margin)
        let built = rungs.indices.map { index -> LadderRung in
            let own = rungs[index]
            let accuracy = accuracy(of: own, tasks: tasks)
            let file = files[own.candidate]
            let change = changes[index]
            let loss = -(change?.accuracy?.difference ?? 0)
            return LadderRung(
                candidate: own.candidate, quantization: own.quantization, fileBytes: file?.bytes,
                bitsPerWeight: file.flatMap {
                    $0.parameters > 0 ? Double($0.bytes) * 8 / Double($0.parameters) : nil
                },
                peakMemory: own.peakMemory, accuracy: accuracy?.value, accuracyLow: accuracy?.interval?.low,
                accuracyHigh: accuracy?.interval?.high, n: accuracy?.n ?? 0, change: change,
                adjustedP: adjusted[index],
                isSurelyWorse: loss > (margin ?? 0) && (adjusted[index].map { $0 < Comparison.level } ?? false),
                divergence: divergences.first {
                    $0.candidate == own.candidate && $0.reference == name && $0.load == own.load
                })
        }
        return Ladder(
            model: reference.model, load: reference.load, run: reference.run, reference: name, seed: seed,
            margin: margin, rungs: built,
            breaksAt: built[(place + 1)...].first { $0.isSurelyWorse }?.candidate,
            smallestLoss: smallestLoss(of: others, below: place, tasks: tasks, margin: margin))
    }

    /// The loss that each rung below the reference would have shown with a power of 80%, by the strictest of Holm's
    /// levels; nil where one of them shows no spread to reckon with.
    private func smallestLoss(of others: [Int], below place: Int, tasks: Set<String>?, margin: Double?) -> Double? {
        let below = others.filter { $0 > place }
        let confidence = 1 - Comparison.level / Double(max(1, others.count))
        let losses = below.map { index in
            let evidence = PairedSamples(base: rungs[place], candidate: rungs[index], tasks: tasks)
                .accuracyDifference
            return MarginTest(evidence, bound: -(margin ?? 0), side: .atLeast, confidence: confidence)
                .smallestEffect().map { $0 + (margin ?? 0) }
        }
        return losses.contains(nil) ? nil : losses.compactMap(\.self).max()
    }

    /// Of each other rung: that it loses no more than the margin, adjusted over all of them.
    private func lossPValues(
        of others: [Int], _ reference: MeasuredCandidate, _ changes: [Int: ComparisonRow], tasks: Set<String>?,
        margin: Double?
    ) -> [Int: Double] {
        guard let margin else { return changes.compactMapValues { $0.accuracy?.adjustedP } }
        let values = others.compactMap { index in
            PairedSamples(base: reference, candidate: rungs[index], tasks: tasks)
                .accuracyDifference?.pValue(atLeast: -margin)
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
