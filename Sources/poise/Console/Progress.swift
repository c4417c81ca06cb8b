import PoiseCore
import PoiseRunner

/// How far a run is: told of its events, asked for a line. Pure; the clock comes in.
struct Progress: Sendable {
    private let plan: Plan
    /// Passes under way, in the order in which they were opened.
    private var passes: [PassProgress] = []
    private var done = 0
    /// Of `done`, those whose responses came from the cache: they take no time.
    private var cached = 0
    /// Trials that will never come: their candidate was given up, or a stop condition ended their level.
    private var skipped = 0
    private var givenUp: Set<String> = []
    private var measuringBegan: Instant?

    /// By candidate and round, trials that are there from before.
    private var before: [String: [Int: Int]] = [:]

    /// - Parameter finished: what a run that goes on has.
    init(plan: Plan, finished: FinishedWork? = nil) {
        self.plan = plan
        for (level, work) in finished?.levels ?? [:] {
            before[level.candidate, default: [:]][level.round, default: 0] += work.asked
            skipped += work.asked
        }
    }

    mutating func note(_ event: RunEvent, now: Instant) {
        switch event {
        case .opening(let candidate, let round):
            passes.removeAll { $0.isClosed && $0.round < round }
            passes.append(
                PassProgress(
                    plan: plan, candidate: candidate.id, round: round, before: before[candidate.id]?[round] ?? 0))
        case .opened(let candidate, _):
            change(candidate.id) { $0.isReady = true }
            measuringBegan = measuringBegan ?? now
        case .levelBegan(let candidate, let load, _):
            change(candidate) { $0.begin(load) }
        case .finished(let trial):
            if !trial.key.isWarmup { done += 1 }
            if trial.cachedFrom != nil { cached += 1 }
            change(trial.key.candidate) { $0.note(trial) }
        case .levelStopped(let stop):
            let planned = PassProgress.trialsPerLevel(of: plan)
            change(stop.candidate) { $0.stopLevel(after: stop.asked) }
            // What the condition on requests left out was never counted on.
            skipped += max(0, planned - stop.asked)
        case .stopped(let candidate, _):
            note(givingUp: candidate)
        case .closed(let candidate, _):
            change(candidate) { $0.isClosed = true }
        case .retrying, .paused, .limitReached, .levelEnded:
            break
        }
    }

    private mutating func change(_ candidate: String, _ body: (inout PassProgress) -> Void) {
        guard let index = passes.lastIndex(where: { $0.candidate == candidate }) else { return }
        body(&passes[index])
    }

    private mutating func note(givingUp candidate: String) {
        guard givenUp.insert(candidate).inserted, let pass = passes.last(where: { $0.candidate == candidate })
        else { return }
        let levels = (1...max(1, plan.rounds)).filter { $0 > pass.round }
            .reduce(0) { $0 + plan.loads(of: candidate, round: $1).count }
        skipped += max(0, pass.planned - pass.done) + levels * PassProgress.trialsPerLevel(of: plan)
        change(candidate) { $0.isClosed = true }
    }

    /// One line that fits the width: what is going on, how far, how fast, how right, and for how long still.
    func line(width: Int, now: Instant) -> String {
        let open = passes.filter { !$0.isClosed }
        guard let last = open.last ?? passes.last else { return "starting" }
        let time = timeLeft(now: now)
        var parts = open.count > 1 ? together(open, round: last.round, hasSpeeds: true) : alone(last)
        func text() -> String { (parts + time).joined(separator: " · ") }
        if open.count > 1, text().count > width { parts = together(open, round: last.round, hasSpeeds: false) }
        // How long still is worth more than how right so far.
        while text().count > width, parts.count > 1 { parts.removeLast() }
        return String(text().prefix(width))
    }

    private func alone(_ pass: PassProgress) -> [String] {
        let position = (plan.candidates.firstIndex { $0.id == pass.candidate } ?? 0) + 1
        let head = "\(pass.candidate) \(position)/\(plan.candidates.count)\(roundText(pass.round))"
        return [head] + pass.parts
    }

    private func together(_ open: [PassProgress], round: Int, hasSpeeds: Bool) -> [String] {
        ["\(open.count) candidates\(roundText(round))"]
            + open.map { "\($0.candidate) \($0.shortText(hasSpeed: hasSpeeds))" }
    }

    /// The line that stays when a pass has ended; nil where there is none.
    func summary(of candidate: String) -> String? {
        passes.last { $0.candidate == candidate }.map { pass in
            (["\(pass.candidate)\(roundText(pass.round))"] + pass.summaryParts).joined(separator: " · ")
        }
    }

    /// Candidates whose pass has begun and not ended.
    var openCandidates: [String] { passes.filter { !$0.isClosed }.map(\.candidate) }

    private func roundText(_ round: Int) -> String { plan.rounds > 1 ? ", round \(round)/\(plan.rounds)" : "" }

    /// By the mean pace so far: a guess that gets better, said as one; an upper bound where a level may end earlier.
    private func timeLeft(now: Instant) -> [String] {
        guard let measuringBegan, done - cached >= 20 else { return [] }
        let left = PassProgress.trialsPerLevel(of: plan) * plan.levelCount - done - skipped
        guard left > 0 else { return [] }
        let pace = (now - measuringBegan).seconds / Double(done - cached)
        let bound = PassProgress.isBound(plan) ? "≤" : "~"
        return ["\(bound)\(Self.clock(pace * Double(left))) left"]
    }

    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }

    /// 12345.6 as "12,346", 9.87 as "9.9".
    static func grouped(_ speed: Double) -> String {
        guard speed >= 100 else { return "\((speed * 10).rounded() / 10)" }
        let digits = String(Int(speed.rounded()))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
