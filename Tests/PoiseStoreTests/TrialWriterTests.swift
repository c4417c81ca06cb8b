import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct TrialWriterTests {
    @Test func `every trial that was handed over is there after a flush, in order`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            for index in 0..<500 {
                try await writer.add(Fixture.trial(Fixture.key(sample: "s\(index)")))
            }
            try await writer.flush()
            #expect(try await store.observations(of: "r").map(\.sample) == (0..<500).map { "s\($0)" })
        }
    }

    @Test func `trials from many tasks at once are all kept`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<300 {
                    group.addTask { try await writer.add(Fixture.trial(Fixture.key(sample: "s\(index)"))) }
                }
                try await group.waitForAll()
            }
            try await writer.flush()
            #expect(Set(try await store.observations(of: "r").map(\.sample)).count == 300)
        }
    }

    @Test func `what keeps trials from being written is thrown, at the latest at the flush`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            try await writer.add(Fixture.trial(Fixture.key()))
            try await writer.flush()
            // The same trial again breaks the key.
            try? await writer.add(Fixture.trial(Fixture.key()))
            await #expect(throws: DatabaseError.self) { try await writer.flush() }
            await #expect(throws: DatabaseError.self) { try await writer.add(Fixture.trial(Fixture.key(sample: "x"))) }
        }
    }

    @Test func `what was handed over is written without a flush too`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            for group in 1...2 {
                try await writer.add(Fixture.trial(Fixture.key(sample: "a\(group)")))
                try await writer.add(Fixture.trial(Fixture.key(sample: "b\(group)")))
                let deadline = ContinuousClock.now + .seconds(20)
                while try await store.observations(of: "r").count < 2 * group, ContinuousClock.now < deadline {
                    await Task.yield()
                }
                #expect(try await store.observations(of: "r").count == 2 * group)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a flush waits for what was there, however much others bring meanwhile`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            let others = Task {
                var index = 0
                while !Task.isCancelled {
                    try await writer.add(Fixture.trial(Fixture.key(sample: "other\(index)")))
                    index += 1
                    await Task.yield()
                }
            }
            try await writer.add(Fixture.trial(Fixture.key(sample: "own")))
            try await writer.flush()
            #expect(try await store.observations(of: "r").contains { $0.sample == "own" })
            others.cancel()
            try await others.value
            try await writer.flush()
        }
    }

    @Test func `more than may wait is written all the same`() async throws {
        try await withStore { store in
            let writer = TrialWriter(store: store, run: "r")
            for index in 0..<5000 {
                try await writer.add(Fixture.trial(Fixture.key(sample: "s\(index)")))
            }
            try await writer.flush()
            #expect(try await store.observations(of: "r").count == 5000)
        }
    }

    private func withStore(_ body: (RunStore) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run("r"), plan: Fixture.plan)
        try await body(store)
        withExtendedLifetime(folder) {}
    }
}
