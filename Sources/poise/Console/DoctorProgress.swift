import Foundation
import PoiseCore

/// Says on standard error what is being checked: one line that is rewritten on a terminal, a line each elsewhere.
struct DoctorProgress: Sendable {
    let terminal: Terminal

    func say(_ text: String) {
        guard terminal.isTerminal else { return Console.say(text) }
        clear()
        Console.write(
            String(VisibleText.of("\(text) …", isOneLine: true).prefix(terminal.width - 1)), to: .standardError)
    }

    func clear() {
        if terminal.isTerminal { Console.write("\r\u{1B}[2K", to: .standardError) }
    }
}
