package import PoiseCore

/// Everything that a report shows, as flat values; every exporter reads this and nothing else.
///
/// A report is of one run, of several runs on machines of one kind, whose candidates share their fronts, or of several
/// machines, each with fronts of its own: `otherMachines` holds all but the first. The order of `candidates`, `tasks` and `loads` is the suite's and decides the order of everything drawn.
package struct ReportContent: Hashable, Sendable {
    package var run: RunRecord
    package var suite: SuiteSummary
    /// In the suite's order.
    package var candidates: [CandidateSummary]
    /// In the suite's order.
    package var tasks: [TaskSummary]
    /// In the suite's order.
    package var loads: [Load]
    package var rounds: Int
    package var epochs: Int
    /// Unmeasured requests before each pass over a candidate.
    package var warmup: Int
    /// The candidate that others are compared with.
    package var baseline: String?
    /// One for each candidate and load that was measured.
    package var points: [FrontPoint]
    /// Right answers by task, for the table of tasks.
    package var taskAccuracies: [TaskAccuracy]
    /// The engine as it ran, by candidate; where rounds differ, with the most memory and the longest load time.
    package var engines: [String: EngineFacts]
    /// What was seen of the responses, by candidate, over all loads and rounds, warm-up left out.
    package var responses: [String: ResponseFacts]
    /// The engine's own decode speed beside ours, over all candidates.
    package var serverSpeed: ServerSpeed?
    /// Joint resamples behind the front probabilities.
    package var resamples: Int
    /// Whole sentences, the gravest first.
    package var warnings: [String]
    /// How the run asked, beside its loads.
    package var settings: RunSettings
    /// The client's own error on this machine; nil where it was not measured.
    package var calibration: Calibration?
    /// How late the client woke while it measured, by candidate, load and round.
    package var lags: [LevelLag]
    /// Further figures by task: pass@k, consistency.
    package var taskFigures: [TaskFigure]
    /// What judges call right, as they say it and corrected for their error; by question, load and candidate.
    package var judgedShares: [JudgedShare]
    /// What the judges were asked, and what that took.
    package var judgeUsage: [JudgeUsage]
    /// How far the judges agree with people, on the questions of this report.
    package var judgeCalibrations: [JudgeCalibration]
    /// Further runs on machines of the same kind, whose candidates stand on the same fronts.
    package var joinedRuns: [RunRecord]
    /// The run that each point comes from, where there are several.
    package var origins: [PointOrigin]
    /// The front on other axes, where it is asked for; nil for accuracy against decode speed.
    package var otherFront: OtherFront?
    /// Of each candidate at each load, responses that earlier runs generated: no speed is taken from them. None where there
    /// is no number.
    package var cachedResponses: [String: [Load: Int]] = [:]
    /// The machines that made it together; empty of runs of one machine.
    package var nodes: [NodeSummary] = []
    /// What each load's front comes to.
    package var frontFigures: [FrontFigures] = []
    /// The graders that gave scores, in the order of tasks and their positions.
    package var graders: [GraderVersion] = []
    /// The same tasks on machines of other kinds: speeds of different machines never share a front.
    package var otherMachines: [ReportContent]
    /// What only the page shows; nil for the other exporters.
    package var detail: PageDetail?

    package init(
        run: RunRecord, suite: SuiteSummary, candidates: [CandidateSummary], tasks: [TaskSummary], loads: [Load],
        rounds: Int, epochs: Int, warmup: Int, baseline: String? = nil, points: [FrontPoint],
        taskAccuracies: [TaskAccuracy] = [], engines: [String: EngineFacts] = [:],
        responses: [String: ResponseFacts] = [:], serverSpeed: ServerSpeed? = nil, resamples: Int = 10_000,
        warnings: [String] = [], settings: RunSettings = RunSettings(), calibration: Calibration? = nil,
        lags: [LevelLag] = [], taskFigures: [TaskFigure] = [], judgedShares: [JudgedShare] = [],
        judgeUsage: [JudgeUsage] = [],
        judgeCalibrations: [JudgeCalibration] = [], joinedRuns: [RunRecord] = [], origins: [PointOrigin] = [],
        otherMachines: [ReportContent] = []
    ) {
        self.run = run
        self.suite = suite
        self.candidates = candidates
        self.tasks = tasks
        self.loads = loads
        self.rounds = rounds
        self.epochs = epochs
        self.warmup = warmup
        self.baseline = baseline
        self.points = points
        self.taskAccuracies = taskAccuracies
        self.engines = engines
        self.responses = responses
        self.serverSpeed = serverSpeed
        self.resamples = resamples
        self.warnings = warnings
        self.settings = settings
        self.calibration = calibration
        self.lags = lags
        self.taskFigures = taskFigures
        self.judgedShares = judgedShares
        self.judgeUsage = judgeUsage
        self.judgeCalibrations = judgeCalibrations
        self.joinedRuns = joinedRuns
        self.origins = origins
        self.otherMachines = otherMachines
    }

    /// The suite's loads, then those that only points name, so that nothing measured is left out.
    package var allLoads: [Load] {
        let measured = points.map(\.load) + (otherFront?.places.map(\.load) ?? [])
        return loads + Set(measured).subtracting(loads).sorted()
    }

    /// The points by load, then in the suite's order of candidates: the order of every exporter.
    var orderedPoints: [FrontPoint] {
        allLoads.flatMap { FrontView(self, load: $0).candidates.map(\.point) }
    }

    /// The places on other axes, likewise.
    var orderedPlaces: [FrontPlace] {
        allLoads.flatMap { DrawnFront(self, load: $0).candidates.map(\.place) }
    }

    /// Whether any number comes from an endpoint that says it is simulated.
    package var isSimulated: Bool { engines.values.contains(where: \.isSimulated) }
}

/// The fronts of one machine on other axes than accuracy and decode speed.
package struct OtherFront: Hashable, Codable, Sendable {
    package var axes: FrontAxes
    /// One for each candidate and load that was measured.
    package var places: [FrontPlace]
    /// What prices are in, where the axes have any.
    package var currency: String?

    package init(axes: FrontAxes, places: [FrontPlace], currency: String? = nil) {
        self.axes = axes
        self.places = places
        self.currency = currency
    }
}

/// What a report says of the suite itself.
package struct SuiteSummary: Hashable, Codable, Sendable {
    package var name: String
    package var description: String?
    /// SHA-256 of the suite, task, dataset and rubric files, by their path relative to the suite.
    package var digests: [String: String]

    package init(name: String, description: String? = nil, digests: [String: String] = [:]) {
        self.name = name
        self.description = description
        self.digests = digests
    }
}

/// A candidate as a report names it.
package struct CandidateSummary: Hashable, Codable, Sendable {
    /// `model@quantization`
    package var id: String
    package var model: String
    package var quantization: String?
    package var sampling: SamplingSettings
    /// The host of a service that answers from another machine; nil where the candidate runs on this one.
    package var service: String?

    package init(
        id: String, model: String, quantization: String?, sampling: SamplingSettings = SamplingSettings(),
        service: String? = nil
    ) {
        self.id = id
        self.model = model
        self.quantization = quantization
        self.sampling = sampling
        self.service = service
    }

    package init(_ candidate: Candidate) {
        self.init(
            id: candidate.id, model: candidate.model, quantization: candidate.quantization,
            sampling: candidate.sampling, service: candidate.serving.remoteHost
        )
    }
}

/// A task as a report names it.
package struct TaskSummary: Hashable, Codable, Sendable {
    package var name: String
    package var title: String?
    package var sampleCount: Int

    package init(name: String, title: String?, sampleCount: Int) {
        self.name = name
        self.title = title
        self.sampleCount = sampleCount
    }

    package init(_ task: EvaluationTask) {
        self.init(name: task.name, title: task.title, sampleCount: task.samples.count)
    }
}
