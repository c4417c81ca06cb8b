import PoiseCore

/// One thing that a suite asks for and that reaches beyond its own folder; it is had only where the suite is trusted.
package struct TrustNeed: Sendable {
    /// What kind of thing, as it begins the sentence that people read.
    package enum Kind: String, Sendable, CaseIterable {
        /// A file, or a pattern of files: a task, a dataset, a rubric.
        case file = "reads"
        case weights = "serves the weights"
        case authorities = "believes the certificates of"
        /// The value of an environment variable or of a key file, to a host.
        case secret = "sends"
        /// What files outside hold, by prompts, to a host.
        case content = "asks with what it reads there"
        /// A program that starts engines and lies in a folder of the suite's own, where its author may have put it.
        case program = "starts"
    }

    package let kind: Kind
    /// An absolute path without symbolic links, a host, or a variable with the host that its value goes to.
    package let object: String
    /// `path:line:column`, or the candidate; says where to look and is no part of what is granted.
    package let place: String

    package init(_ kind: Kind, _ object: String, at place: String) {
        self.kind = kind
        self.object = object
        self.place = place
    }

    /// What is granted, in one line: two needs are the same where their sentences are.
    package var sentence: String { "\(kind.rawValue) \(Self.onOneLine(object))" }

    /// A file's name may hold a line end, which would make one need look like two.
    private static func onOneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                line.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: line.append(scalar)
            }
        }
        return String(line)
    }
}

extension TrustNeed: Hashable {
    package static func == (one: TrustNeed, other: TrustNeed) -> Bool { one.sentence == other.sentence }
    package func hash(into hasher: inout Hasher) { hasher.combine(sentence) }
}

/// A suite that asks for more than it was trusted with.
package struct UntrustedSuite: ExplainedError {
    /// As it was named.
    package let suite: String
    /// Without doubles, in the order in which they came up; never empty.
    package let needs: [TrustNeed]
    /// Whether the suite was trusted with other things already.
    package let isKnown: Bool

    package init(suite: String, needs: [TrustNeed], isKnown: Bool) {
        self.suite = suite
        self.needs = needs
        self.isKnown = isKnown
    }

    package var what: String {
        isKnown ? "it asks for more than it was trusted with" : "it asks for more than its own folder holds"
    }
    package var place: String? { suite }
    package var remedy: String? {
        "Look at it first. Where it may do that, run this again with --trust, which is remembered for this suite."
    }

    /// One line for each need.
    package var list: String { needs.map { "  \($0.sentence)   (\($0.place))" }.joined(separator: "\n") }

    package var errorDescription: String? {
        ["\(suite): \(what):", list, remedy.map { "  \($0)" }].compactMap { $0 }.joined(separator: "\n")
    }
}
