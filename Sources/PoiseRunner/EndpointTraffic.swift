import PoiseCore
import Synchronization

/// What goes out to one endpoint, over all candidates that are behind it: the one place where requests are held back.
final class EndpointTraffic: Sendable {
    private struct State {
        var breaker: CircuitBreaker
        var hold: RateHold
        var generator: SeededGenerator
    }

    /// What a failure meant for everybody.
    enum Effect: Hashable {
        case none
        /// Nothing is sent for so long, since it failed again and again.
        case paused(Duration)
    }

    /// A request's turn to go out.
    struct Clearance: Hashable {
        fileprivate let ticket: CircuitBreaker.Ticket
        /// Whether nothing could be sent when it was asked for.
        let hasWaited: Bool
    }

    /// A request that was broken off may itself be what breaks the server: after so many it fails.
    private static let mostExcused = 3
    /// What is turned away was not worked on, and others may be answered meanwhile.
    private static let mostTurnedAway = 20
    /// Who waits looks so often whether the run goes on.
    private static let patience = Duration.milliseconds(100)

    private let state: Mutex<State>
    private let outage: Duration

    init(retryPolicy: RetryPolicy, breaker: CircuitBreaker.Policy, seed: UInt64) {
        outage = breaker.outage
        state = Mutex(
            State(
                breaker: CircuitBreaker(breaker), hold: RateHold(policy: retryPolicy, outage: breaker.outage),
                generator: SeededGenerator(seed: seed, stream: 2_000_000)))
    }

    /// Waits until a request may go out.
    ///
    /// - Returns: nil where none may any more.
    func clearance(_ flow: LevelFlow, isOver: () -> Bool) async -> Clearance? {
        await wait(flow, takesTurn: true, isOver: isOver)
    }

    /// Waits for the same without taking the turn: in an open loop the next trial is not due while nothing is sent.
    ///
    /// - Returns: how long that took.
    func pause(_ flow: LevelFlow, isOver: () -> Bool) async -> Duration {
        let began = Instant.now()
        let clearance = await wait(flow, takesTurn: false, isOver: isOver)
        return clearance?.hasWaited == false ? .zero : Instant.now() - began
    }

    private func wait(
        _ flow: LevelFlow, takesTurn: Bool, isOver: () -> Bool
    ) async -> Clearance? {
        var isWaiting = false
        // Every request has a delay of its own behind the common end of a pause.
        var leave: (end: Instant, own: Instant)?
        defer { if isWaiting { flow.noteWaiting(false) } }
        while !isOver() {
            let now = Instant.now()
            let admission = state.withLock { state -> CircuitBreaker.Admission in
                if state.hold.isGivenUp { return .givenUp }
                if let end = state.hold.end(now: now), leave?.end != end {
                    leave = (end, end + state.hold.jitter(now: now, generator: &state.generator))
                }
                if let own = leave?.own, now < own { return .wait(until: own) }
                return takesTurn ? state.breaker.admit(now: now) : state.breaker.expects(now: now)
            }
            switch admission {
            case .go(let ticket): return Clearance(ticket: ticket, hasWaited: isWaiting)
            case .givenUp: return nil
            case .wait(let until):
                if !isWaiting {
                    isWaiting = true
                    flow.noteWaiting(true)
                }
                try? await Task.sleep(for: until.map { min($0 - now, Self.patience) } ?? Self.patience)
            }
        }
        return nil
    }

    /// The request is not made after all.
    func takeBack(_ clearance: Clearance) {
        state.withLock { _ = $0.breaker.note(.interrupted, of: clearance.ticket, now: .now()) }
    }

    /// Tells what became of a request.
    func note(_ outcome: Attempt.Outcome, of clearance: Clearance) -> Effect {
        let now = Instant.now()
        return state.withLock { state in
            let pause = state.breaker.note(CircuitBreaker.Finding(outcome), of: clearance.ticket, now: now)
            switch outcome {
            case .responded: state.hold.noteAnswer()
            case .failed(let failure) where failure.kind == .rateLimited:
                state.hold.note(retryAfter: failure.retryAfter, now: now, generator: &state.generator)
            case .failed: break
            }
            return pause.map { .paused($0) } ?? .none
        }
    }

    /// Whether a failure is the endpoint's state, so that it uses up none of the request's retries.
    ///
    /// - Parameter excused: failures of the trial that were excused before.
    func excuses(_ failure: RequestFailure, of clearance: Clearance, excused: Int) -> Bool {
        let ticket = clearance.ticket
        return state.withLock { state in
            guard state.breaker.hasAnswered else { return false }
            switch CircuitBreaker.Finding(.failed(failure)) {
            case .unreached: return state.breaker.blames(ticket)
            case .failed: return state.breaker.blames(ticket) && excused < Self.mostExcused
            default: return failure.kind == .rateLimited && excused < Self.mostTurnedAway
            }
        }
    }

    /// Why nothing more is sent, as a clause; nil where it is.
    var givenUp: String? {
        state.withLock { state in
            if state.breaker.isGivenUp { return "its endpoint has failed for \(Self.text(outage))" }
            if state.hold.isGivenUp {
                return "its endpoint turned every request away for \(Self.text(outage)) (429, too many requests)"
            }
            return nil
        }
    }

    /// Somebody else wants to ask: one request may try.
    func tryOnceMore() {
        state.withLock { state in
            state.breaker.tryOnceMore(now: .now())
            state.hold.tryOnceMore()
        }
    }

    private static func text(_ span: Duration) -> String {
        let seconds = Int(span.seconds.rounded())
        return seconds >= 120 && seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds) s"
    }
}

/// The traffic of a run, by endpoint; an engine that Poise serves is one of its own.
final class RunTraffic: Sendable {
    private let retryPolicy: RetryPolicy
    private let breaker: CircuitBreaker.Policy
    private let seed: UInt64
    private let known = Mutex<[String: EndpointTraffic]>([:])

    init(retryPolicy: RetryPolicy, breaker: CircuitBreaker.Policy, seed: UInt64) {
        self.retryPolicy = retryPolicy
        self.breaker = breaker
        self.seed = seed
    }

    func traffic(of candidate: Candidate) -> EndpointTraffic {
        let name =
            switch candidate.serving {
            case .managed: candidate.id
            case .endpoint(let endpoint): endpoint.baseURL
            }
        return known.withLock { known in
            if let traffic = known[name] { return traffic }
            let traffic = EndpointTraffic(retryPolicy: retryPolicy, breaker: breaker, seed: seed)
            known[name] = traffic
            return traffic
        }
    }
}
