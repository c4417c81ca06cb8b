package import PoiseCore

/// What the page of a comparison shows: the comparison, and the runs that it comes from.
package struct ComparisonContent: Hashable, Sendable {
    package var comparison: Comparison
    package var suite: String
    /// In the order of `Comparison.runs`; without one that is not stored here.
    package var runs: [RunRecord]
    /// Candidates that were meant and left out, since nothing of them was measured.
    package var unmeasured: [String]
    /// Whether prompts and answers may stand on the page.
    package var showsAnswers: Bool
    /// What makes the same page again.
    package var command: String
    package var poiseVersion: String
    /// What was blacked out; nil where nothing was looked for.
    package var redactions: RedactionCounts?

    package init(
        comparison: Comparison, suite: String, runs: [RunRecord], unmeasured: [String] = [], showsAnswers: Bool = true,
        command: String, poiseVersion: String
    ) {
        self.comparison = comparison
        self.suite = suite
        self.runs = runs
        self.unmeasured = unmeasured
        self.showsAnswers = showsAnswers
        self.command = command
        self.poiseVersion = poiseVersion
    }
}
