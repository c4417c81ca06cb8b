import PoiseCore
import Testing

@Suite struct PlanDifferenceTests {
    static func candidate(_ id: String = "m@q4_0", temperature: Double = 0, url: String = "http://127.0.0.1:1/v1")
        -> Candidate
    {
        Candidate(
            id: id, model: "m", quantization: "q4_0",
            serving: .endpoint(
                Endpoint(
                    baseURL: url, model: "m",
                    connection: ConnectionSettings(headers: ["X-Team": temperature == 0 ? "red" : "blue"]))),
            sampling: SamplingSettings(temperature: temperature))
    }

    static func task(
        _ name: String = "words", samples: [Sample] = (1...6).map { Self.sample($0) }, prompt: String = "{input}",
        check: String = "exact"
    ) -> EvaluationTask {
        EvaluationTask(
            name: name, graders: [.check(CheckDefinition(name: check))], samples: samples, prompt: .text(prompt))
    }

    static func sample(_ number: Int, _ text: String = "secret text") -> Sample {
        Sample(id: "w\(number)", input: .text(text), target: ["yes"])
    }

    static func plan(
        candidates: [Candidate] = [candidate()], tasks: [EvaluationTask] = [task()], loads: [Load] = [1],
        rounds: Int = 1,
        epochs: Int = 1, seed: UInt64 = 1, settings: RunSettings = RunSettings(), text: String = "name: s",
        digests: [String: String] = ["s.yaml": "aaaaaaaaaaaaaaaa", "words.jsonl": "bbbbbbbbbbbbbbbb"]
    ) -> Plan {
        Plan(
            name: "s", description: nil, candidates: candidates, tasks: tasks, loads: loads, rounds: rounds,
            epochs: epochs, warmup: 1, seed: seed, baseline: nil, settings: settings,
            source: Plan.Source(path: "s.yaml", text: text, digests: digests))
    }

    private func texts(_ old: Plan, _ new: Plan) -> [String] { PlanDifference.between(old, new).map(\.text) }

    @Test func `the same suite has no differences, and neither has one with other comments`() {
        #expect(texts(Self.plan(), Self.plan()).isEmpty)
        let commented = Self.plan(text: "# a comment\nname: s", digests: ["s.yaml": "cccccccccccccccc"])
        #expect(texts(Self.plan(), commented).isEmpty)
    }

    @Test func `a candidate's setting is named with what it was and is, and headers without their values`() {
        let other = Self.plan(candidates: [Self.candidate(temperature: 0.7)])
        #expect(
            texts(Self.plan(), other) == [
                "candidate m@q4_0: sampling.temperature was 0 and is 0.7",
                "candidate m@q4_0: serving.endpoint.connection.headers.X-Team changed",
            ])
    }

    @Test func `candidates that came and went are named, and another order is one`() {
        let (one, two) = (Self.candidate("a"), Self.candidate("b"))
        #expect(
            texts(Self.plan(candidates: [one]), Self.plan(candidates: [two])) == [
                "candidate a: it is no longer there", "candidate b: it is new",
            ])
        #expect(
            texts(Self.plan(candidates: [one, two]), Self.plan(candidates: [two, one])) == [
                "candidates: they stand in another order"
            ])
    }

    @Test func `samples are named and counted, never quoted, and so is the file`() {
        let changed = (1...6).map { Self.sample($0, $0 == 2 ? "another text" : "secret text") }
        let new = Self.plan(
            tasks: [Self.task(samples: Array(changed.dropLast()) + [Self.sample(7)])],
            digests: ["s.yaml": "aaaaaaaaaaaaaaaa", "words.jsonl": "dddddddddddddddd"])
        let found = texts(Self.plan(), new)
        #expect(
            found == [
                "task words: sample w2 is changed, sample w6 is gone, sample w7 is new",
                "file words.jsonl: SHA-256 was bbbbbbbbbbbb and is dddddddddddd",
            ])
        #expect(!found.joined().contains("text"))
        let all = Self.plan(tasks: [Self.task(samples: (1...6).map { Self.sample($0, "other") })])
        #expect(texts(Self.plan(), all) == ["task words: samples w1, w2, w3 and 3 more are changed"])
    }

    @Test func `every setting of the suite counts, loads and conditions too`() {
        let settings = RunSettings(stop: StopCondition(requests: 50))
        let found = texts(Self.plan(), Self.plan(loads: [1, 4], rounds: 3, seed: 2, settings: settings))
        #expect(
            found == [
                "loads: it was [1] and is [1,4]", "rounds: it was 1 and is 3", "seed: it was 1 and is 2",
                "settings: stop.requests was not set and is 50",
            ])
        let task = Self.plan(tasks: [Self.task(prompt: "Say {input}", check: "contains_all")])
        #expect(
            texts(Self.plan(), task) == [
                #"task words: graders was [{"check":{"name":"exact","options":{}}}] and is "#
                    + #"[{"check":{"name":"contains_all","options":{}}}]"#,
                "task words: prompt changed",
            ])
    }
}
