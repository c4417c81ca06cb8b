package import PoiseCore

/// What the page of one machine's runs shows beyond what every exporter does.
package struct PageDetail: Hashable, Sendable {
    /// The choice for the suite's profile, one for each load; empty where nothing was measured.
    package var choices: [Choice] = []
    /// What the choices were made from; nil where there is none.
    package var choiceContext: ChoiceContext?

    /// The verdict of the suite's own rules; nil where it has none.
    package var gate: GateReport?
    /// Why the suite's rules could not be judged, as a sentence; nil where they were, and where there are none.
    package var gateObstacle: String?
    /// Why there is no recommendation, verdict and ladder; nil where there could be.
    package var undecided: Undecided?

    /// Of each model with several quantizations.
    package var ladders: [Ladder] = []

    /// The fronts that a reader can choose.
    package var fronts = OfferedFronts()

    /// How long people waited, by candidate, load and metric.
    package var waits: [WaitDistribution] = []

    /// How long responses were, by candidate and load.
    package var lengths: [ResponseLengths] = []

    /// Recorded responses, to be shown at their own pace.
    package var scenes: [Scene] = []

    /// Samples with the responses to them.
    package var transcripts = Transcripts()

    /// What was blacked out on the part of the page that this is of; nil where nothing was looked for.
    package var redactions: RedactionCounts?

    package init() {}

    /// Why a page says nothing of what to take.
    package enum Undecided: Hashable, Sendable {
        /// More trials than are read again for a page.
        case tooManyTrials(Int, most: Int)
    }
}
