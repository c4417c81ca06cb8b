import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct LoadShortfallTests {
    @Test func `shortfalls come back as they were, in their order, and of their run only`() async throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        try await store.begin(Fixture.run("other"), plan: Fixture.plan)
        let shortfalls = [
            LevelShortfall(
                candidate: "b@q4_0", load: 8, round: 2, requests: 437, turnedAway: 37, outages: 1, waited: 61_000.5,
                kept: 3.25),
            LevelShortfall(
                candidate: "a", load: .rate(perSecond: 2.5, arrivals: .constant), round: 1, requests: 9, turnedAway: 0,
                outages: 1, waited: 1000, kept: nil),
            // The same level again, as a run that went on later has it.
            LevelShortfall(
                candidate: "b@q4_0", load: 8, round: 2, requests: 3, turnedAway: 1, outages: 0, waited: 0, kept: 8),
        ]
        for shortfall in shortfalls { try await store.record(shortfall, in: Fixture.run().id) }
        #expect(try await store.shortfalls(of: Fixture.run().id) == shortfalls)
        #expect(try await store.shortfalls(of: "other").isEmpty)
    }

    @Test func `a database of before there were shortfalls gets their table`() throws {
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue, upTo: "4: divergence")
        #expect(try queue.read { try $0.tableExists("levelShortfall") } == false)
        try Schema.migrator.migrate(queue)
        #expect(try queue.read { try $0.tableExists("levelShortfall") })
    }
}
