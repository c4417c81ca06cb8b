/// What shapes one response, as one digest: equal keys mean the same request to the same source for the same trial.
///
/// SHA-256 (FIPS 180-4) of the source, the candidate and its quantization, the trial's place (task, sample, epoch, load and
/// round: a repeat is a draw of its own, so no two trials of a run have one key) and the request's body as it is sent:
/// model, messages, tools, every sampling setting. Of a chain, the body of its first request and its script: what each turn
/// asks and what tools answer. Targets and graders are no part of it: what is taken over is graded anew.
package struct ResponseKey: Hashable, Sendable {
    /// 32 of them.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Of other ways to take down a key, and of other ways to lead a chain.
    private static let version = "1"

    /// - Parameters:
    ///   - request: the body of the first request.
    ///   - script: empty where the trial is one request.
    package init(
        source: ResponseSource, candidate: Candidate, trial: TrialKey, request: [UInt8], script: ChainScript?
    ) {
        var text = LabelledBytes()
        text.add("version", Self.version)
        text.add("source", source.digest)
        text.add("candidate", candidate.id)
        text.add("model", candidate.model)
        text.add(candidate.quantization == nil ? "no quantization" : "quantization", candidate.quantization ?? "")
        text.add("task", trial.task)
        text.add("sample", trial.sample)
        text.add("epoch", "\(trial.epoch)")
        text.add("load", trial.load.description)
        text.add("round", "\(trial.round)")
        text.add("request", request)
        if let script { text.add("script", script.bytes) }
        bytes = SHA256Digest.bytes(of: text.bytes)
    }
}

/// What a chain's turns ask and its tools answer, without what grades it.
package struct ChainScript: Hashable, Sendable {
    let bytes: [UInt8]

    /// Nil where the sample is one question.
    package init?(_ sample: Sample, of task: EvaluationTask) {
        guard !sample.turns.isEmpty else { return nil }
        var text = LabelledBytes()
        for (turn, messages) in zip(sample.turns, task.messagesOfTurns(of: sample)) {
            text.add("turn", "")
            for message in messages {
                text.add("role", message.role)
                text.add("content", message.content)
            }
            for result in turn.toolResults {
                text.add("tool", result.name)
                if let arguments = result.arguments { text.add("arguments", arguments.text) }
                text.add("answer", result.content)
            }
        }
        bytes = text.bytes
    }
}
