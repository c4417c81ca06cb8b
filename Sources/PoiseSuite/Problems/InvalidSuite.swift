import Foundation
import PoiseCore

/// Everything that is wrong in a suite and in the files that it names, in one error.
package struct InvalidSuite: ExplainedError, Hashable {
    /// One thing that is wrong in a file.
    package struct Problem: Hashable, Sendable {
        /// The file, as the reader of the message can open it.
        package let path: String
        /// Counted from 1; nil where the whole file is meant.
        package let line: Int?
        /// Counted from 1 in Unicode scalars; nil where the whole line is meant.
        package let column: Int?
        package let what: String
        /// What was expected, or the nearest known name.
        package let expected: String?

        package init(path: String, line: Int? = nil, column: Int? = nil, what: String, expected: String? = nil) {
            self.path = path
            self.line = line
            self.column = column
            self.what = Self.printable(what)
            self.expected = expected.map(Self.printable)
        }

        /// On one line and without escape sequences: a message quotes what stands in a file that others may have written.
        private static func printable(_ text: String) -> String {
            let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
            return String(String.UnicodeScalarView(scalars))
        }

        /// `path:line:column`, as editors and terminals make it a link.
        package var place: String {
            ([path] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":")
        }
    }

    /// Never empty; file by file in the order in which they were read, each from its top to its end.
    package let problems: [Problem]

    package init(problems: [Problem]) {
        self.problems = problems
    }

    package var what: String {
        problems.count == 1 ? problems[0].what : "the suite has \(problems.count) problems"
    }

    package var place: String? { problems.first?.place }

    package var remedy: String? {
        problems.count == 1 ? problems[0].expected : "Every one of them is listed with its file and line."
    }

    package var errorDescription: String? {
        let shown = problems.prefix(Self.longestList).map { problem in
            let located = "\(problem.place): \(problem.what)"
            return problem.expected.map { "\(located)\n  \($0)" } ?? located
        }
        let hidden = problems.count - shown.count
        return (shown + (hidden > 0 ? ["… and \(hidden) more"] : [])).joined(separator: "\n")
    }

    /// More than a screen of problems usually has one cause.
    static let longestList = 40
}
