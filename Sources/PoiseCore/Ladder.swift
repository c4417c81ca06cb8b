/// One model at several quantizations, from the most precise down, each against one of them.
package struct Ladder: Hashable, Codable, Sendable {
    package var model: String
    package var load: Load
    package var run: String
    /// The candidate that the others are held against.
    package var reference: String
    /// The tasks that were chosen, by name; nil for all.
    package var tasks: [String]?
    package var seed: UInt64
    /// A loss that is accepted, as a share 0…1; nil where any sure loss breaks quality.
    package var margin: Double?
    /// Down from the largest file, or from the most bits where no file is known.
    package var rungs: [LadderRung]
    /// The candidate at which quality breaks; nil where it does at none.
    package var breaksAt: String?
    /// The smallest loss that every rung below the reference would have shown in 80% of such runs, as a share 0…1, of those that can be held
    /// against it; nil where it is not known.
    package var smallestLoss: Double?

    package init(
        model: String, load: Load, run: String, reference: String, tasks: [String]? = nil, seed: UInt64,
        margin: Double?,
        rungs: [LadderRung], breaksAt: String?, smallestLoss: Double?
    ) {
        self.model = model
        self.load = load
        self.run = run
        self.reference = reference
        self.tasks = tasks
        self.seed = seed
        self.margin = margin
        self.rungs = rungs
        self.breaksAt = breaksAt
        self.smallestLoss = smallestLoss
    }

    /// Rungs that cannot be held against the reference in accuracy: nothing can be claimed of them.
    package var unheld: [LadderRung] { rungs.filter { $0.candidate != reference && !$0.isHeld } }
}

/// One quantization of a ladder.
package struct LadderRung: Hashable, Codable, Sendable {
    package var candidate: String
    package var quantization: String?
    /// Of the weights' file, and of it a parameter; nil where the file is not known.
    package var fileBytes: Int64?
    package var bitsPerWeight: Double?
    /// The most memory that its engine's process held, bytes.
    package var peakMemory: Int64?
    /// Of its own samples that have a score, with the 95% interval.
    package var accuracy: Double?
    package var accuracyLow: Double?
    package var accuracyHigh: Double?
    package var n: Int
    /// Against the reference; nil for the reference itself, and where nothing was measured at the ladder's load.
    package var change: ComparisonRow?
    /// Of no difference, or with a margin of a loss of no more than it, by Holm's correction over all rungs but the
    /// reference; nil for the reference itself.
    package var adjustedP: Double?
    /// Surely worse than the reference by more than the margin.
    package var isSurelyWorse: Bool
    package var divergence: Divergence?

    package init(
        candidate: String, quantization: String?, fileBytes: Int64?, bitsPerWeight: Double?, peakMemory: Int64?,
        accuracy: Double?, accuracyLow: Double?, accuracyHigh: Double?, n: Int, change: ComparisonRow?,
        adjustedP: Double? = nil, isSurelyWorse: Bool = false, divergence: Divergence? = nil
    ) {
        self.candidate = candidate
        self.quantization = quantization
        self.fileBytes = fileBytes
        self.bitsPerWeight = bitsPerWeight
        self.peakMemory = peakMemory
        self.accuracy = accuracy
        self.accuracyLow = accuracyLow
        self.accuracyHigh = accuracyHigh
        self.n = n
        self.change = change
        self.adjustedP = adjustedP
        self.isSurelyWorse = isSurelyWorse
        self.divergence = divergence
    }

    /// Whether it was held against the reference in accuracy.
    package var isHeld: Bool { change?.accuracy != nil && (adjustedP.map { !$0.isNaN } ?? false) }
}
