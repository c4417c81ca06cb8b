import PoiseCore
import Synchronization

/// What one level's requests met on their way out, counted from any thread.
final class LevelFlow: Sendable {
    private let count = Mutex(FlowCount())

    func noteStart(isFirst: Bool) { count.withLock { $0.noteStart(isFirst: isFirst, now: .now()) } }
    func noteEnd() { count.withLock { $0.noteEnd(now: .now()) } }
    func noteTurnedAway() { count.withLock { $0.turnedAway += 1 } }
    func noteOutage() { count.withLock { $0.outages += 1 } }
    func noteWaiting(_ begins: Bool) { count.withLock { $0.noteWaiting(begins, now: .now()) } }

    var total: FlowCount { count.withLock { $0 } }
}

/// The same as a value: it is told what happened, and the time.
struct FlowCount: Hashable, Sendable {
    private(set) var requests = 0
    var turnedAway = 0
    var outages = 0
    /// While at least one request was held back.
    private(set) var waited = Duration.zero
    private var waiting = 0
    private var waitingSince: Instant?
    private var inFlight = 0
    private var trials = 0
    private var first: Instant?
    private var last: Instant?
    /// Requests in flight × seconds, up to the last change and up to the last start: a level's end empties the pipe anyway.
    private var area = 0.0
    private var areaAtLastStart = 0.0
    private var changed: Instant?

    /// - Parameter isFirst: whether it is the first request of its trial.
    mutating func noteStart(isFirst: Bool, now: Instant) {
        change(by: 1, now: now)
        requests += 1
        guard isFirst else { return }
        trials += 1
        first = first ?? now
        last = now
        areaAtLastStart = area
    }

    mutating func noteEnd(now: Instant) {
        change(by: -1, now: now)
    }

    mutating func noteWaiting(_ begins: Bool, now: Instant) {
        waiting += begins ? 1 : -1
        if begins, waiting == 1 { waitingSince = now }
        if !begins, waiting == 0, let since = waitingSince {
            waited += now - since
            waitingSince = nil
        }
    }

    /// The mean number of requests in flight from the first trial's start to the last one's.
    var meanInFlight: Double? { span.map { areaAtLastStart / $0 } }

    /// Trials that went out in a second.
    var meanRate: Double? { span.map { Double(trials - 1) / $0 } }

    /// What a level lost of its load; nil where it was offered whole.
    func shortfall(of candidate: String, at load: Load, round: Int) -> LevelShortfall? {
        guard turnedAway > 0 || outages > 0 || waited > .zero else { return nil }
        return LevelShortfall(
            candidate: candidate, load: load, round: round, requests: requests, turnedAway: turnedAway,
            outages: outages, waited: waited.milliseconds, kept: load.isOpenLoop ? meanRate : meanInFlight)
    }

    /// Seconds.
    private var span: Double? {
        guard let first, let last, last > first else { return nil }
        return (last - first).seconds
    }

    private mutating func change(by step: Int, now: Instant) {
        if let changed { area += Double(inFlight) * (now - changed).seconds }
        changed = now
        inFlight += step
    }
}
