import PoiseCore

/// How far one candidate is in one round. Pure.
struct PassProgress: Sendable {
    let candidate: String
    let round: Int
    var isReady = false
    var isClosed = false
    /// Trials that count, and in how many the first grader gave a score, with their sum.
    private(set) var done = 0
    /// Trials of the pass; fewer with every level that was stopped.
    private(set) var planned: Int
    private let before: Int
    private var scored = 0
    private var score = 0.0
    private var failed = 0
    private var cached = 0
    /// tok/s of the level under way, in order: those of another load would be no forecast.
    private var speeds: [Double] = []
    private var load: Load?
    private let perLevel: Int
    private let hasWarmup: Bool
    private let hasLoads: Bool
    private let mayEndEarlier: Bool

    /// - Parameter before: trials that are there from before, where the run goes on.
    init(plan: Plan, candidate: String, round: Int, before: Int = 0) {
        self.candidate = candidate
        self.round = round
        done = before
        self.before = before
        perLevel = Self.trialsPerLevel(of: plan)
        planned = perLevel * plan.loads(of: candidate, round: round).count
        hasWarmup = plan.warmup > 0
        hasLoads = plan.loads.count > 1 || plan.loads.contains(where: \.isOpenLoop)
        mayEndEarlier = Self.isBound(plan)
    }

    /// Trials of one candidate at one load in one round, as far as that is known ahead.
    static func trialsPerLevel(of plan: Plan) -> Int {
        min(plan.trialsPerPass, plan.settings.stop.requests ?? .max)
    }

    /// Whether a level may end earlier than its trials say.
    static func isBound(_ plan: Plan) -> Bool {
        plan.settings.stop.seconds != nil || plan.settings.stop.precision != nil
    }

    mutating func begin(_ load: Load) {
        self.load = load
        speeds = []
    }

    /// - Parameter asked: trials of the level that went out.
    mutating func stopLevel(after asked: Int) {
        planned -= max(0, perLevel - asked)
    }

    mutating func note(_ trial: Trial) {
        guard !trial.key.isWarmup else { return }
        done += 1
        if trial.response == nil { failed += 1 }
        if trial.cachedFrom != nil { cached += 1 }
        if let value = trial.score?.value {
            scored += 1
            score += value
        }
        if let metrics = trial.metrics, let speed = metrics.decodeTPS, (metrics.decodedTokens ?? 0) >= 8 {
            speeds.append(speed)
        }
    }

    /// What is going on, how far, how fast and how right.
    var parts: [String] {
        guard isReady else { return ["starting the engine"] }
        guard done > before || !hasWarmup || load != nil else { return ["warming up"] }
        let level = hasLoads ? load.map { ["load \($0)"] } ?? [] : []
        return level + [count] + speed(of: speeds.suffix(25)) + outcome
    }

    /// The same in a few letters, beside other candidates.
    func shortText(hasSpeed: Bool) -> String {
        guard isReady else { return "starting" }
        guard done > before || !hasWarmup || load != nil else { return "warming up" }
        return ([count] + (hasSpeed ? speed(of: speeds.suffix(25)) : [])).joined(separator: " ")
    }

    /// What stays when the pass has ended; the speed only where all of it belongs to one load.
    var summaryParts: [String] {
        ["\(done)/\(planned) trials"] + (hasLoads ? [] : speed(of: speeds[...])) + outcome
    }

    /// The sign says that the pass may end before.
    private var count: String { "\(done)/\(mayEndEarlier && done < planned ? "≤" : "")\(planned)" }

    private func speed(of speeds: ArraySlice<Double>) -> [String] {
        speeds.isEmpty ? [] : ["\(Progress.grouped(speeds.sorted()[speeds.count / 2])) tok/s"]
    }

    private var outcome: [String] {
        (scored > 0 ? ["\(Int((score / Double(scored) * 100).rounded()))% right"] : [])
            + (failed > 0 ? ["\(failed) failed"] : [])
            + (cached > 0 ? ["\(cached) from the cache"] : [])
    }
}
