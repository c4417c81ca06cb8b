import PoiseCore
import PoiseReport
import PoiseStore

/// What a reader must know before believing a run's numbers: whole sentences, the gravest first.
enum Warnings {
    /// - Parameter streams: about how many requests are under way at each load, where known.
    static func about(_ run: MeasuredRun, streams: [Load: Int] = [:]) -> [String] {
        ofTheRun(run) + CacheWarnings.about(run) + PartWarnings.about(run)
            + GradingWarnings.about(run.versions, run: run.record.id)
            + EarlyEnds.warnings(about: run) + LoadShortfalls.warnings(about: run.shortfalls, in: run.plan)
            + ofCandidates(run) + ofWatching(run.record) + ofAsking(run.plan.settings)
            + ofTheMachine(run.record.machine) + NodeWarnings.about(run) + ClientWarnings.about(run, streams: streams)
    }

    private static func ofTheRun(_ run: MeasuredRun) -> [String] {
        var warnings: [String] = []
        if run.engines.values.contains(where: \.isSimulated) {
            warnings.append("Some responses come from a simulated endpoint; they say nothing about a model.")
        }
        for (candidate, engine) in run.engines.sorted(by: { $0.key < $1.key })
        where engine.details?.repeatsKey == true { warnings.append(repeatedKey(by: candidate)) }
        if let limit = run.plan.limit {
            warnings.append(
                "At most \(limit) samples of each task were asked, drawn at random by seed \(run.plan.seed).")
        }
        switch run.record.status {
        case .running: warnings.append("The run is under way, or ended without a word; these are its trials so far.")
        case .interrupted:
            warnings.append(
                "The run was interrupted after \(run.trials.count) of \(run.plan.trialCount) trials.")
        case .incomplete, .done: break
        }
        if let grading = run.grading {
            warnings.append(
                "Responses were graded anew with \(SharedPath.shown(grading.suite)) at \(grading.gradedAt); those to samples that it does not"
                    + " have, or asks otherwise, keep their first scores.")
        }
        for problem in run.problems {
            let reason = problem.reason.split(separator: "\n").first.map(String.init) ?? problem.reason
            warnings.append(
                problem.candidate == RunStore.wholeRun
                    ? "The run broke off, and trials are missing: \(reason)."
                    : "\(problem.candidate) was not run to its end: \(reason).")
        }
        return warnings
    }

    /// In what a server said to requests that carried a key.
    static func repeatedKey(by name: String) -> String {
        "\(name): its server repeats the key of its requests in what it answers, where it stands as"
            + " \(Secrets.replacement) now; who reads its logs may find the key."
    }

    private static func ofCandidates(_ run: MeasuredRun) -> [String] {
        run.plan.candidates.flatMap { candidate in
            run.responses[candidate.id].map { of($0, candidate: candidate.id) } ?? []
        }
    }

    private static func of(_ facts: ResponseFacts, candidate: String) -> [String] {
        var warnings: [String] = []
        if facts.failed > 0 {
            let kinds = facts.failures.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
            warnings.append(
                "\(candidate): \(facts.failed) requests failed (\(kinds.joined(separator: ", "))); they have no"
                    + " score and no speed.")
        }
        if let share = facts.lengthCappedShare, share >= 0.05 {
            warnings.append(
                "\(candidate): \(facts.lengthCapped) of \(facts.responses) responses met the length cap and are"
                    + " cut.")
        }
        if let share = facts.cachedShare, share >= 0.05 {
            warnings.append(
                "\(candidate): \(percent(share)) of the prompt tokens came from the server's"
                    + " cache, which shortens the time to the first token.")
        }
        if let share = facts.coalescedShare, share >= 0.2 {
            warnings.append(
                "\(candidate): \(percent(share)) of the chunks came in one network read with the chunk before, so that"
                    + " gaps between chunks are gaps between reads.")
        }
        return warnings
    }

    /// What made the page took caches and memory bandwidth from what was measured, however low its priority.
    private static func ofWatching(_ record: RunRecord) -> [String] {
        guard record.command.split(separator: " ").contains("--watch") else { return [] }
        return ["The live page was served while this run was measured, by a process of the lowest priority."]
    }

    private static func ofAsking(_ settings: RunSettings) -> [String] {
        var warnings: [String] = []
        if settings.hasUniquePrefix {
            warnings.append(
                "Each request began with words of its own, against prompt caches; they are part of the prompt and can"
                    + " change answers.")
        }
        if settings.candidatesAtOnce > 1 {
            warnings.append(
                "Up to \(settings.candidatesAtOnce) candidates were asked at once: they shared the client and the network."
            )
        }
        return warnings
    }

    private static func ofTheMachine(_ machine: MachineFacts) -> [String] {
        var warnings = machine.cautions.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
        let governors = machine.frequency?.governors ?? []
        let moving = governors.filter {
            ["powersave", "ondemand", "conservative", "schedutil", "interactive"].contains($0)
        }
        if !moving.isEmpty {
            warnings.append(
                "The processor's clock follows the load (governor \(Numbers.list(moving))), and speeds move with it;"
                    + " the governor performance holds it.")
        }
        return warnings
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
