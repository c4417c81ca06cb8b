import PoiseCore

/// What a history says, as sentences that the page and the Markdown share.
struct HistoryWords {
    let content: HistoryContent

    /// A change that the data surely show.
    struct Finding {
        let candidate: String
        let run: Int
        let text: String
    }

    /// Sure changes of accuracy, in the order of the runs.
    var accuracies: [Finding] {
        findings { candidate, point, step in
            guard let change = step.accuracy, change.outcome != .undecided else { return nil }
            return "\(candidate.id) is right \(change.outcome == .better ? "more" : "less") often "
                + "\(span(step, point)): \(ComparisonWords.pointsWithInterval(change)), "
                + "n = \(Numbers.count(change.n))."
        }
    }

    /// Changes of the decode speed beyond what its samples and rounds explain.
    var speeds: [Finding] {
        findings { candidate, point, step in
            guard let change = step.speed, change.outcome != .undecided else { return nil }
            let interval = ComparisonWords.interval(change.ratio).map { " (\($0))" } ?? ""
            return "\(candidate.id) decodes \(change.outcome == .better ? "faster" : "slower") \(span(step, point)): "
                + "\(ComparisonWords.ratio(change.ratio.value))×\(interval)."
        }
    }

    private func findings(
        _ text: (HistoryCandidate, HistoryPoint, HistoryStep) -> String?
    ) -> [Finding] {
        content.candidates.flatMap { candidate in
            candidate.points.compactMap { point in
                point.step.flatMap { text(candidate, point, $0) }.map {
                    Finding(candidate: candidate.id, run: point.run, text: $0)
                }
            }
        }.enumerated().sorted { ($0.element.run, $0.offset) < ($1.element.run, $1.offset) }.map(\.element)
    }

    private func span(_ step: HistoryStep, _ point: HistoryPoint) -> String {
        "in run \(point.run + 1) (\(Wording.date(content.runs[point.run].record.startedAt))) than in run \(step.from + 1)"
    }

    var headline: String {
        let runs = Numbers.counted(content.runs.count, "run")
        guard content.runs.count > 1 else { return "One run, so nothing to compare it with yet." }
        let changed = Set(accuracies.map(\.candidate)).count
        if changed == 0 { return "Over \(runs), no candidate’s accuracy surely changed." }
        return "Over \(runs), the accuracy of \(Numbers.count(changed)) of "
            + "\(Numbers.counted(content.candidates.count, "candidate")) surely changed."
    }

    /// What is not as in the run before, in one line; empty where all is.
    func changes(_ run: HistoryRun) -> String {
        Numbers.list(run.changes.map(Self.text))
    }

    private static func text(_ change: HistoryChange) -> String {
        switch change {
        case .files(let names):
            let shown = names.prefix(3)
            let rest = names.count - shown.count
            return "files (\(Numbers.list(Array(shown) + (rest > 0 ? ["\(Numbers.count(rest)) more"] : []))))"
        case .circumstance(let difference):
            let values =
                difference.base == nil && difference.candidate == nil
                ? "" : " (\(difference.base ?? "not known") → \(difference.candidate ?? "not known"))"
            return name(of: difference) + values
        }
    }

    private static func name(of difference: CircumstanceDifference) -> String {
        switch difference.subject {
        case .status: "how the run ended"
        case .simulated: "simulated or not"
        case .machine: "machine"
        case .nodes: "which machines"
        case .service: "service"
        case .prompts: "prompts of \(Numbers.list(difference.tasks))"
        case .graders: "graders of \(Numbers.list(difference.tasks))"
        case .mixedGraders: "mixed versions of graders of \(Numbers.list(difference.tasks))"
        case .chatTemplate: "chat template"
        case .sampling: "sampling"
        case .engine: "engine"
        case .engineBuild: "engine build"
        case .engineArguments: "engine arguments"
        case .settings: "how the run asks"
        case .rounds: "rounds"
        case .epochs: "epochs"
        case .warmup: "warm-up"
        case .poiseVersion: "Poise"
        }
    }

    static let method =
        "Each run is held against the one before it that measured the candidate, over the samples that both were asked and "
        + "that ask, expect and are graded alike. A change of accuracy is sure where p by Holm’s correction, over all "
        + "candidates and runs of this page, is below 0.05; of a speed, where its paired 95% interval excludes 1, "
        + "which what else the machine did that day can do as well. Speeds of different machines are neither joined by a "
        + "line nor compared."
}
