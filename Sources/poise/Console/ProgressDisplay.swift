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
        var hasPass = false
        var retries = 0
    }

    private let state: Mutex<State>
    private let terminal: Terminal
    /// An endpoint in trouble fails a thousand times in the same way.
    private let mostRetriesShown = 5

    init(plan: Plan, terminal: Terminal) {
        self.terminal = terminal
        state = Mutex(State(progress: Progress(plan: plan), lastDrawn: .now()))
    }

    func note(_ event: RunEvent) {
        let now = Instant.now()
        state.withLock { state in
            if case .opening = event { closePass(&state) }
            state.progress.note(event, now: now)
            switch event {
            case .opening:
                state.hasPass = true
                draw(&state, now: now, isUrgent: true)
            case .opened, .finished: draw(&state, now: now, isUrgent: false)
            case .stopped(let candidate, let reason):
                clearLine(&state)
                state.hasPass = false
                Console.say("warning: \(candidate) is left out from here on: \(reason)")
            case .retrying(let key, let failure, let delay):
                state.retries += 1
                guard state.retries <= mostRetriesShown else { return }
                clearLine(&state)
                Console.say(
                    "warning: \(key.candidate), \(key.task)/\(key.sample): \(failure.message); again in"
                        + " \((delay.seconds * 10).rounded() / 10) s"
                        + (state.retries == mostRetriesShown ? " (later retries are not shown)" : ""))
            }
        }
    }

    func finish() {
        state.withLock { closePass(&$0) }
    }

    private func closePass(_ state: inout State) {
        guard state.hasPass else { return }
        clearLine(&state)
        state.hasPass = false
        Console.say(state.progress.passSummary())
    }

    /// Often enough to feel alive, seldom enough to leave the engine its cores, and not to fill a log.
    private func draw(_ state: inout State, now: Instant, isUrgent: Bool) {
        let interval: Duration = terminal.isTerminal ? .milliseconds(200) : .seconds(60)
        guard isUrgent && terminal.isTerminal || now - state.lastDrawn >= interval else { return }
        state.lastDrawn = now
        guard terminal.isTerminal else { return Console.say(state.progress.line(width: terminal.width, now: now)) }
        Console.write(
            "\r\u{1B}[2K" + state.progress.line(width: terminal.width - 1, now: now), to: .standardError)
        state.isLineOpen = true
    }

    private func clearLine(_ state: inout State) {
        guard state.isLineOpen else { return }
        Console.write("\r\u{1B}[2K", to: .standardError)
        state.isLineOpen = false
    }
}
