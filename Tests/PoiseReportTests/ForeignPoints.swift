import PoiseCore

/// Points and trials in another tool's words, small enough to be read.
enum ForeignPoints {
    static let points = [
        point("tiny@q4_0", load: 4, ttft: 12.5, throughput: 1234.5, failed: 0),
        point("tiny@f16", load: 4, ttft: 25, throughput: nil, failed: 2),
        point("tiny@q4_0", load: 8, ttft: nil, throughput: 2000.25, failed: 0),
    ]

    static func point(
        _ candidate: String, load: Load, ttft: Double?, throughput: Double?, failed: Double
    ) -> ForeignSummary {
        ForeignSummary(
            tool: .vllm, candidate: candidate, load: load,
            metrics: [
                ForeignMetric("failed", "failed", failed, priority: failed > 0 ? 2 : 10),
                ForeignMetric("output_throughput", "output tok/s", throughput, priority: 1),
                ForeignMetric("mean_ttft_ms", "mean TTFT ms", ttft, priority: 4),
                ForeignMetric("median_ttft_ms", "median TTFT ms", ttft.map { $0 / 2 }, priority: 0),
                ForeignMetric("std_ttft_ms", "std TTFT ms", 0.25),
            ], notes: ["It counts tokens otherwise."])
    }

    static let key = TrialKey(
        candidate: "tiny@q4_0", task: "add", sample: "add-1", epoch: 1, load: .rate(perSecond: 5, arrivals: .poisson),
        round: 2)

    /// The role at 1.5 ms, thinking at 10, the answer at 20 and 50, all told at 60.
    static let completed: StoredTrial = {
        var report = ServerReport()
        report.promptTokens = 20
        report.completionTokens = 3
        report.cachedTokens = 4
        report.reasoningTokens = 1
        let chunks: [Timeline.Chunk] = [
            Timeline.Chunk(microseconds: 1500, kind: .role, characters: 0),
            Timeline.Chunk(microseconds: 10_000, kind: .reasoning, characters: 4, cumulativeTokens: 1),
            Timeline.Chunk(microseconds: 20_000, kind: .answer, characters: 2),
            Timeline.Chunk(microseconds: 50_000, kind: .answer, characters: 3, isCoalesced: true),
            Timeline.Chunk(microseconds: 60_000, kind: .usage, characters: 0),
            Timeline.Chunk(microseconds: 60_000, kind: .done, characters: 0, isCoalesced: true),
        ]
        return StoredTrial(
            run: "r", key: key, model: "tiny", quantization: "q4_0",
            response: Response(
                answer: "4, \"four\"", reasoning: "2+2?", finishReason: "length", report: report,
                timeline: Timeline(chunks: chunks)),
            score: 1, queueDelay: 2.5, scheduled: 1000, timeToDone: 62.5)
    }()

    static let failed = StoredTrial(
        run: "r", key: key, model: "tiny", quantization: "q4_0", response: nil,
        failure: StoredTrial.Failure(kind: "timedOut", message: "it took\ntoo long"), attempts: 1, queueDelay: 0,
        scheduled: nil, timeToDone: 500)

    /// What vLLM's definitions give for `completed`.
    static let own: ForeignTrial = {
        var trial = ForeignTrial()
        trial.isSuccess = true
        trial.inputTokens = 20
        trial.outputTokens = 3
        trial.ttft = 10
        trial.ttfo = 20
        trial.latency = 50
        trial.itl = 20
        trial.gaps = [10_000, 30_000]
        return trial
    }()
}
