package import PoiseCore

/// What the page of one machine's runs shows beyond what every exporter does.
package struct PageDetail: Hashable, Sendable {
    /// The choice for the suite's profile, one for each load; empty where nothing was measured.
    package var choices: [Choice] = []
    /// What the choices were made from; nil where there is none.
    package var choiceContext: ChoiceContext?

    /// The verdict of the suite's own rules; nil where it has none.
    package var gate: GateReport?

    /// Of each model with several quantizations.
    package var ladders: [Ladder] = []

    /// The front on every pair of axes that the page can draw, one for each; all loads stand in each.
    package var fronts: [OtherFront] = []

    /// How long people waited, by candidate, load and metric.
    package var waits: [WaitDistribution] = []

    /// Recorded responses, to be shown at their own pace.
    package var scenes: [Scene] = []

    /// Samples with the responses to them.
    package var transcripts = Transcripts()

    /// What was blacked out on the part of the page that this is of; nil where nothing was looked for.
    package var redactions: RedactionCounts?

    package init() {}
}
