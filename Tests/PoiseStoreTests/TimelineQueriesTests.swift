import Foundation
import GRDB
import PoiseCore
import PoiseStore
import Testing

struct TimelineQueriesTests {
    private func store(in folder: TemporaryFolder) async throws -> RunStore {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        return store
    }

    private func trials(
        _ store: RunStore, run: String = Fixture.run().id, at point: (candidate: String, load: Load)? = nil
    ) async throws -> [StoredTrial] {
        var trials: [StoredTrial] = []
        try await store.trials(of: run, at: point) { trials.append($0) }
        return trials
    }

    private func trial(_ key: TrialKey) -> Trial {
        Trial(
            key: key, attempts: [Attempt(request: "{}", outcome: .responded(Fixture.response()))],
            scheduled: .milliseconds(700), timeToDone: .milliseconds(30), queueDelay: .milliseconds(4),
            scores: [GraderScore(grader: "number", score: .scored(value: 1, answer: "3", explanation: "equal"))])
    }

    @Test func `a trial comes back as it was stored, warm-up is left out`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(trial(Fixture.key(isWarmup: true)), in: Fixture.run().id)
        try await store.record(trial(Fixture.key("b@q4_0", load: 4)), in: Fixture.run().id)
        let stored = try #require(try await trials(store).first)
        #expect(try await trials(store).count == 1)
        #expect(stored.key == Fixture.key("b@q4_0", load: 4))
        #expect(stored.model == "b" && stored.quantization == "q4_0" && stored.score == 1)
        #expect(stored.response == Fixture.response())
        #expect(stored.queueDelay == 4 && stored.timeToDone == 30 && stored.failure == nil)
        #expect(stored.metrics == trial(Fixture.key()).metrics)
        #expect(stored.scheduled == 700)
    }

    @Test func `a failed trial has its reason and no response`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        let failure = RequestFailure(kind: .timedOut, message: "it took too long")
        try await store.record(
            Trial(
                key: Fixture.key(), attempts: [Attempt(request: "{}", outcome: .failed(failure))],
                timeToDone: .seconds(1)),
            in: Fixture.run().id)
        let stored = try #require(try await trials(store).first)
        #expect(stored.response == nil && stored.metrics == nil && stored.score == nil)
        #expect(stored.failure == StoredTrial.Failure(kind: "timedOut", message: "it took too long"))
    }

    @Test(arguments: [0, 1, 255, 256, 257, 600])
    func `all are read once and in order, however the pages fall`(count: Int) async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        let other = Fixture.run("20261121-071414-000-test")
        try await store.begin(other, plan: Fixture.plan)
        if count > 0 {
            try await store.record(trial(Fixture.key()), in: Fixture.run().id)
            try await store.record(trial(Fixture.key()), in: other.id)
            // Copies with other samples: one by one, as runs write them, would take the test's time.
            try await DatabaseQueue(path: folder.database).write { db in
                let columns = try db.columns(in: "trial").map(\.name).filter { $0 != "id" && $0 != "sample" }
                    .map { "\"\($0)\"" }.joined(separator: ", ")
                try db.execute(
                    sql: """
                        WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < :count)
                        INSERT INTO trial (sample, \(columns))
                        SELECT 'add-' || n, \(columns) FROM number, trial WHERE n <= :count
                        """, arguments: ["count": count])
            }
        }
        for run in [Fixture.run().id, other.id] {
            let samples = try await trials(store, run: run).map(\.key.sample)
            #expect(samples == Array((1...600).prefix(count)).map { "add-\($0)" })
        }
    }

    @Test func `one point is its candidate at its load`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        let rate = Load.rate(perSecond: 2.5, arrivals: .poisson)
        for candidate in ["a", "b@q4_0"] {
            for load in [1, 4, rate] {
                try await store.record(trial(Fixture.key(candidate, load: load)), in: Fixture.run().id)
            }
        }
        for load in [1, 4, rate] {
            #expect(
                try await trials(store, at: ("a", load)).map(\.key) == [Fixture.key("a", load: load)])
        }
        #expect(try await trials(store, at: ("c", 1)).isEmpty)
    }

    @Test func `what the caller throws ends the reading`() async throws {
        struct Full: Error {}
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        for sample in ["add-1", "add-2"] {
            try await store.record(trial(Fixture.key(sample: sample)), in: Fixture.run().id)
        }
        var seen = 0
        await #expect(throws: Full.self) {
            try await store.trials(of: Fixture.run().id) { _ in
                seen += 1
                throw Full()
            }
        }
        #expect(seen == 1)
    }

    @Test func `a damaged timeline names its trial`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(trial(Fixture.key()), in: Fixture.run().id)
        try await DatabaseQueue(path: folder.database).write { db in
            try db.execute(sql: "UPDATE trial SET timeline = x'0105'")
        }
        let error = await #expect(throws: RunStore.DamagedTrial.self) { _ = try await trials(store) }
        #expect(error?.place == "a, add/add-1, epoch 1, load 1, round 1")
        #expect(error?.what.contains("damaged") == true)
    }
}
