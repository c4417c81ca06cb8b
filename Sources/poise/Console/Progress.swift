import PoiseCore
import PoiseRunner

/// How far a run is: told of its events, asked for a line. Pure; the clock comes in.
struct Progress: Sendable {
    private let plan: Plan
    private var position = 0
    private var round = 1
    private var candidate: Candidate?
    private var isReady = false
    /// Trials of the current pass that count, and in how many the first grader gave a score, with their sum.
    private var passDone = 0
    private var scored = 0
    private var score = 0.0
    private var failed = 0
    private var warmups = 0
    /// Of the current pass, in order.
    private var speeds: [Double] = []
    private var done = 0
    /// Trials that will never come, since their candidate was given up.
    private var skipped = 0
    private var measuringBegan: Instant?

    init(plan: Plan) {
        self.plan = plan
    }

    private var trialsPerPass: Int { plan.trialsPerPass * plan.loads.count }

    mutating func note(_ event: RunEvent, now: Instant) {
        switch event {
        case .opening(let opened, let newRound):
            candidate = opened
            position = (plan.candidates.firstIndex { $0.id == opened.id } ?? 0) + 1
            round = newRound
            (isReady, passDone, scored, score, failed, warmups) = (false, 0, 0, 0, 0, 0)
            speeds = []
        case .opened:
            isReady = true
            measuringBegan = measuringBegan ?? now
        case .finished(let trial):
            note(trial)
        case .stopped(let stopped, _):
            guard stopped == candidate?.id else { return }
            skipped += trialsPerPass - passDone + (plan.rounds - round) * trialsPerPass
        case .retrying:
            break
        }
    }

    private mutating func note(_ trial: Trial) {
        guard !trial.key.isWarmup else {
            warmups += 1
            return
        }
        done += 1
        passDone += 1
        if trial.response == nil { failed += 1 }
        if let value = trial.score?.value {
            scored += 1
            score += value
        }
        if let metrics = trial.metrics, let speed = metrics.decodeTPS, (metrics.decodedTokens ?? 0) >= 8 {
            speeds.append(speed)
        }
    }

    /// One line that fits the width: what is going on, how far, how fast, how right, and for how long still.
    func line(width: Int, now: Instant) -> String {
        guard let candidate else { return "starting" }
        var parts = ["\(candidate.id) \(position)/\(plan.candidates.count)\(roundText)"]
        if !isReady {
            parts.append("starting the engine")
        } else if passDone == 0, plan.warmup > 0 {
            parts.append("warming up")
        } else {
            parts.append("\(passDone)/\(trialsPerPass)")
            if let speed = Self.median(speeds.suffix(25)) { parts.append("\(Self.grouped(speed)) tok/s") }
            if scored > 0 { parts.append("\(Int((score / Double(scored) * 100).rounded()))% right") }
            if failed > 0 { parts.append("\(failed) failed") }
        }
        parts.append(timeLeft(now: now))
        var line = parts.filter { !$0.isEmpty }.joined(separator: " · ")
        while line.count > width, parts.count > 2 {
            parts.removeLast()
            line = parts.joined(separator: " · ")
        }
        return String(line.prefix(width))
    }

    /// The line that stays when a pass has ended.
    func passSummary() -> String {
        guard let candidate else { return "" }
        var parts = ["\(candidate.id)\(plan.rounds > 1 ? ", round \(round)/\(plan.rounds)" : "")"]
        parts.append("\(passDone)/\(trialsPerPass) trials")
        if let speed = Self.median(speeds[...]) { parts.append("\(Self.grouped(speed)) tok/s") }
        if scored > 0 { parts.append("\(Int((score / Double(scored) * 100).rounded()))% right") }
        if failed > 0 { parts.append("\(failed) failed") }
        return parts.joined(separator: " · ")
    }

    private var roundText: String { plan.rounds > 1 ? ", round \(round)/\(plan.rounds)" : "" }

    private static func median(_ speeds: ArraySlice<Double>) -> Double? {
        speeds.isEmpty ? nil : speeds.sorted()[speeds.count / 2]
    }

    /// By the mean pace so far: a guess that gets better, said as one.
    private func timeLeft(now: Instant) -> String {
        guard let measuringBegan, done >= 20 else { return "" }
        let left = plan.trialCount - done - skipped
        guard left > 0 else { return "" }
        let pace = (now - measuringBegan).seconds / Double(done)
        return "~\(Self.clock(pace * Double(left))) left"
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
