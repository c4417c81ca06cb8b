import PoiseCore

/// Why a verdict is what it is, and what puts a gate in doubt, as clauses without a full stop.
enum GateReasonWords {
    static func text(_ reason: GateReason) -> String {
        switch reason {
        case .noBaseline: "no baseline is named: add baseline to the suite, or --baseline"
        case .notMeasured(.candidate): "the candidate was not measured at this load"
        case .notMeasured(.baseline): "the baseline was not measured at this load"
        case .taskNotAsked(let task): "the task \(task) was not asked of both"
        case .noCommonSamples(let changed) where changed > 0:
            "there are no common samples: \(Numbers.counted(changed, "sample")) of the same name ask or expect"
                + " something else in the baseline"
        case .noCommonSamples: "there are no common samples"
        case .allFailed(let side, let trials):
            "all \(Numbers.counted(trials, "trial")) of \(name(side)) failed, so that nothing is known"
        case .allUnscored(let side, let trials):
            "none of the \(Numbers.counted(trials, "trial")) of \(name(side)) has a score"
        case .undefined(let side): "\(name(side)) has no such number: nothing that it is made of was recorded"
        case .baselineIsZero: "the baseline's number is 0, of which there are no multiples"
        case .otherCurrency(let baseline, let candidate):
            "costs in two currencies are not compared: the baseline's are in \(baseline), the candidate's in \(candidate)"
        case .singleSample: "a single sample says nothing of how much the number varies"
        case .tooFewSamples(let n, let least):
            "\(Numbers.counted(n, "sample")) are too few: an interval of this number takes at least"
                + " \(Numbers.count(least))"
        case .noSpread: "all samples say the same, so that nothing is known of how much the number varies"
        case .otherGraders(let tasks):
            "the \(tasks.count == 1 ? "task" : "tasks") \(Numbers.list(tasks)) \(tasks.count == 1 ? "was" : "were") not"
                + " graded by the same graders on both sides; poise grade makes them alike"
        case .otherMachine(let baseline, let candidate):
            "speeds and memory of different machines are not compared: the baseline's is \(baseline), the candidate's"
                + " \(candidate)"
        case .otherService(let baseline, let candidate):
            "speeds and memory of different services are not compared: the baseline's is \(baseline ?? "this machine"), the"
                + " candidate's \(candidate ?? "this machine")"
        case .simulatedAgainstReal: "one side is simulated"
        case .missingScores(let candidate, let baseline, let all):
            "of \(Numbers.counted(all, "common sample")), \(Numbers.count(candidate)) have no score on the candidate's"
                + " side only, and \(Numbers.count(baseline)) on the baseline's only; they are left out"
        case .missingScoresCouldHideALoss:
            "it would pass without them, and would not if the candidate's missing answers were wrong: mend the"
                + " failures, or gate them (failed, unscored)"
        case .tooFewWindows(let least):
            "a single window has no interval: measure at least \(Numbers.counted(least, "round"))"
        case .unscoredTrials(let count, let all):
            "\(Numbers.count(count)) of the candidate's \(Numbers.counted(all, "trial")) have no score and are left out"
        case .failedTrials(let count, let all):
            "\(Numbers.count(count)) of the candidate's \(Numbers.counted(all, "trial")) failed and bring no such number"
        case .unknownEnds(let count, let all):
            "\(Numbers.count(count)) of the candidate's \(Numbers.counted(all, "response")) do not say why they ended and"
                + " are left out"
        case .unknownEndsCouldHideALoss:
            "it would pass without them, and would not if the length cap had cut them"
        case .unasked(let side, let count, let all):
            "\(Numbers.count(count)) of \(Numbers.counted(all, "planned sample")) \(count == 1 ? "was" : "were") never"
                + " asked of \(name(side)): what was asked may not stand for the rest"
        case .failsOnlyAlone(let rules):
            "it would fail alone; among \(Numbers.counted(rules, "verdict")) at once it may be chance (Holm's"
                + " correction)"
        case .asItStands: "the number has no interval and is compared as it stands"
        case .counted(let count, let all):
            "\(Numbers.count(count)) of \(Numbers.counted(all, "trial")): a rule that allows none counts what occurred"
        }
    }

    private static func name(_ side: GateReason.Side) -> String {
        side == .candidate ? "the candidate" : "the baseline"
    }

    // MARK: - Warnings

    static func text(_ warning: GateWarning) -> String {
        switch warning {
        case .differs(let candidate, let difference): "\(candidate): \(words(of: difference))"
        case .changedSamples(let candidate, let count):
            "\(candidate): \(Numbers.counted(count, "sample")) ask or expect something else in the baseline and are"
                + " left out"
        case .oneSided(let candidate, let own, let others):
            "\(candidate): samples that only one side was asked are left out (\(Numbers.count(own)) of the"
                + " candidate's, \(Numbers.count(others)) of the baseline's)"
        case .otherRun(let candidate, let run):
            "\(candidate): its speeds are held against those of run \(run); the intervals do not hold how much the"
                + " machine drifts from run to run"
        case .problem(let candidate, let reason): "\(candidate.isEmpty ? "the run" : candidate): \(reason)"
        case .rulesLeftOut(let count, let load):
            "\(Numbers.counted(count, "rule")) of load \(load) left out by --load"
        case .notDone(let run, let status): "run \(run) did not come to its end: it is \(status.rawValue)"
        case .unasked(let candidate, let load, let count, let all):
            "\(candidate): \(Numbers.count(count)) of \(Numbers.counted(all, "planned sample")) never asked at load"
                + " \(load)"
        }
    }

    private static func words(of difference: CircumstanceDifference) -> String {
        let tasks = difference.tasks.isEmpty ? "" : " of \(Numbers.list(difference.tasks))"
        let sides =
            switch (difference.base, difference.candidate) {
            case (nil, nil): "differs from the baseline's"
            case (let base?, let candidate) where base == candidate: "is \(base) on both sides"
            case (let base, let candidate): "is \(candidate ?? "not known"), the baseline's \(base ?? "not known")"
            }
        return "\(name(of: difference.subject))\(tasks) \(sides)"
    }

    private static func name(of subject: CircumstanceDifference.Subject) -> String {
        switch subject {
        case .status: "the run's end"
        case .simulated: "the kind of endpoint"
        case .machine: "the machine"
        case .nodes: "which machines measured it"
        case .service: "the service"
        case .prompts: "the prompt"
        case .graders: "the grader"
        case .mixedGraders: "the mixture of graders"
        case .chatTemplate: "the chat template"
        case .sampling: "the sampling"
        case .engine: "the engine"
        case .engineBuild: "the engine's build"
        case .engineArguments: "what the engine was started with"
        case .settings: "how requests were sent"
        case .rounds: "the number of rounds"
        case .epochs: "the number of epochs"
        case .warmup: "the warm-up"
        case .poiseVersion: "the version of Poise"
        }
    }
}
