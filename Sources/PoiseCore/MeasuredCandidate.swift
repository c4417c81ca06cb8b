/// One candidate at one load as it was measured: its trials, and all that must agree before they are compared with
/// another's.
///
/// Of a run in a database, or of a baseline file that a team keeps beside its code.
package struct MeasuredCandidate: Hashable, Codable, Sendable {
    /// `model@quantization`, unique in its run.
    package var candidate: String
    package var model: String
    package var quantization: String?
    package var run: String
    package var load: Load
    package var circumstances: Circumstances
    /// What each sample asks and expects, by task and id: the beginning of a SHA-256.
    package var samples: [String: [String: String]]
    /// Trials that count, without warm-up.
    package var observations: [Observation]
    /// The most memory that its engine's process held, bytes; nil where it was not Poise that served it.
    package var peakMemory: Int64?
    package var price: Price?

    package init(
        candidate: String, model: String, quantization: String?, run: String, load: Load,
        circumstances: Circumstances, samples: [String: [String: String]], observations: [Observation],
        peakMemory: Int64? = nil, price: Price? = nil
    ) {
        self.candidate = candidate
        self.model = model
        self.quantization = quantization
        self.run = run
        self.load = load
        self.circumstances = circumstances
        self.samples = samples
        self.observations = observations
        self.peakMemory = peakMemory
        self.price = price
    }
}

/// What shapes a candidate's numbers beside the candidate itself.
package struct Circumstances: Hashable, Codable, Sendable {
    /// `MachineFacts.identity`.
    package var machine: String
    /// One line for people.
    package var machineSummary: String
    /// The host of a service that answers from another machine; nil where the candidate runs on this one.
    package var service: String?
    package var engine: String?
    package var engineBuild: String?
    /// What the engine was started with, without the paths of weights and ports; empty where it was not Poise.
    package var engineArguments: [String]
    /// SHA-256 of the chat template, where the engine tells it.
    package var chatTemplate: String?
    package var sampling: SamplingSettings
    /// By task, the beginning of the SHA-256 of the prompt and the cap of tokens that go over the sampling's.
    package var prompts: [String: String]
    /// By task, the deciding grader and its versions, in order: `number 3f9a…`; several are a mixture.
    package var graders: [String: [String]]
    package var settings: RunSettings
    package var rounds: Int
    package var epochs: Int
    package var warmup: Int
    package var poiseVersion: String
    package var isSimulated: Bool
    /// Whether the run came to its end.
    package var status: RunRecord.Status
    /// ISO 8601, UTC.
    package var startedAt: String
    /// The machines of one plan that it was measured on, by what tells them apart; nil where a run is of one machine.
    package var nodes: [String]?

    package init(
        machine: String, machineSummary: String, service: String? = nil, engine: String? = nil,
        engineBuild: String? = nil, engineArguments: [String] = [], chatTemplate: String? = nil,
        sampling: SamplingSettings = SamplingSettings(), prompts: [String: String] = [:],
        graders: [String: [String]] = [:], settings: RunSettings = RunSettings(), rounds: Int = 1, epochs: Int = 1,
        warmup: Int = 0, poiseVersion: String, isSimulated: Bool = false, status: RunRecord.Status = .done,
        startedAt: String
    ) {
        self.machine = machine
        self.machineSummary = machineSummary
        self.service = service
        self.engine = engine
        self.engineBuild = engineBuild
        self.engineArguments = engineArguments
        self.chatTemplate = chatTemplate
        self.sampling = sampling
        self.prompts = prompts
        self.graders = graders
        self.settings = settings
        self.rounds = rounds
        self.epochs = epochs
        self.warmup = warmup
        self.poiseVersion = poiseVersion
        self.isSimulated = isSimulated
        self.status = status
        self.startedAt = startedAt
    }
}
