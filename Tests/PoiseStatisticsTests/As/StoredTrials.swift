import PoiseCore

@testable import PoiseStatistics

/// Trials written out by hand, in milliseconds.
enum StoredTrials {
    static func chunk(
        _ at: Int64, _ kind: Timeline.Kind, _ characters: Int = 0, tokens: Int? = nil, coalesced: Bool = false
    ) -> Timeline.Chunk {
        Timeline.Chunk(
            microseconds: at * 1000, kind: kind, characters: characters, cumulativeTokens: tokens,
            isCoalesced: coalesced)
    }

    static func trial(
        _ chunks: [Timeline.Chunk], tokens: Int?, prompt: Int? = 20, connect: Duration? = nil, isStreamed: Bool = true,
        finish: String? = "length", load: Load = 1, round: Int = 1, attempts: Int = 1, scheduled: Double? = 0,
        delay: Double = 0, done: Double? = nil
    ) -> StoredTrial {
        var report = ServerReport()
        report.completionTokens = tokens
        report.promptTokens = prompt
        let response = Response(
            answer: "text", finishReason: finish, report: report,
            timeline: Timeline(connect: connect, chunks: chunks), isStreamed: isStreamed)
        return StoredTrial(
            run: "r", key: key(load: load, round: round), model: "m", response: response, attempts: attempts,
            queueDelay: delay, scheduled: scheduled,
            timeToDone: done ?? delay + (chunks.last?.milliseconds ?? 0))
    }

    static func failed(scheduled: Double = 0, done: Double, load: Load = 1, round: Int = 1) -> StoredTrial {
        StoredTrial(
            run: "r", key: key(load: load, round: round), model: "m", response: nil,
            failure: StoredTrial.Failure(kind: "timedOut", message: "it took too long"), scheduled: scheduled,
            timeToDone: done)
    }

    static func key(load: Load, round: Int) -> TrialKey {
        TrialKey(candidate: "a", task: "t", sample: "s", epoch: 1, load: load, round: round)
    }

    static func summary(_ tool: ForeignTool, _ trials: [StoredTrial], load: Load = 1) -> ForeignSummary {
        var sample = ForeignSample(tool: tool, candidate: "a", load: load)
        for trial in trials { sample.add(trial) }
        return sample.summary()
    }

    // MARK: - The cases

    /// The role at 10 ms, tokens at 100, 110, 130, 160 ms; finish, usage and `[DONE]` late, at 200 ms.
    static let plain = trial(
        [
            chunk(10, .role), chunk(100, .answer, 3), chunk(110, .answer, 3), chunk(130, .answer, 3),
            chunk(160, .answer, 3), chunk(200, .other), chunk(200, .usage), chunk(200, .done),
        ], tokens: 4)

    /// Two chunks of thinking, then two of the answer.
    static let thinking = trial(
        [
            chunk(10, .role), chunk(50, .reasoning, 5), chunk(70, .reasoning, 5), chunk(100, .answer, 3),
            chunk(140, .answer, 3), chunk(150, .other), chunk(150, .usage), chunk(150, .done),
        ], tokens: 4)

    /// 12 tokens in 3 chunks.
    static let bundled = trial(
        [
            chunk(100, .answer, 9, tokens: 4), chunk(140, .answer, 9, tokens: 8), chunk(210, .answer, 9, tokens: 12),
            chunk(210, .other), chunk(220, .usage), chunk(220, .done),
        ], tokens: 12)

    /// One token and the end.
    static let single = trial(
        [chunk(10, .role), chunk(80, .answer, 2), chunk(81, .other), chunk(81, .usage), chunk(81, .done)], tokens: 1)

    /// Three chunks, of which two came in one read.
    static let coalesced = trial(
        [
            chunk(100, .answer, 2), chunk(150, .answer, 2), chunk(150, .answer, 2, coalesced: true),
            chunk(150, .other, coalesced: true), chunk(160, .usage), chunk(160, .done),
        ], tokens: 3)

    /// It came in one piece after 300 ms.
    static let whole = trial([chunk(300, .answer, 40)], tokens: 10, isStreamed: false)
}
