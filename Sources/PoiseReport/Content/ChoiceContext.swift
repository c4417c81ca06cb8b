package import PoiseCore

/// What a choice is made from, beside the numbers.
package struct ChoiceContext: Hashable, Sendable {
    /// Those of one machine, the first one first.
    package var runs: [RunRecord]
    /// The tasks that count; empty for all.
    package var tasks: [String]
    /// Other loads that the runs have.
    package var otherLoads: [Load]
    /// Runs on machines of other kinds, which are left out.
    package var otherRuns: [String]
    /// Whether nobody named a profile.
    package var isUsualProfile: Bool
    package var isSimulated: Bool

    package init(
        runs: [RunRecord], tasks: [String] = [], otherLoads: [Load] = [], otherRuns: [String] = [],
        isUsualProfile: Bool = false, isSimulated: Bool = false
    ) {
        self.runs = runs
        self.tasks = tasks
        self.otherLoads = otherLoads
        self.otherRuns = otherRuns
        self.isUsualProfile = isUsualProfile
        self.isSimulated = isSimulated
    }
}
