import PoiseCore
import PoiseRunner
import Testing

@testable import poise

@Suite struct ProgressTests {
    private let start = Instant(nanoseconds: 0)

    private let plan = Self.plan()

    private static func plan(loads: [Load] = [1], settings: RunSettings = RunSettings()) -> Plan {
        Plan(
            name: "p", description: nil,
            candidates: ["a@q4_0", "b@q4_0"].map {
                Candidate(
                    id: $0, model: $0, quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "m")),
                    sampling: SamplingSettings()
                )
            },
            tasks: [
                EvaluationTask(
                    name: "t", graders: [], samples: (0..<100).map { Sample(id: "\($0)", input: .text(""), target: []) }
                )
            ],
            loads: loads, rounds: 2, epochs: 1, warmup: 1, seed: 1, baseline: nil, settings: settings,
            source: Plan.Source(path: "", text: "", digests: [:]))
    }

    private func finished(
        _ candidate: String, _ sample: Int, score: Double?, isWarmup: Bool = false, load: Load = 1
    ) -> RunEvent {
        var report = ServerReport()
        report.completionTokens = 10
        let chunks = (0..<10).map { Timeline.Chunk(microseconds: $0 * 1000, kind: .answer, characters: 1) }
        let response = Response(
            answer: "0123456789", finishReason: "length", report: report, timeline: Timeline(chunks: chunks))
        return .finished(
            Trial(
                key: TrialKey(
                    candidate: candidate, task: "t", sample: "\(sample)", epoch: 1, load: load, round: 1,
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

    @Test func `a level says its load where there are several, and the speed is that level's`() {
        let rate = Load.rate(perSecond: 5, arrivals: .poisson)
        let plan = Self.plan(loads: [1, rate])
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[0], round: 1), now: start)
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        progress.note(.levelBegan(candidate: "a@q4_0", load: 1, round: 1), now: start)
        for sample in 0..<100 { progress.note(finished("a@q4_0", sample, score: 1), now: start) }
        progress.note(.levelBegan(candidate: "a@q4_0", load: rate, round: 1), now: start)
        #expect(
            progress.line(width: 200, now: start + .seconds(10))
                == "a@q4_0 1/2, round 1/2 · load 5/s · 100/200 · 100% right · ~1:10 left")
        progress.note(finished("a@q4_0", 0, score: 1, load: rate), now: start)
        #expect(progress.line(width: 200, now: start).contains("load 5/s · 101/200 · 1,000 tok/s"))
        #expect(progress.summary(of: "a@q4_0") == "a@q4_0, round 1/2 · 101/200 trials · 100% right")
    }

    @Test func `so many requests make the total, and time or precision an upper bound`() {
        let requests = Self.plan(settings: RunSettings(stop: StopCondition(requests: 50)))
        let time = Self.plan(settings: RunSettings(stop: StopCondition(seconds: 10)))
        let lines = [requests, time].map { plan in
            var progress = Progress(plan: plan)
            progress.note(.opening(plan.candidates[0], round: 1), now: start)
            progress.note(.opened(plan.candidates[0], opened()), now: start)
            for sample in 0..<40 { progress.note(finished("a@q4_0", sample, score: nil), now: start) }
            return progress.line(width: 200, now: start + .seconds(4))
        }
        #expect(lines[0] == "a@q4_0 1/2, round 1/2 · 40/50 · 1,000 tok/s · ~0:16 left")
        #expect(lines[1] == "a@q4_0 1/2, round 1/2 · 40/≤100 · 1,000 tok/s · ≤0:36 left")
    }

    @Test func `a level that was stopped takes its other trials out of the total and the time left`() {
        let plan = Self.plan(settings: RunSettings(stop: StopCondition(precision: 0.05)))
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[0], round: 1), now: start)
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        for sample in 0..<20 { progress.note(finished("a@q4_0", sample, score: 1), now: start) }
        let stop = LevelStop(
            candidate: "a@q4_0", load: 1, round: 1, reason: .precision, asked: 20, planned: 100, precision: 0.0412)
        progress.note(.levelStopped(stop), now: start)
        // 300 are left at most, at 20 in 2 s.
        #expect(
            progress.line(width: 200, now: start + .seconds(2))
                == "a@q4_0 1/2, round 1/2 · 20/20 · 1,000 tok/s · 100% right · ≤0:30 left")
        #expect(progress.summary(of: "a@q4_0") == "a@q4_0, round 1/2 · 20/20 trials · 1,000 tok/s · 100% right")
        #expect(
            ProgressDisplay.text(of: stop)
                == "a@q4_0, load 1: the speed is known as precisely as asked for (±4.1%), after 20 of 100 trials")
    }

    @Test func `candidates at once each have their own count, and the line still fits`() {
        let plan = Self.plan(settings: RunSettings(candidatesAtOnce: 2))
        var progress = Progress(plan: plan)
        for candidate in plan.candidates { progress.note(.opening(candidate, round: 1), now: start) }
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        for sample in 0..<30 { progress.note(finished("a@q4_0", sample, score: 1), now: start) }
        let now = start + .seconds(3)
        #expect(
            progress.line(width: 200, now: now)
                == "2 candidates, round 1/2 · a@q4_0 30/100 1,000 tok/s · b@q4_0 starting · ~0:37 left")
        #expect(
            progress.line(width: 79, now: now)
                == "2 candidates, round 1/2 · a@q4_0 30/100 · b@q4_0 starting · ~0:37 left")
        progress.note(.closed(candidate: "a@q4_0", round: 1), now: now)
        #expect(progress.openCandidates == ["b@q4_0"])
        #expect(progress.line(width: 200, now: now).hasPrefix("b@q4_0 2/2, round 1/2 · starting the engine"))
    }

    @Test func `a server that cannot keep up is a warning, and so many requests are no news`() {
        func text(_ reason: LevelStop.Reason) -> String? {
            ProgressDisplay.text(
                of: LevelStop(
                    candidate: "a", load: .rate(perSecond: 500, arrivals: .constant), round: 1, reason: reason,
                    asked: 9,
                    planned: 10, inFlight: 7))
        }
        #expect(text(.requests) == nil)
        #expect(text(.time) == "a, load 500/s constant: its time was over, after 9 of 10 trials")
        #expect(
            text(.overload)
                == "warning: a, load 500/s constant: the server cannot keep up: 7 requests were in flight at once;"
                + " the rest of this level is left out")
    }

    @Test func `where the width is short, the time left stays`() {
        var progress = Progress(plan: plan)
        progress.note(.opening(plan.candidates[0], round: 1), now: start)
        progress.note(.opened(plan.candidates[0], opened()), now: start)
        for sample in 0..<40 { progress.note(finished("a@q4_0", sample, score: 1), now: start) }
        let now = start + .seconds(4)
        #expect(progress.line(width: 50, now: now) == "a@q4_0 1/2, round 1/2 · 40/100 · ~0:36 left")
        #expect(progress.line(width: 37, now: now) == "a@q4_0 1/2, round 1/2 · ~0:36 left")
    }
}
