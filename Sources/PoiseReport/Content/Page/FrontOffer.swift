package import PoiseCore

/// Which fronts a page offers, by the size of its runs: each axis and task costs time and room.
package struct FrontOffer: Hashable, Sendable {
    /// The x axes over all tasks; decode speed, which every run ends with, first.
    package let metrics: [Metric]
    /// The x axes of each task alone; empty where single tasks are not offered.
    package let taskMetrics: [Metric]
    /// Trials of the runs, where they are too many for all fronts.
    package let tooManyTrials: Int?
    /// Whether there would be more fronts than a page has room for.
    package let isCrowded: Bool

    /// Joint resamples behind the front of one task: its share of right answers is known to no better than some points
    /// anyhow, and there are as many of them as tasks.
    package static let taskResamples = 2000

    /// Trials × axes × resamples that take about three seconds on two cores.
    private static let mostDraws = 4_000_000_000
    /// Places of candidates on fronts: about 25 bytes of the page each.
    private static let mostPlaces = 4000
    /// The axes that people ask for first.
    private static let main: [Metric] = [.decodeTPS, .ttfo, .latency, .timeToCorrect]
    private static let all: [Metric] = [
        .decodeTPS, .ttft, .ttfo, .latency, .timeToCorrect, .charactersPerSecond, .throughput, .outputTokens,
        .costToCorrect, .memory,
    ]

    /// - Parameters:
    ///   - trials: of all candidates, loads and rounds.
    ///   - resamples: joint resamples behind a front of all tasks.
    package init(trials: Int, candidates: Int, loads: Int, tasks: Int, resamples: Int) {
        let hasTasks = tasks > 1
        let choices: [(metrics: [Metric], taskMetrics: [Metric])] = [
            (Self.all, hasTasks ? Self.main : []), (Self.all, []),
            (Self.main, []), ([.decodeTPS], []),
        ]
        func draws(_ metrics: [Metric], _ taskMetrics: [Metric]) -> Int {
            // What every run ends with was drawn then.
            let each = (metrics.count - 1) * resamples + taskMetrics.count * Self.taskResamples
            return trials.multipliedReportingOverflow(by: each).overflow ? .max : trials * each
        }
        func places(_ metrics: [Metric], _ taskMetrics: [Metric]) -> Int {
            candidates * loads * (metrics.count + tasks * taskMetrics.count)
        }
        let quick = choices.firstIndex { draws($0.metrics, $0.taskMetrics) <= Self.mostDraws } ?? choices.count - 1
        // Over all tasks there are as many places as rows in the table of candidates.
        let chosen = choices[quick...].firstIndex {
            $0.taskMetrics.isEmpty || places($0.metrics, $0.taskMetrics) <= Self.mostPlaces
        }
        metrics = choices[chosen ?? quick].metrics
        taskMetrics = choices[chosen ?? quick].taskMetrics
        tooManyTrials = choices[quick] == choices[0] ? nil : trials
        isCrowded = (chosen ?? quick) > quick
    }

    /// What the page does not offer, and what does; nil where nothing is left out.
    var omission: String? {
        guard tooManyTrials != nil || isCrowded else { return nil }
        let reason = tooManyTrials.map { "With \(Numbers.count($0)) trials" } ?? "With so many candidates and tasks"
        if metrics.count == 1 {
            return
                "\(reason) only decode speed over all tasks is drawn here; `poise front --x ttfo` draws other axes, and "
                + "`--task` single tasks."
        }
        if metrics.count < Self.all.count {
            return "\(reason) fewer axes and no single tasks are drawn here; `poise front` draws all of them."
        }
        return "\(reason) single tasks are not drawn here; `poise front --task` draws them."
    }
}

/// The fronts that a page offers beside the one that every run ends with.
package struct OfferedFronts: Hashable, Sendable {
    /// One for each x axis, of all tasks or of one; all loads stand in each.
    package var fronts: [OtherFront] = []
    /// What decided which there are; nil where nobody asked.
    package var offer: FrontOffer?

    package init() {}

    package init(_ fronts: [OtherFront], offer: FrontOffer) {
        self.fronts = fronts
        self.offer = offer
    }
}
