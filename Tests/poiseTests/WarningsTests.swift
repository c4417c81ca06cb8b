import PoiseCore
import Testing

@testable import poise

@Suite struct WarningsTests {
    private func run(_ status: RunRecord.Status) -> RunRecord {
        RunRecord(
            id: "r", suite: "s", startedAt: "", endedAt: nil, status: status, seed: 1,
            machine: MachineFacts(processor: "", cores: 1, memory: 1, system: ""), poiseVersion: "", command: "")
    }

    private func plan(limit: Int? = nil) -> Plan {
        Plan(
            name: "s", description: nil,
            candidates: [
                Candidate(
                    id: "m", model: "m", quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "m")),
                    sampling: SamplingSettings())
            ],
            tasks: [
                EvaluationTask(name: "t", graders: [], samples: [Sample(id: "1", input: .text(""), target: [])])
            ],
            loads: [1], rounds: 3, epochs: 1, warmup: 0, seed: 9, limit: limit, baseline: nil,
            source: Plan.Source(path: "", text: "", digests: [:]))
    }

    private func warnings(
        _ status: RunRecord.Status = .done, limit: Int? = nil, facts: ResponseFacts = ResponseFacts(responses: 100),
        isSimulated: Bool = false, problems: [(candidate: String, reason: String)] = []
    ) -> [String] {
        Warnings.about(
            run: run(status), plan: plan(limit: limit), responses: ["m": facts],
            engines: [
                "m": EngineFacts(
                    engine: "e", build: nil, arguments: [], loadTime: nil, modelFile: nil, isSimulated: isSimulated)
            ], problems: problems, trials: 2)
    }

    @Test func `a run without trouble has no warning`() {
        #expect(warnings().isEmpty)
    }

    @Test func `a run that did not end says how far it came`() {
        #expect(warnings(.interrupted) == ["The run was interrupted after 2 of 3 trials."])
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
}
