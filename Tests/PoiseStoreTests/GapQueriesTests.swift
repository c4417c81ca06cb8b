import Foundation
import GRDB
import PoiseCore
import PoiseStore
import Testing

struct GapQueriesTests {
    private let run = Fixture.run().id

    private func store(in folder: TemporaryFolder) async throws -> RunStore {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        return store
    }

    @Test func `trials that count are found by candidate and load`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(
            [
                Fixture.trial(Fixture.key("b@q4_0", sample: "add-2", load: 4)), Fixture.trial(Fixture.key()),
                Fixture.trial(Fixture.key(isWarmup: true)), Fixture.failed(Fixture.key(sample: "add-2")),
                Fixture.trial(Fixture.key("b@q4_0", load: .rate(perSecond: 5, arrivals: .poisson))),
            ], in: run)
        let groups = try await store.trialGroups(of: run)
        let said = groups.map { "\($0.candidate) \($0.load) \($0.trials.count)" }.sorted()
        #expect(said == ["a 1 2", "b@q4_0 4 1", "b@q4_0 5/s 1"])
        #expect(try await store.trialGroups(of: "no such run").isEmpty)
    }

    @Test func `gaps are those between chunks that bear tokens`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(
            [
                Fixture.trial(Fixture.key()), Fixture.failed(Fixture.key(sample: "add-2")),
                Fixture.trial(Fixture.key(round: 2)),
            ], in: run)
        let trials = try await store.trialGroups(of: run).flatMap(\.trials)
        let gaps = try await store.gaps(of: trials)
        // Ten chunks a millisecond apart, after a role that bears none.
        #expect(gaps.milliseconds == [Double](repeating: 1, count: 18))
        #expect(gaps.trials == 2 && gaps.damaged == 0)
        #expect(try await store.gaps(of: []) == RunStore.Gaps())
    }

    @Test func `of a chain the gaps within each request count, not those between them`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        let exchanges = [704, 750].enumerated().map { index, start in
            Exchange(
                turn: index + 1, started: .milliseconds(start), timeToDone: .milliseconds(20), request: "{}",
                response: Fixture.response())
        }
        try await store.record(
            Trial(
                key: Fixture.key(),
                attempts: exchanges.map { Attempt(request: $0.request, outcome: .responded($0.response)) },
                timeToDone: .milliseconds(90), exchanges: exchanges), in: run)
        let gaps = try await store.gaps(of: try await store.trialGroups(of: run).flatMap(\.trials))
        #expect(gaps.milliseconds == [Double](repeating: 1, count: 18))
        #expect(gaps.trials == 1)
    }

    @Test func `a damaged stream is counted and takes nothing from the others`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record([Fixture.trial(Fixture.key()), Fixture.trial(Fixture.key(round: 2))], in: run)
        try await DatabaseQueue(path: folder.database).write { db in
            try db.execute(sql: "UPDATE trial SET timeline = x'01FF' WHERE round = 2")
        }
        let gaps = try await store.gaps(of: try await store.trialGroups(of: run).flatMap(\.trials))
        #expect(gaps.milliseconds.count == 9 && gaps.trials == 1 && gaps.damaged == 1)
    }

    @Test func `responses are counted by how they ended, and sums stay what they were`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record(
            (1...4).map { Fixture.trial(Fixture.key(round: $0)) } + [Fixture.failed(Fixture.key(round: 5))], in: run)
        try await DatabaseQueue(path: folder.database).write { db in
            try db.execute(sql: "UPDATE trial SET finishReason = 'length' WHERE round = 2")
            try db.execute(sql: "UPDATE trial SET finishReason = NULL WHERE round = 3")
        }
        let facts = try #require(try await store.responseFacts(of: run)["a"])
        #expect(facts.finishReasons == ["stop": 2, "length": 1])
        #expect(facts.responses == 4 && facts.lengthCapped == 1 && facts.failures == ["timedOut": 1])
        #expect(facts.chunks == 40 && facts.carriedTokens == 40)
        #expect(facts.promptTokens == 80 && facts.cachedPromptTokens == 16)
    }

    @Test func `what chunks carried is not known where one response was not counted`() async throws {
        let folder = try TemporaryFolder()
        let store = try await store(in: folder)
        try await store.record((1...2).map { Fixture.trial(Fixture.key(round: $0)) }, in: run)
        try await DatabaseQueue(path: folder.database).write { db in
            try db.execute(
                sql: "UPDATE trial SET finishReason = 'length', outputTokensSource = 'chunks' WHERE round = 2")
        }
        #expect(try await store.responseFacts(of: run)["a"]?.carriedTokens == nil)
    }
}
