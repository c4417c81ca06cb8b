package import PoiseCore

/// Each candidate over many runs of one suite, the oldest run first.
package struct HistoryContent: Hashable, Sendable {
    package var suite: String
    package var load: Load
    package var runs: [HistoryRun]
    /// In the order of the newest run's suite, then those that only older runs have.
    package var candidates: [HistoryCandidate]
    /// Whether any number comes from an endpoint that says it is simulated.
    package var isSimulated: Bool
    /// What makes the same page again.
    package var command: String
    package var poiseVersion: String
    /// What was blacked out; nil where nothing was looked for.
    package var redactions: RedactionCounts?

    package init(
        suite: String, load: Load, runs: [HistoryRun], candidates: [HistoryCandidate], isSimulated: Bool = false,
        command: String, poiseVersion: String
    ) {
        self.suite = suite
        self.load = load
        self.runs = runs
        self.candidates = candidates
        self.isSimulated = isSimulated
        self.command = command
        self.poiseVersion = poiseVersion
    }
}

/// One run of a history.
package struct HistoryRun: Hashable, Sendable {
    package var record: RunRecord
    /// What is not as in the run before: files, graders, engine, machine.
    package var changes: [HistoryChange]
    /// Of all its candidates by the suite's own rules; nil where it had none.
    package var gate: Verdict?

    package init(record: RunRecord, changes: [HistoryChange], gate: Verdict?) {
        self.record = record
        self.changes = changes
        self.gate = gate
    }
}

/// Something that is not as in the run before.
package enum HistoryChange: Hashable, Sendable {
    case circumstance(CircumstanceDifference)
    /// Files of the suite whose content changed, came or went.
    case files([String])
}

/// One candidate over the runs that measured it.
package struct HistoryCandidate: Hashable, Sendable {
    package var id: String
    package var model: String
    package var quantization: String?
    /// In the order of the runs.
    package var points: [HistoryPoint]

    package init(id: String, model: String, quantization: String?, points: [HistoryPoint]) {
        self.id = id
        self.model = model
        self.quantization = quantization
        self.points = points
    }
}

/// One candidate in one run.
package struct HistoryPoint: Hashable, Sendable {
    /// The run's place in the history.
    package var run: Int
    package var point: FrontPoint
    /// Against the run before that measured it, over the samples of both; nil for the first one.
    package var step: HistoryStep?
    /// By the suite's own rules; nil where it had none, or where this is the baseline.
    package var gate: Verdict?

    package init(run: Int, point: FrontPoint, step: HistoryStep?, gate: Verdict?) {
        self.run = run
        self.point = point
        self.step = step
        self.gate = gate
    }
}

/// What changed from one run to the next that measured the candidate.
package struct HistoryStep: Hashable, Sendable {
    /// The place of the run before.
    package var from: Int
    /// Nil where no sample was asked alike and graded alike in both.
    package var accuracy: AccuracyChange?
    /// Nil where the machines differ, or nothing was timed.
    package var speed: MetricChange?
    package var isOtherMachine: Bool

    package init(from: Int, accuracy: AccuracyChange?, speed: MetricChange?, isOtherMachine: Bool) {
        self.from = from
        self.accuracy = accuracy
        self.speed = speed
        self.isOtherMachine = isOtherMachine
    }
}
