/// Why a rule's verdict is what it is, beside its numbers.
package enum GateReason: Hashable, Codable, Sendable {
    package enum Side: String, Hashable, Codable, Sendable {
        case baseline, candidate
    }

    // MARK: Nothing to decide from

    /// The rule compares with a baseline, and none was named.
    case noBaseline
    /// No trial at this load.
    case notMeasured(Side)
    /// The task was not asked of both, or not at all.
    case taskNotAsked(String)
    /// Both sides share no sample; so many share their names and ask or expect something else.
    case noCommonSamples(changed: Int)
    case allFailed(Side, trials: Int)
    case allUnscored(Side, trials: Int)
    /// The number is not defined: nobody counted its tokens, nothing was streamed, nothing has a price.
    case undefined(Side)
    /// A multiple of 0 says nothing.
    case baselineIsZero
    /// Costs in two currencies have no ratio.
    case otherCurrency(baseline: String, candidate: String)
    case singleSample
    /// Fewer samples than the interval of this number takes.
    case tooFewSamples(n: Int, least: Int)
    /// Every sample says the same, so that nothing is known of how much the number varies.
    case noSpread
    /// Fewer rounds than an interval of a throughput takes: each round is one window of time.
    case tooFewWindows(least: Int)

    // MARK: What must not be compared

    /// The answers of these tasks were graded by other graders on the two sides, or by several on one.
    case otherGraders(tasks: [String])
    case otherMachine(baseline: String, candidate: String)
    case otherService(baseline: String?, candidate: String?)
    /// One side is a simulation.
    case simulatedAgainstReal

    // MARK: What must be known beside the verdict

    /// So many common samples have a score on one side only, and are left out.
    case missingScores(candidate: Int, baseline: Int, of: Int)
    /// It would pass without them; were the candidate's missing answers wrong, it would not.
    case missingScoresCouldHideALoss
    /// So many of the candidate's trials have no score, and are left out.
    case unscoredTrials(Int, of: Int)
    /// So many of the candidate's trials failed, and bring no number of this kind.
    case failedTrials(Int, of: Int)
    /// So many of the candidate's responses do not say why they ended, and are left out.
    case unknownEnds(Int, of: Int)
    /// It would pass without them; had the length cap cut them, it would not.
    case unknownEndsCouldHideALoss
    /// So many samples of the suite were never asked: what was asked may not stand for them.
    case unasked(Side, Int, of: Int)
    /// It would fail alone, and does not among so many rules (Holm's correction).
    case failsOnlyAlone(rules: Int)
    /// The number is counted, or compared as it stands, without an interval.
    case asItStands
    /// So many of so many: a rule that allows none counts what occurred.
    case counted(Int, of: Int)
}

/// What puts a whole gate in doubt, or must be known beside it.
package enum GateWarning: Hashable, Codable, Sendable {
    /// Something other than the candidate differs from the baseline.
    case differs(candidate: String, CircumstanceDifference)
    /// So many samples are left out because they ask or expect something else on the other side.
    case changedSamples(candidate: String, Int)
    /// So many samples are left out because one side was not asked them.
    case oneSided(candidate: String, onlyCandidate: Int, onlyBaseline: Int)
    /// Speeds of two runs: the intervals do not hold how much the machine drifts from run to run.
    case otherRun(candidate: String, run: String)
    /// What kept a candidate from being run to its end.
    case problem(candidate: String, reason: String)
    /// The run did not come to its end.
    case notDone(run: String, RunRecord.Status)
    /// So many of the suite's samples have no trial of the candidate at this load.
    case unasked(candidate: String, load: Load, Int, of: Int)
    /// So many rules are of this load, which was left out.
    case rulesLeftOut(Int, load: Load)
}
