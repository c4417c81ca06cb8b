import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// A stored run with all that its reports are made of.
struct MeasuredRun: Sendable {
    /// Speeds are compared with the server's own where a response has at least so many tokens.
    static let serverSpeedTokens = 16

    /// How much of a run is read: a front needs little of what a page shows.
    enum Extent: Int, Comparable, Sendable {
        /// What a front is drawn and captioned with, its trials left out.
        case front
        /// What the front's JSON holds besides.
        case document
        case whole
        /// With every number of its trials.
        case page

        static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
    }

    let record: RunRecord
    let plan: Plan
    /// Empty where each sample was asked once, and where the extent does without them.
    var observations: [Observation]
    /// Its trials, as far as the extent wants their numbers: a page all of them, read once, a report the scores.
    var trials = TrialColumns([])
    var extent = Extent.whole
    var grading: RunStore.Grading?
    var responses: [String: ResponseFacts] = [:]
    /// Responses that earlier runs generated, by candidate, load and that run.
    var cached: [RunStore.CachedCount] = []
    var engines: [String: EngineFacts] = [:]
    /// Our decode speed / the server's own, of each trial that has both.
    var serverSpeedRatios: [Double] = []
    var problems: [(candidate: String, reason: String)] = []
    /// What of the parts of a run that went on is not alike.
    var partWarnings: [(candidate: String, warning: String)] = []
    var apart: [RunStore.Apart] = []
    var fork: RunStore.Fork?
    var shortfalls: [LevelShortfall] = []
    /// The machines that made it together; empty of a run of one machine.
    var nodes: [NodeSummary] = []
    var levels: [RunStore.StoredLevel] = []
    var lags: [LevelLag] = []
    var calibration: Calibration?
    var judgedValues: [JudgedShares.Observation] = []
    var judgeUsage: [JudgeUsage] = []
    /// Of all questions to judges that the database knows.
    var judgeCalibrations: [JudgeCalibration] = []
    /// What the deciding graders read, where a figure of the run compares it; else empty.
    var answers: [Consistency.Answer] = []
    /// Scores by the versions of their graders.
    var versions: [RunStore.VersionCount] = []
    /// Tasks that runs beside it hold private.
    var privateElsewhere: Set<String> = []

    /// Tasks whose texts stay in the database: what one of the runs in a report holds private, all of them do.
    var privateTasks: Set<String> { plan.privateTasks.union(privateElsewhere) }

    /// - Parameter isJoined: whether it stands beside other runs, whose graders must be the same.
    static func load(
        _ record: RunRecord, _ extent: Extent = .whole, isJoined: Bool = false, from store: RunStore
    ) async throws -> MeasuredRun {
        var run = MeasuredRun(
            record: record, plan: try await store.plan(of: record.id), observations: [], extent: extent)
        run.shortfalls = try await store.shortfalls(of: record.id)
        run.nodes = try await store.nodes(of: record.id)
        run.engines = try await store.engines(of: record.id)
        run.cached = try await store.cachedCounts(of: record.id)
        run.lags = try await store.lags(of: record.id)
        run.calibration = try await calibration(of: record, in: store)
        if extent >= .whole || isJoined {
            run.grading = try await store.grading(of: record.id)
            run.versions = try await store.versions(of: record.id)
        }
        if extent >= .document { try await run.readFigures(from: store) }
        if extent >= .whole { try await run.readResponses(from: store) }
        run.hideTexts()
        // Only a page has texts.
        return extent == .page ? run : run.withoutReasons
    }

    /// The same beside runs that hold other tasks private.
    func hiding(_ tasks: Set<String>) -> MeasuredRun {
        var run = self
        run.privateElsewhere = tasks
        run.hideTexts()
        return run
    }

    /// The same without the words of graders, which may say what a response was.
    var withoutReasons: MeasuredRun {
        var run = self
        for index in run.versions.indices { run.versions[index].reason = nil }
        return run
    }

    /// Takes out what a response or a server may have said of a private task.
    private mutating func hideTexts() {
        let hidden = privateTasks
        for index in versions.indices where hidden.contains(versions[index].task) {
            if versions[index].reason != nil { versions[index].reason = "the task is private" }
        }
        problems = problems.map { ($0.candidate, PrivateTasks.shown($0.reason, hiding: hidden)) }
    }

    /// What judges say, and what figures by task are made of.
    private mutating func readFigures(from store: RunStore) async throws {
        judgedValues = try await store.judgedValues(of: record.id).map { value in
            JudgedShares.Observation(
                candidate: value.candidate, load: value.load, task: value.task, sample: value.sample,
                grader: value.grader, version: value.version, criterion: value.criterion, value: value.value,
                decided: value.decided)
        }
        judgeUsage = try await store.judgeUsage(of: record.id)
        judgeCalibrations = try await store.judgeCalibrations()
        if plan.epochs > 1 { observations = try await store.observations(of: record.id) }
        if plan.epochs > 1 || !plan.wordings.isEmpty {
            answers = try await store.answers(of: record.id).map { answer in
                Consistency.Answer(
                    candidate: answer.candidate, load: answer.load, task: answer.task, sample: answer.sample,
                    epoch: answer.epoch, round: answer.round, text: answer.text)
            }
        }
    }

    /// What says how far to believe the numbers.
    private mutating func readResponses(from store: RunStore) async throws {
        trials = try await store.trialColumns(
            of: record.id, extent == .page ? Set(TrialColumns.Quantity.allCases) : [.score])
        responses = try await store.responseFacts(of: record.id)
        serverSpeedRatios = try await store.serverSpeedRatios(
            of: record.id, minimumTokens: Self.serverSpeedTokens)
        problems = try await store.problems(of: record.id)
        partWarnings = try await store.partWarnings(of: record.id)
        if record.resumed != nil { apart = try await store.apart(in: record.id) }
        fork = try await store.fork(of: record.id)
        let late = Set(lags.filter(ClientWarnings.isLate).map { [$0.candidate, $0.load.description, "\($0.round)"] })
        levels = try await store.levels(of: record.id) { candidate, load, round in
            late.contains([candidate, load.description, "\(round)"])
        }
    }

    /// What was known when the run began; a whole calibration of the machine, also a later one, before a quick check.
    private static func calibration(of record: RunRecord, in store: RunStore) async throws -> Calibration? {
        let own = try await store.calibration(of: record.id)
        if let own, !own.isQuick { return own }
        let known = try await store.calibration(ofMachine: record.machine.identity)
        if let known, !known.isQuick { return known }
        return own ?? known
    }
}

extension Plan {
    /// By task, the question that each sample is a wording of: `metadata.group`, where samples have one.
    var wordings: [String: [String: String]] {
        var wordings: [String: [String: String]] = [:]
        for task in tasks {
            for sample in task.samples {
                guard let group = sample.metadata["group"] else { continue }
                wordings[task.name, default: [:]][sample.id] = group.string ?? group.text
            }
        }
        return wordings
    }
}
