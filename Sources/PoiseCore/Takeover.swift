/// What of a run stays true under another suite, so that a fork of it need not ask for it again. Pure.
package struct Takeover: Hashable, Sendable {
    /// Candidates that are defined as they were, prices left out.
    package private(set) var candidates: Set<String> = []
    /// By task, the samples that are asked and graded as they were.
    package private(set) var samples: [String: Set<String>] = [:]
    package private(set) var loads: Set<Load> = []
    package private(set) var rounds = 0
    package private(set) var epochs = 0
    /// Whether a level that is taken over is the old one with all that was asked in it. Where some of it is left out, what
    /// is left was under way in a time that is not its own.
    package private(set) var hasWholeLevels = false
    /// Whether levels that a stop condition ended stay so.
    package private(set) var keepsStops = false
    /// Why nothing is taken over; nil where something may be.
    package private(set) var obstacle: String?

    /// - Parameters:
    ///   - isSameMachine: whether speeds of both may stand side by side.
    ///   - isGradedAnew: whether the old run's scores are no longer those of its suite.
    package init(from old: Plan, to new: Plan, isSameMachine: Bool, isGradedAnew: Bool) {
        let (one, other) = (old.settings, new.settings)
        let asksAlike =
            one.hasUniquePrefix == other.hasUniquePrefix && one.candidatesAtOnce == other.candidatesAtOnce
            && one.limits == other.limits
        obstacle =
            if !isSameMachine {
                "it was made on another machine"
            } else if isGradedAnew {
                "it was graded anew with graders of another suite"
            } else {
                asksAlike ? nil : "its requests were made in another way (prefix, candidates at once or limits)"
            }
        if obstacle != nil { return }
        let known = Dictionary(old.candidates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        candidates = Set(new.candidates.filter { known[$0.id].map($0.answersAs) ?? false }.map(\.id))
        for task in new.tasks {
            guard let before = old.tasks.first(where: { $0.name == task.name }), before.prompt == task.prompt,
                before.maxTokens == task.maxTokens,
                before.graders.map({ $0.version(judges: old.judges) })
                    == task.graders.map({ $0.version(judges: new.judges) })
            else { continue }
            let asked = Dictionary(before.samples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            samples[task.name] = Set(task.samples.filter { asked[$0.id] == $0 }.map(\.id))
        }
        loads = Set(old.loads).intersection(new.loads)
        rounds = min(old.rounds, new.rounds)
        epochs = min(max(1, old.epochs), max(1, new.epochs))
        hasWholeLevels =
            max(1, old.epochs) <= max(1, new.epochs)
            && old.tasks.allSatisfy { samples[$0.name]?.count == $0.samples.count }
        keepsStops = hasWholeLevels && one.stop == other.stop && old.trialsPerPass == new.trialsPerPass
    }

    package func takes(_ key: TrialKey) -> Bool {
        obstacle == nil && candidates.contains(key.candidate) && samples[key.task]?.contains(key.sample) == true
            && loads.contains(key.load) && key.round <= rounds && key.epoch <= epochs && !key.isWarmup
    }
}

extension Candidate {
    /// Whether the same is asked in the same way; what it costs is no part of that.
    fileprivate func answersAs(_ other: Candidate) -> Bool {
        id == other.id && model == other.model && quantization == other.quantization && serving == other.serving
            && sampling == other.sampling
    }
}
