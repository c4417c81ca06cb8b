import PoiseCore

/// The command of a run as it is shown: a pattern that blacks out a secret may spell it.
enum ShownCommand {
    private static let option = "--redact-pattern"

    /// - Parameter command: its words with a space between them, unquoted: a pattern goes on to the next option.
    static func text(_ command: String) -> String {
        var shown: [Substring] = []
        var isValue = false
        for word in command.split(separator: " ", omittingEmptySubsequences: false) {
            if word == option {
                shown += [word, "[redacted]"]
                isValue = true
            } else if word.hasPrefix(option + "=") {
                shown.append("\(option)=[redacted]")
                isValue = true
            } else if !isValue || isOption(word) {
                shown.append(word)
                isValue = false
            }
        }
        return shown.joined(separator: " ")
    }

    private static func isOption(_ word: Substring) -> Bool {
        let name = word.drop { $0 == "-" }
        return word.hasPrefix("--") ? name.first?.isLetter == true : word.hasPrefix("-") && name.count == 1
    }
}

extension RunRecord {
    /// With the command as it is shown.
    var shown: RunRecord {
        RunRecord(
            id: id, suite: suite, startedAt: startedAt, endedAt: endedAt, status: status, seed: seed, machine: machine,
            poiseVersion: poiseVersion, command: ShownCommand.text(command), resumed: resumed,
            paused: paused)
    }
}
