import PoiseCore
import Synchronization

/// Holds a run against its limits, from any thread.
final class LimitKeeper: Sendable {
    /// What is in flight when the time is over may take so long still, as after a Ctrl-C.
    static let grace = Duration.seconds(10)

    private let rule: Mutex<RunLimitRule>
    private let began = Mutex<Instant?>(nil)
    private let isAnnounced = Mutex(false)
    private let maxTime: Duration?
    private let isNever: Bool

    init(_ limits: RunLimits, plan: Plan) {
        rule = Mutex(RunLimitRule(limits, plan: plan))
        maxTime = limits.maxTime.map { .seconds($0) }
        isNever = limits.isNever
    }

    func begin(at instant: Instant) { began.withLock { $0 = instant } }

    /// Why nothing more is asked; nil while there is no reason.
    private var reason: String? { rule.withLock(\.reason) }

    /// Why the run is not done; nil where all was asked before the limit was met.
    var ending: String? { rule.withLock(\.ending) }

    /// Whether what is next is asked; where it is not, that is kept in mind.
    func goesOn() -> Bool {
        guard isReached else { return true }
        noteLeftOut()
        return false
    }

    /// Something was not asked, or was cut off; it counts where a limit is the reason.
    func noteLeftOut() {
        // Looked at anew: what was in flight may have been all that there was to notice that the time is over.
        if isReached { rule.withLock { $0.noteLeftOut() } }
    }

    /// The reason, once.
    func announcement() -> String? {
        guard let reason else { return nil }
        return isAnnounced.withLock { isAnnounced in
            defer { isAnnounced = true }
            return isAnnounced ? nil : reason
        }
    }

    /// Whether nothing more is asked.
    var isReached: Bool {
        guard !isNever else { return false }
        let elapsed = elapsed
        return rule.withLock { $0.isReached(elapsed: elapsed) }
    }

    func admit(_ candidate: String) -> Bool {
        guard !isNever else { return true }
        let elapsed = elapsed
        return rule.withLock { $0.admit(candidate, elapsed: elapsed) }
    }

    func note(_ trial: Trial?, of candidate: String) {
        guard !isNever else { return }
        rule.withLock { $0.note(trial, of: candidate) }
    }

    func noteOpened(_ candidate: String) {
        let elapsed = elapsed
        rule.withLock { $0.noteOpened(candidate, elapsed: elapsed) }
    }

    func noteClosed(_ candidate: String) {
        let elapsed = elapsed
        rule.withLock { $0.noteClosed(candidate, elapsed: elapsed) }
    }

    /// What was spent, as far as it is known.
    var spent: Double {
        let elapsed = elapsed
        return rule.withLock { $0.spent(elapsed: elapsed) }
    }

    /// Whether also what is in flight is given up, since the time was over long ago.
    var isCut: Bool { cut.map { Instant.now() >= $0 } ?? false }

    /// When what is in flight is given up; nil where it never is.
    private var cut: Instant? {
        guard let maxTime, let began = began.withLock({ $0 }) else { return nil }
        return began + maxTime + Self.grace
    }

    /// Runs a request, which is cancelled where it is in flight when the time was over long ago.
    func bounding(_ request: @escaping @Sendable () async -> Attempt) async -> Attempt {
        guard let cut else { return await request() }
        return await withTaskGroup(of: Attempt?.self) { group in
            group.addTask(operation: request)
            group.addTask {
                while !Task.isCancelled, Instant.now() < cut { try? await Task.sleep(for: cut - .now()) }
                return nil
            }
            var attempt: Attempt?
            while let ended = await group.next() {
                attempt = attempt ?? ended
                group.cancelAll()
            }
            return attempt
                ?? Attempt(
                    request: "",
                    outcome: .failed(RequestFailure(kind: .interrupted, message: "the run's time was over")))
        }
    }

    private var elapsed: Duration { began.withLock { $0 }.map { Instant.now() - $0 } ?? .zero }
}
