import PoiseCore
import PoiseRunner
import Testing

@testable import poise

@Suite struct ProgressTests {
    private let start = Instant(nanoseconds: 0)

    private let plan = Plan(
        name: "p", description: nil,
        candidates: ["a@q4_0", "b@q4_0"].map {
            Candidate(
                id: $0, model: $0, quantization: nil,
                serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "m")), sampling: SamplingSettings()
            )
        },
        tasks: [
            EvaluationTask(
                name: "t", graders: [], samples: (0..<100).map { Sample(id: "\($0)", input: .text(""), target: []) })
        ],
        loads: [1], rounds: 2, epochs: 1, warmup: 1, seed: 1, baseline: nil,
        source: Plan.Source(path: "", text: "", digests: [:]))

    private func finished(_ candidate: String, _ sample: Int, score: Double?, isWarmup: Bool = false) -> RunEvent {
        var report = ServerReport()
        report.completionTokens = 10
        let chunks = (0..<10).map { Timeline.Chunk(microseconds: $0 * 1000, kind: .answer, characters: 1) }
        let response = Response(
            answer: "0123456789", finishReason: "length", report: report, timeline: Timeline(chunks: chunks))
        return .finished(
            Trial(
                key: TrialKey(
                    candidate: candidate, task: "t", sample: "\(sample)", epoch: 1, load: 1, round: 1,
                    isWarmup: isWarmup),
                attempts: [Attempt(request: "", outcome: .responded(response))], timeToDone: .milliseconds(10),
                scores: score.map {
                    [GraderScore(grader: "g", score: .scored(value: $0, answer: "", explanation: ""))]
                } ?? []))
    }

    private func opened() -> EngineFacts {
        EngineFacts(engine: "e", build: nil, arguments: [], loadTime: nil, modelFile: nil)
    }

    @Test func `the line says which candidate, how far, how fast, how right and how long still`() {
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[0], round: 1), now: start)
        #expect(progress.line(width: 200, now: start) == "a@q4_0 1/2, round 1/2 · starting the engine")
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        progress.note(finished("a@q4_0", 0, score: 1, isWarmup: true), now: start)
        #expect(progress.line(width: 200, now: start).hasSuffix("warming up"))
        for sample in 0..<40 { progress.note(finished("a@q4_0", sample, score: sample % 4 == 0 ? 0 : 1), now: start) }
        // 40 of 400 trials in 4 s: 36 s for the rest.
        let line = progress.line(width: 200, now: start + .seconds(4))
        #expect(line == "a@q4_0 1/2, round 1/2 · 40/100 · 1,000 tok/s · 75% right · ~0:36 left")
    }

    @Test(arguments: [10, 30, 50, 79])
    func `the line never passes the width`(width: Int) {
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[1], round: 2), now: start)
        progress.note(.opened(plan.candidates[1], opened()), now: start)
        for sample in 0..<50 { progress.note(finished("b@q4_0", sample, score: nil), now: start) }
        #expect(progress.line(width: width, now: start + .seconds(9)).count <= width)
    }

    @Test func `a candidate that is given up takes its later trials out of the time left`() {
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[0], round: 1), now: start)
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        for sample in 0..<50 { progress.note(finished("a@q4_0", sample, score: 1), now: start) }
        progress.note(.stopped(candidate: "a@q4_0", reason: "it died"), now: start)
        // 200 of b's trials are left, at 50 in 5 s.
        #expect(progress.line(width: 200, now: start + .seconds(5)).hasSuffix("~0:20 left"))
    }

    @Test func `numbers are grouped as people read them`() {
        #expect(Progress.grouped(12345.6) == "12,346")
        #expect(Progress.grouped(999.9) == "1,000")
        #expect(Progress.grouped(9.87) == "9.9")
        #expect(Progress.clock(59.4) == "0:59")
        #expect(Progress.clock(3725) == "1:02:05")
    }
}
