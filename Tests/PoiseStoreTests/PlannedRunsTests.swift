import PoiseCore
import PoiseStore
import Testing

@Suite struct PlannedRunsTests {
    private static let file = PlanFile(
        Fixture.plan, by: .round, shards: 3, graders: ["add": ["number": "3f9a"]], poiseVersion: "0.1.0", plannedAt: "")

    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
    }

    private func begin(_ id: String, at time: String = "2026-11-21T07:14:13Z", plan digest: String?, shard: Int? = nil)
        async throws -> RunRecord
    {
        let run = Fixture.run(id, at: time)
        try await store.begin(run, plan: Fixture.plan)
        if let digest {
            try await store.record(
                RunStore.Planned(
                    plan: digest, shard: shard, shards: 3, places: Self.file.places, graders: Self.file.graders),
                of: id)
        }
        return run
    }

    private func stint(
        _ number: Int, host: String, shard: Int = 0, at time: String, error: Double? = nil
    ) -> RunStore.Stint {
        let calibration = error.map { error in
            let quantiles = ErrorQuantiles(p50: 0.1, p99: error, max: error)
            return Calibration(
                machine: "m", measuredAt: time, poiseVersion: "0.1.0", isQuick: true,
                loads: [
                    LoadCalibration(
                        streams: 1, requests: 100, chunks: 100, ttftError: quantiles, chunkError: quantiles,
                        cpuPerChunk: 1, kernelShare: 0.5, serverLateness: quantiles)
                ])
        }
        return RunStore.Stint(
            number: number, shard: shard, host: host, node: "gpu-\(number)", machine: Fixture.machine,
            calibration: calibration, startedAt: time, poiseVersion: "0.1.0", command: "poise run --plan p")
    }

    @Test func `which share of which plan a run is, is read as it was written`() async throws {
        let run = try await begin("r", plan: nil)
        #expect(try await store.planned(run.id) == nil)
        let planned = RunStore.Planned(Self.file, shard: 2)
        try await store.record(planned, of: run.id)
        #expect(try await store.planned(run.id) == planned)
        #expect(planned.plan == Self.file.digest && planned.places.count == 4)
    }

    @Test func `stints are read as they were written`() async throws {
        let run = try await begin("r", plan: "d", shard: 0)
        let stints = [
            stint(1, host: "h1", at: "2026-11-21T07:14:13Z", error: 0.4),
            stint(2, host: "h2", at: "2026-11-21T08:14:13Z"),
        ]
        for stint in stints { try await store.record(stint, of: run.id) }
        #expect(try await store.stints(of: run.id) == stints)
    }

    @Test func `a machine is one whatever its stints, with what it measured and its largest error`() async throws {
        let run = try await begin("r", plan: "d")
        // Numbered as shards are, not as they began.
        try await store.record(stint(1, host: "late", shard: 0, at: "2026-11-21T09:00:00Z"), of: run.id)
        try await store.record(stint(2, host: "early", shard: 1, at: "2026-11-21T08:00:00Z", error: 0.4), of: run.id)
        try await store.record(stint(3, host: "early", shard: 2, at: "2026-11-21T10:00:00Z", error: 0.9), of: run.id)
        try await store.record(
            [Fixture.trial(Fixture.key("a")), Fixture.trial(Fixture.key("a", sample: "add-2"))], in: run.id, stint: 1)
        try await store.record([Fixture.trial(Fixture.key("a", load: 4, isWarmup: true))], in: run.id, stint: 2)
        try await store.record([Fixture.trial(Fixture.key("a", load: 4))], in: run.id, stint: 2)
        try await store.record([Fixture.trial(Fixture.key("b@q4_0", round: 2))], in: run.id, stint: 3)

        let nodes = try await store.nodes(of: run.id)
        #expect(nodes.map(\.number) == [1, 2])
        #expect(nodes.map(\.shards) == [[1, 2], [0]])
        #expect(nodes.map(\.candidates) == [["a", "b@q4_0"], ["a"]])
        #expect(nodes.map(\.levels) == [2, 1])
        #expect(nodes.map(\.trials) == [2, 2])
        #expect(nodes.map { $0.calibration?.largestError } == [0.9, nil])
        let hosts = try await store.hosts(of: run.id)
        #expect(hosts["a"].map(Set.init) == ["early", "late"] && hosts["b@q4_0"] == ["early"])
    }

    @Test func `a run of one machine has no stints, and its trials name none`() async throws {
        let run = try await begin("r", plan: nil)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        #expect(try await store.nodes(of: run.id).isEmpty)
        #expect(try await store.hosts(of: run.id).isEmpty)
    }

    @Test func `runs of one merge are found from each of them, and no others`() async throws {
        let first = try await begin("m", plan: "d")
        let second = try await begin("m-2", plan: "d")
        let shard = try await begin("s", plan: "d", shard: 0)
        let other = try await begin("o", plan: "e")
        let plain = try await begin("p", plan: nil)
        #expect(try await store.merged(with: first).map(\.id) == ["m", "m-2"])
        #expect(try await store.merged(with: second).map(\.id) == ["m-2", "m"])
        for run in [shard, other, plain] { #expect(try await store.merged(with: run).map(\.id) == [run.id]) }
    }
}
