import PoiseCore
import PoiseStore
import Testing

@testable import poise

@Suite struct WarningsTests {
    private func warnings(
        _ status: RunRecord.Status = .done, limit: Int? = nil, facts: ResponseFacts = ResponseFacts(responses: 100),
        isSimulated: Bool = false, problems: [(candidate: String, reason: String)] = [],
        settings: RunSettings = RunSettings(), machine: MachineFacts = MeasuredRuns.machine
    ) -> [String] {
        var run = MeasuredRuns.run(
            "r", status: status, machine: machine,
            plan: MeasuredRuns.plan(candidates: ["m"], samples: 1, rounds: 3, limit: limit, settings: settings))
        run.responses = ["m": facts]
        run.engines = [
            "m": EngineFacts(
                engine: "e", build: nil, arguments: [], loadTime: nil, modelFile: nil, isSimulated: isSimulated)
        ]
        run.problems = problems
        return Warnings.about(run)
    }

    @Test func `a run without trouble has no warning`() {
        #expect(warnings().isEmpty)
    }

    @Test func `a run that was watched says so, and a suite of that name does not`() {
        let about = { (command: String) in
            var run = MeasuredRuns.run(
                "r", plan: MeasuredRuns.plan(candidates: ["m"], samples: 1, rounds: 3), command: command)
            run.responses = ["m": ResponseFacts(responses: 100)]
            return Warnings.about(run)
        }
        #expect(
            about("poise run s.yaml --watch --watch-port 4000") == [
                "The live page was served while this run was measured, by a process of the lowest priority."
            ])
        #expect(about("poise run my--watch.yaml").isEmpty)
    }

    @Test func `a run that did not end says how far it came`() {
        #expect(warnings(.interrupted) == ["The run was interrupted after 3 of 3 trials."])
        #expect(warnings(.running).count == 1)
    }

    @Test func `simulated responses are said first`() {
        #expect(warnings(.interrupted, isSimulated: true).first?.contains("simulated") == true)
    }

    @Test func `a subset is said with its seed`() {
        #expect(warnings(limit: 5).first?.contains("At most 5 samples") == true)
        #expect(warnings(limit: 5).first?.contains("seed 9") == true)
    }

    @Test func `a candidate that was given up is named with the first line of the reason`() {
        #expect(
            warnings(.incomplete, problems: [("m", "it crashed\n  see the log")])
                == ["m was not run to its end: it crashed."])
    }

    @Test func `beside a private task, a reason keeps to what no server said`() {
        var run = MeasuredRuns.run(
            "r", status: .incomplete, plan: MeasuredRuns.plan(candidates: ["m"], samples: 1, rounds: 1))
        run.problems = [("m", "http://host:1/v1 answered 400: no zebras\n  ask again")]
        #expect(Warnings.about(run).contains("m was not run to its end: http://host:1/v1 answered 400: no zebras."))
        // Another run of the report holds the task private.
        #expect(
            Warnings.about(run.hiding(["t"])).contains("m was not run to its end: http://host:1/v1 answered 400."))
        #expect(run.hiding(["t"]).privateTasks == ["t"])
    }

    @Test func `failures, cut responses and cached prompts are counted`() {
        let facts = ResponseFacts(
            responses: 100, lengthCapped: 5, promptTokens: 1000, cachedPromptTokens: 500,
            failures: ["timedOut": 2, "brokenOff": 1])
        let said = warnings(facts: facts)
        #expect(said.contains { $0.contains("3 requests failed (1 × brokenOff, 2 × timedOut)") })
        #expect(said.contains { $0.contains("5 of 100 responses met the length cap") })
        #expect(said.contains { $0.contains("50% of the prompt tokens") })
    }

    @Test func `a few cut responses or cached tokens are no warning`() {
        #expect(
            warnings(
                facts: ResponseFacts(responses: 100, lengthCapped: 4, promptTokens: 1000, cachedPromptTokens: 10)
            ).isEmpty)
    }

    @Test func `chunks that share reads are said from a fifth on`() {
        let few = ResponseFacts(responses: 10, chunks: 100, coalescedChunks: 19)
        #expect(warnings(facts: few).isEmpty)
        let many = ResponseFacts(responses: 10, chunks: 100, coalescedChunks: 34)
        #expect(
            warnings(facts: many) == [
                "m: 34% of the chunks came in one network read with the chunk before, so that gaps between chunks are gaps"
                    + " between reads."
            ])
    }

    @Test func `what changes the prompt or shares the network is said`() {
        let said = warnings(settings: RunSettings(hasUniquePrefix: true, candidatesAtOnce: 3))
        #expect(said.count == 2)
        #expect(said[0].contains("words of its own, against prompt caches"))
        #expect(said[1] == "Up to 3 candidates were asked at once: they shared the client and the network.")
    }

    @Test func `a machine on battery or with a moving clock is said`() {
        let machine = MachineFacts(
            processor: "p", cores: 2, memory: 1, system: "s",
            frequency: FrequencyFacts(governors: ["powersave"], driver: "intel_pstate", boost: true),
            power: PowerFacts(source: .battery, profile: nil))
        let said = warnings(machine: machine)
        #expect(said.count == 2)
        #expect(said[0].hasPrefix("The machine ran on battery"))
        #expect(said[1].contains("follows the load (governor powersave), and speeds move with it"))
        let still = MachineFacts(
            processor: "p", cores: 2, memory: 1, system: "s",
            frequency: FrequencyFacts(governors: ["performance"], driver: nil, boost: nil),
            power: PowerFacts(source: .mains, profile: nil))
        #expect(warnings(machine: still).isEmpty)
    }
}
