import Foundation
import PoiseCore
import PoiseRunner
import Synchronization

/// Draws progress on standard error: one line that is rewritten on a terminal, a line a pass elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var progress: Progress
        var lastDrawn: Instant
        var isLineOpen = false
        var retries = 0
    }

    private let state: Mutex<State>
    private let terminal: Terminal
    /// An endpoint in trouble fails a thousand times in the same way.
    private let mostRetriesShown = 5

    init(plan: Plan, finished: FinishedWork? = nil, terminal: Terminal) {
        self.terminal = terminal
        state = Mutex(State(progress: Progress(plan: plan, finished: finished), lastDrawn: .now()))
    }

    func note(_ event: RunEvent) {
        let now = Instant.now()
        state.withLock { state in
            state.progress.note(event, now: now)
            switch event {
            case .opening: draw(&state, now: now, isUrgent: true)
            case .opened, .levelBegan, .finished, .levelEnded: draw(&state, now: now, isUrgent: false)
            case .closed(let candidate, _): say(state.progress.summary(of: candidate), &state)
            case .levelStopped(let stop): say(Self.text(of: stop), &state)
            case .stopped(let candidate, let reason):
                say("warning: \(candidate) is left out from here on: \(reason)", &state)
            case .paused(let candidate, let failure, let span):
                say(
                    "warning: \(candidate): its endpoint fails again and again (\(failure.kind.rawValue)); it is left alone"
                        + " for \((span.seconds * 10).rounded() / 10) s", &state)
            case .limitReached(let reason):
                say("nothing more is asked: \(reason); what is in flight is let finish", &state)
            case .retrying(let key, let failure, let delay):
                state.retries += 1
                guard state.retries <= mostRetriesShown else { return }
                say(
                    "warning: \(key.candidate), \(key.task)/\(key.sample): \(failure.message); again in"
                        + " \((delay.seconds * 10).rounded() / 10) s"
                        + (state.retries == mostRetriesShown ? " (later retries are not shown)" : ""), &state)
            }
        }
    }

    func finish() {
        state.withLock { state in
            // Those that ended otherwise have been said already.
            for candidate in state.progress.openCandidates { say(state.progress.summary(of: candidate), &state) }
            clearLine(&state)
        }
    }

    /// A line that stays, above the one that is rewritten.
    private func say(_ text: String?, _ state: inout State) {
        guard let text else { return }
        clearLine(&state)
        Console.say(text)
    }

    /// Nil where the end was asked for in so many requests: that is no news.
    static func text(of stop: LevelStop) -> String? {
        let place = "\(stop.candidate), load \(stop.load)"
        switch stop.reason {
        case .requests: return nil
        case .time: return "\(place): \(stop.explanation), after \(stop.asked) of \(stop.planned) trials"
        case .precision:
            let reached = stop.precision.map { " (±\(($0 * 1000).rounded() / 10)%)" } ?? ""
            return "\(place): \(stop.explanation)\(reached), after \(stop.asked) of \(stop.planned) trials"
        case .overload: return "warning: \(place): \(stop.explanation); the rest of this level is left out"
        }
    }

    /// Often enough to feel alive, seldom enough to leave the engine its cores, and not to fill a log.
    private func draw(_ state: inout State, now: Instant, isUrgent: Bool) {
        let interval: Duration = terminal.isTerminal ? .milliseconds(200) : .seconds(60)
        guard isUrgent && terminal.isTerminal || now - state.lastDrawn >= interval else { return }
        state.lastDrawn = now
        guard terminal.isTerminal else { return Console.say(state.progress.line(width: terminal.width, now: now)) }
        Console.write(
            "\r\u{1B}[2K"
                + VisibleText.of(state.progress.line(width: terminal.width - 1, now: now), isOneLine: true),
            to: .standardError)
        state.isLineOpen = true
    }

    private func clearLine(_ state: inout State) {
        guard state.isLineOpen else { return }
        Console.write("\r\u{1B}[2K", to: .standardError)
        state.isLineOpen = false
    }
}
