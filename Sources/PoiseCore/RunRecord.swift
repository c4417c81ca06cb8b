/// A run as the database knows it.
package struct RunRecord: Hashable, Codable, Sendable {
    package enum Status: String, Hashable, Codable, Sendable {
        /// Under way, or ended without a word (killed, power cut).
        case running
        case done
        /// Some candidate could not be run to its end.
        case incomplete
        case interrupted
    }

    /// The start in UTC and the suite's name: `20261121-071413-demo`.
    package let id: String
    package let suite: String
    /// ISO 8601, UTC.
    package let startedAt: String
    package let endedAt: String?
    package let status: Status
    package let seed: UInt64
    package var machine: MachineFacts
    package let poiseVersion: String
    /// What was typed.
    package let command: String
    /// How often it went on after it had ended too early; nil where it never did.
    package var resumed: Int?
    /// Seconds between its parts, in which nobody ran it; nil where there are none.
    package var paused: Double?

    package init(
        id: String, suite: String, startedAt: String, endedAt: String?, status: Status, seed: UInt64,
        machine: MachineFacts, poiseVersion: String, command: String, resumed: Int? = nil, paused: Double? = nil
    ) {
        self.id = id
        self.suite = suite
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.status = status
        self.seed = seed
        self.machine = machine
        self.poiseVersion = poiseVersion
        self.command = command
        self.resumed = resumed
        self.paused = paused
    }
}

extension RunRecord {
    /// The name of a run: when it began, to the millisecond, since two runs of a suite may start within one second, and the
    /// suite's name in letters, digits and hyphens.
    ///
    /// - Parameter startedAt: ISO 8601, UTC.
    package static func id(of suite: String, startedAt: String) -> String {
        let digits = startedAt.filter(\.isNumber)
        let slug = suite.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined().lowercased()
        return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))-\(digits.dropFirst(14))-\(slug)"
    }
}
