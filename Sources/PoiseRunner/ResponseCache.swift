package import PoiseCore

/// Responses that earlier runs generated, by what shaped them.
package protocol ResponseCache: Sendable {
    /// Those of some keys that are there; what cannot be read back is not.
    func responses(for keys: [ResponseKey]) async throws -> [ResponseKey: CachedResponse]
}

/// Where a candidate's responses come from, as it is known before the candidate is opened.
package struct KnownSource: Sendable {
    package let source: ResponseSource
    /// What is kept of the engine where nothing has to be asked, so that it is never opened.
    package let facts: EngineFacts
    /// The body that a request would have; nil where it cannot be written.
    package let body: @Sendable (ChatPrompt, SamplingSettings) -> [UInt8]?

    package init(
        source: ResponseSource, facts: EngineFacts, body: @escaping @Sendable (ChatPrompt, SamplingSettings) -> [UInt8]?
    ) {
        self.source = source
        self.facts = facts
        self.body = body
    }
}

extension CandidateHost {
    /// A host that cannot tell; its responses are never taken over.
    package func source(of candidate: Candidate, slots: Int) async -> KnownSource? { nil }
}

/// Makes the keys of one candidate's responses.
struct ResponseKeys: Sendable {
    let candidate: Candidate
    let plan: Plan
    let known: KnownSource

    /// - Returns: nil where the request cannot be written; and of warm-ups, which are no draws that anybody counts.
    func key(of item: TrialOrder.Item, _ trial: TrialKey) -> ResponseKey? {
        let task = plan.tasks[item.task]
        let sample = task.samples[item.sample]
        let prompt =
            sample.turns.isEmpty
            ? ChatPrompt(task.messages(for: sample), tools: sample.tools) : Conversation(sample, of: task).prompt
        guard !trial.isWarmup, let body = known.body(prompt, candidate.sampling(of: task, epoch: item.epoch)) else {
            return nil
        }
        return ResponseKey(
            source: known.source, candidate: candidate, trial: trial, request: body,
            script: ChainScript(sample, of: task))
    }
}

extension Candidate {
    /// The task's length cap stands before the candidate's; each epoch draws with a seed of its own.
    func sampling(of task: EvaluationTask, epoch: Int) -> SamplingSettings {
        var own = sampling
        own.maxTokens = task.maxTokens ?? own.maxTokens
        own.seed = own.seed.map { $0 &+ (epoch - 1) }
        return own
    }
}

extension Plan {
    /// Which trial an item of the order is.
    func key(of item: TrialOrder.Item, candidate: String, load: Load, round: Int, isWarmup: Bool = false) -> TrialKey {
        let task = tasks[item.task]
        return TrialKey(
            candidate: candidate, task: task.name, sample: task.samples[item.sample].id, epoch: item.epoch, load: load,
            round: round, isWarmup: isWarmup)
    }
}
