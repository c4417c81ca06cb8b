import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// A stored run with all that its reports are made of.
struct MeasuredRun: Sendable {
    /// Speeds are compared with the server's own where a response has at least so many tokens.
    static let serverSpeedTokens = 16

    let record: RunRecord
    let plan: Plan
    let observations: [Observation]
    var grading: RunStore.Grading?
    var responses: [String: ResponseFacts] = [:]
    var engines: [String: EngineFacts] = [:]
    /// Our decode speed / the server's own, of each trial that has both.
    var serverSpeedRatios: [Double] = []
    var problems: [(candidate: String, reason: String)] = []
    var levels: [RunStore.StoredLevel] = []
    var lags: [LevelLag] = []
    var calibration: Calibration?

    static func load(_ record: RunRecord, from store: RunStore) async throws -> MeasuredRun {
        var run = MeasuredRun(
            record: record, plan: try await store.plan(of: record.id),
            observations: try await store.observations(of: record.id))
        run.grading = try await store.grading(of: record.id)
        run.responses = try await store.responseFacts(of: record.id)
        run.engines = try await store.engines(of: record.id)
        run.serverSpeedRatios = try await store.serverSpeedRatios(of: record.id, minimumTokens: serverSpeedTokens)
        run.problems = try await store.problems(of: record.id)
        run.levels = try await store.levels(of: record.id)
        run.lags = try await store.lags(of: record.id)
        run.calibration = try await calibration(of: record, in: store)
        return run
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
