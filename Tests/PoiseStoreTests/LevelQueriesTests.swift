import PoiseCore
import PoiseStore
import Testing

@Suite struct LevelQueriesTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
    }

    @Test func `each level counts its trials and keeps the times of those that answered`() async throws {
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        try await store.record(Fixture.failed(Fixture.key(sample: "add-2")), in: run.id)
        try await store.record(Fixture.trial(Fixture.key(load: 4, round: 2)), in: run.id)
        try await store.record(Fixture.trial(Fixture.key(round: 2, isWarmup: true)), in: run.id)
        // Ten chunks a millisecond apart, the first after 5 ms.
        #expect(
            try await store.levels(of: run.id) == [
                .init(candidate: "a", load: 1, round: 1, asked: 2, firstTokens: [5], gaps: [1]),
                .init(candidate: "a", load: 4, round: 2, asked: 1, firstTokens: [5], gaps: [1]),
            ])
    }

    @Test func `a run without trials has no levels`() async throws {
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        #expect(try await store.levels(of: run.id).isEmpty)
    }
}
