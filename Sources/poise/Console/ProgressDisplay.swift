import Foundation
import PoiseCore
import PoiseRunner
import Synchronization

/// Draws progress on standard error: one line that is rewritten on a terminal, a line a pass elsewhere.
final class ProgressDisplay: Sendable {
    private struct State {
        var progress: Progress
        var lastDrawn: Instant?
        var isLineOpen = false
        var hasPass = false
    }

    private let state: Mutex<State>
    private let terminal: Terminal
    /// Often enough to feel alive, seldom enough to leave the engine its cores.
    private let interval = Duration.milliseconds(200)

    init(plan: Plan, terminal: Terminal) {
        self.terminal = terminal
        state = Mutex(State(progress: Progress(plan: plan, began: .now())))
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
                clearLine(&state)
                Console.say(
                    "warning: \(key.candidate), \(key.task)/\(key.sample): \(failure.message); again in"
                        + " \((delay.seconds * 10).rounded() / 10) s")
            }
        }
    }

    func finish() {
        state.withLock { closePass(&$0) }
    }

    /// A message in between; the progress line is drawn again below it.
    func say(_ text: String) {
        state.withLock { state in
            clearLine(&state)
            Console.say(text)
        }
    }

    private func closePass(_ state: inout State) {
        guard state.hasPass else { return }
        clearLine(&state)
        state.hasPass = false
        Console.say(state.progress.passSummary())
    }

    private func draw(_ state: inout State, now: Instant, isUrgent: Bool) {
        guard terminal.isTerminal else { return }
        if !isUrgent, let last = state.lastDrawn, now - last < interval { return }
        state.lastDrawn = now
        let line = state.progress.line(width: terminal.width - 1, now: now)
        Console.write("\r\u{1B}[2K\(line)", to: .standardError)
        state.isLineOpen = true
    }

    private func clearLine(_ state: inout State) {
        guard state.isLineOpen else { return }
        Console.write("\r\u{1B}[2K", to: .standardError)
        state.isLineOpen = false
    }
}
