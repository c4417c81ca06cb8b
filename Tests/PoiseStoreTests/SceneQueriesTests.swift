import GRDB
import PoiseCore
import PoiseStore
import Testing

struct SceneQueriesTests {
    private func store(in folder: TemporaryFolder) async throws -> RunStore {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        return store
    }

    private func place(_ candidates: [String], _ samples: [String] = ["add-1", "add-2"]) -> RunStore.ScenePlace {
        RunStore.ScenePlace(task: "add", samples: samples, candidates: candidates, load: 1)
    }

    @Test func `only the first round at the load that is asked for is sketched`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        for (load, round) in [(1, 1), (1, 2), (4, 1)] as [(Load, Int)] {
            try await store.record(Fixture.trial(Fixture.key(load: load, round: round)), in: Fixture.run().id)
        }
        try await store.record(Fixture.trial(Fixture.key(sample: "add-2", isWarmup: true)), in: Fixture.run().id)
        try await store.record(Fixture.failed(Fixture.key("b@q4_0")), in: Fixture.run().id)
        let sketches = try await store.sketches(of: Fixture.run().id, at: place(["a", "b@q4_0"]))
        #expect(
            sketches == [
                TrialSketch(candidate: "a", task: "add", sample: "add-1", score: 1, latency: 14, answerCharacters: 1),
                TrialSketch(
                    candidate: "b@q4_0", task: "add", sample: "add-1", score: nil, latency: nil, answerCharacters: 0,
                    hasFailed: true),
            ])
        #expect(try await store.sketches(of: Fixture.run().id, at: place(["c"])).isEmpty)
        #expect(try await store.sketches(of: Fixture.run().id, at: place([])).isEmpty)
    }

    @Test func `thinking and fences are seen without their texts`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        let response = Response(
            answer: "```\nx\n```", reasoning: "héllo", finishReason: "stop", report: ServerReport(),
            timeline: Timeline(chunks: [Timeline.Chunk(microseconds: 9000, kind: .answer, characters: 9)]))
        try await store.record(
            Trial(
                key: Fixture.key(), attempts: [Attempt(request: "{}", outcome: .responded(response))],
                timeToDone: .milliseconds(9), scores: []), in: Fixture.run().id)
        let sketch = try #require(try await store.sketches(of: Fixture.run().id, at: place(["a"])).first)
        #expect(sketch.hasFence && sketch.reasoningCharacters == 5 && sketch.answerCharacters == 9)
        #expect(sketch.score == nil && sketch.latency == 9)
    }

    @Test func `a trial comes with its stream and what the deciding grader read`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(
            Fixture.trial(Fixture.key(), score: .scored(value: 1, answer: "three", explanation: "")),
            in: Fixture.run().id)
        let recorded = try #require(try await store.recorded(Fixture.key(), of: Fixture.run().id))
        #expect(recorded.answer == "three")
        #expect(recorded.trial.response == Fixture.response() && recorded.trial.score == 1)
        #expect(try await store.recorded(Fixture.key(round: 2), of: Fixture.run().id)?.trial == nil)
    }

    @Test func `a damaged stream says whose it is`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(Fixture.trial(Fixture.key()), in: Fixture.run().id)
        try await DatabaseQueue(path: folder.database).write { db in
            try db.execute(sql: "UPDATE trial SET timeline = x'01ff'")
        }
        let thrown = await #expect(throws: RunStore.DamagedTrial.self) {
            _ = try await store.recorded(Fixture.key(), of: Fixture.run().id)
        }
        #expect(thrown?.key == Fixture.key())
    }

    @Test func `a trial is found by its key, not by reading the run`() async throws {
        let folder = try TemporaryFolder()
        _ = try await store(in: folder)
        let plan = try await DatabaseQueue(path: folder.database).read { db in
            try String.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT length(response) FROM trial WHERE run = 'r' AND task = 't' AND load = 1
                        AND epoch = 1 AND round = 1 AND NOT isWarmup AND candidate IN ('a', 'b')
                        AND sample IN ('s', 't')
                    """, adapter: RangeRowAdapter(3..<4))
        }
        #expect(plan.contains { $0.contains("trialKey") && $0.contains("round=?") })
    }
}
