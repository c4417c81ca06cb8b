/// A validated suite, expanded: everything a run needs and nothing that is still to be looked up.
package struct Plan: Hashable, Codable, Sendable {
    package let name: String
    package let description: String?
    package internal(set) var candidates: [Candidate]
    package internal(set) var tasks: [EvaluationTask]
    /// Measured one after the other.
    package internal(set) var loads: [Load]
    package let rounds: Int
    package let epochs: Int
    /// Unmeasured requests before each pass over a candidate.
    package let warmup: Int
    /// Decides the order of samples and every draw of the analysis.
    package let seed: UInt64
    /// At most so many samples of each task, drawn at random by the seed; nil where all are asked.
    package let limit: Int?
    /// The candidate that others are compared with.
    package internal(set) var baseline: String?
    /// nil in plans that were stored before there were any.
    private let storedSettings: RunSettings?
    /// nil where there are none.
    private let storedJudges: [Candidate]?
    /// The use case that the run was made for; nil where the suite names none.
    package let profile: Profile?
    private let storedGate: [GateRule]?
    /// The suite's text, and the SHA-256 of it and of every task, dataset and rubric file.
    package internal(set) var source: Source
    /// What of it is run, where that is not all of it; nil for everything.
    package internal(set) var cells: [PlanCell]?

    package struct Source: Hashable, Codable, Sendable {
        package let path: String
        package let text: String
        package let digests: [String: String]

        package init(path: String, text: String, digests: [String: String]) {
            self.path = path
            self.text = text
            self.digests = digests
        }
    }

    package init(
        name: String, description: String?, candidates: [Candidate], tasks: [EvaluationTask], loads: [Load],
        rounds: Int, epochs: Int, warmup: Int, seed: UInt64, limit: Int? = nil, baseline: String?,
        settings: RunSettings = RunSettings(), judges: [Candidate] = [], gate: [GateRule] = [], profile: Profile? = nil,
        source: Source
    ) {
        self.name = name
        self.description = description
        self.candidates = candidates
        self.tasks = tasks
        self.loads = loads
        self.rounds = rounds
        self.epochs = epochs
        self.warmup = warmup
        self.seed = seed
        self.limit = limit
        self.baseline = baseline
        storedSettings = settings
        storedJudges = judges.isEmpty ? nil : judges
        self.profile = profile
        storedGate = gate.isEmpty ? nil : gate
        self.source = source
    }

    private enum CodingKeys: String, CodingKey {
        case name, description, candidates, tasks, loads, rounds, epochs, warmup, seed, limit, baseline, source
        case cells
        case storedSettings = "settings"
        case storedJudges = "judges"
        case profile
        case storedGate = "gate"
    }

    package var settings: RunSettings { storedSettings ?? RunSettings() }

    /// The panel that rubrics with questions are put to, in the suite's order.
    package var judges: [Candidate] { storedJudges ?? [] }

    /// The rules that `poise gate` holds candidates against, in the suite's order.
    package var gate: [GateRule] { storedGate ?? [] }

    /// The tasks whose texts stay in the database.
    package var privateTasks: Set<String> { Set(tasks.filter(\.isPrivate).map(\.name)) }

    /// Trials that count, warm-up left out; fewer where a stop condition holds earlier.
    package var trialCount: Int {
        levelCount * trialsPerPass
    }

    /// Trials of one candidate at one load in one round.
    package var trialsPerPass: Int {
        tasks.reduce(0) { $0 + $1.samples.count } * epochs
    }
}
