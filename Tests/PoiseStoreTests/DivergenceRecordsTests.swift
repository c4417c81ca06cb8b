import GRDB
import PoiseCore
import PoiseStore
import Testing

@Suite struct DivergenceRecordsTests {
    private func divergence(_ candidate: String, load: Load = 1, meanKL: Double = 0.25) -> Divergence {
        Divergence(
            candidate: candidate, reference: "a", load: load, samples: 40, tokens: 800, meanKL: meanKL,
            meanKLLow: 0.125, meanKLHigh: nil, sameTop: 0.75, sameTopLow: nil, sameTopHigh: 0.875, top: 100,
            covered: 0.96875, vocabulary: 32_000, leftOut: 2, tasks: ["add"])
    }

    private func store(_ folder: TemporaryFolder) async throws -> RunStore {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        return store
    }

    @Test func `what was kept comes back whole, by load and in the suite's order`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(folder)
        let run = Fixture.run().id
        let rate = Load.rate(perSecond: 5, arrivals: .poisson)
        let expected = [
            divergence("b@q4_0"), divergence("a"), divergence("b@q4_0", load: 4), divergence("b@q4_0", load: rate),
        ]
        for one in expected.reversed() { try await store.save(one, of: run, at: "2026-11-21T08:00:00Z") }
        #expect(try await store.divergences(of: run) == expected)
        #expect(try await store.divergences(of: "another").isEmpty)
    }

    @Test func `measured again, the newer one stays`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(folder)
        for value in [0.5, 0.125] {
            try await store.save(
                divergence("b@q4_0", meanKL: value), of: Fixture.run().id, at: "2026-11-21T08:00:00Z")
        }
        #expect(try await store.divergences(of: Fixture.run().id).map(\.meanKL) == [0.125])
    }

    @Test func `the first measured response to each sample is followed, at one load`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(folder)
        let run = Fixture.run().id
        var keys = [Fixture.key(isWarmup: true)]
        for load: Load in [1, 4] {
            for round in [1, 2] {
                for sample in ["add-1", "add-2"] { keys.append(Fixture.key(sample: sample, load: load, round: round)) }
            }
        }
        for key in keys { try await store.record(Fixture.trial(key), in: run) }
        let found = try await store.sentResponses(of: "a", in: run, load: 1)
        #expect(found.map(\.sample) == ["add-1", "add-2"])
        #expect(found.map(\.answer) == ["3", "3"])
        #expect(found.allSatisfy { $0.finishReason == "stop" && !$0.isChain && $0.reasoning.isEmpty })
        #expect(try await store.sentResponses(of: "a", in: run, load: 9).isEmpty)
        #expect(try await store.sentResponses(of: "b@q4_0", in: run, load: 1).isEmpty)
    }
}
