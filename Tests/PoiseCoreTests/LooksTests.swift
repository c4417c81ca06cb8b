import PoiseCore
import Testing

struct LooksTests {
    private func plan(_ sizes: [Int], seed: UInt64 = 9) -> Plan {
        Plan(
            name: "s", description: nil,
            candidates: ["a", "b", "c"].map { name in
                Candidate(
                    id: name, model: name, quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: name)),
                    sampling: SamplingSettings())
            },
            tasks: sizes.enumerated().map { index, size in
                EvaluationTask(
                    name: "t\(index)", graders: [],
                    samples: (0..<size).map { Sample(id: "s\($0)", input: .text("\($0)"), target: []) })
            },
            loads: [1], rounds: 1, epochs: 1, warmup: 0, seed: seed, baseline: "a",
            source: Plan.Source(path: "", text: "", digests: [:]))
    }

    @Test func `looks share no sample and hold all of them`() {
        let parts = plan([10, 7, 2]).looks(4)
        #expect(parts.count == 4)
        let asked = parts.flatMap { part in part.tasks.flatMap { task in task.samples.map { [task.name, $0.id] } } }
        #expect(asked.count == 19)
        #expect(Set(asked).count == 19)
        #expect(parts.map(\.sampleCount).max().map { $0 <= 6 } == true)
    }

    @Test func `the seed decides the parts, and they are not the first ones`() {
        let ids = { (plan: Plan) in plan.looks(4).map { $0.tasks.flatMap { $0.samples.map(\.id) } } }
        #expect(ids(plan([40])) == ids(plan([40])))
        #expect(ids(plan([40])) != ids(plan([40], seed: 10)))
        #expect(ids(plan([40])).first != (0..<10).map { "s\($0)" })
    }

    @Test func `more looks than samples leave the empty ones out`() {
        let parts = plan([3]).looks(8)
        #expect(parts.map(\.sampleCount) == [1, 1, 1])
        #expect(plan([5]).looks(1).map(\.sampleCount) == [5])
    }

    @Test func `candidates can be fewer, in the plan's order`() {
        #expect(plan([1]).only(["c", "a"]).candidates.map(\.id) == ["a", "c"])
    }
}
