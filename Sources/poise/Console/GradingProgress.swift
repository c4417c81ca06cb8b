import Foundation
import PoiseCore
import Synchronization

/// Draws how far the work on stored responses is: one line that is rewritten on a terminal, else one a minute.
final class GradingProgress: Sendable {
    private struct State {
        var done = 0
        var unscored = 0
        var lastDrawn: Instant
        var isLineOpen = false
    }

    private let doing: String
    private let total: Int
    private let terminal: Terminal
    private let state: Mutex<State>

    /// - Parameter doing: the work, before the number of responses.
    init(total: Int, doing: String = "grading", terminal: Terminal) {
        self.doing = doing
        self.total = total
        self.terminal = terminal
        state = Mutex(State(lastDrawn: .now()))
    }

    func note(isScored: Bool) {
        let now = Instant.now()
        state.withLock { state in
            state.done += 1
            if !isScored { state.unscored += 1 }
            guard now - state.lastDrawn >= (terminal.isTerminal ? .milliseconds(200) : .seconds(60)) else { return }
            state.lastDrawn = now
            let line =
                "\(doing) \(state.done)/\(total)" + (state.unscored > 0 ? " · \(state.unscored) unscored" : "")
            guard terminal.isTerminal else { return Console.say(line) }
            Console.write(
                "\r\u{1B}[2K" + VisibleText.of(line, isOneLine: true).prefix(terminal.width - 1), to: .standardError)
            state.isLineOpen = true
        }
    }

    func finish() {
        state.withLock { state in
            if state.isLineOpen { Console.write("\r\u{1B}[2K", to: .standardError) }
            state.isLineOpen = false
        }
    }
}
