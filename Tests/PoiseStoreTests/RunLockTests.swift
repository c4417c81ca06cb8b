import Foundation
import PoiseCore
import PoiseStore
import Testing

@Suite struct RunLockTests {
    private let folder: TemporaryFolder
    private let store: RunStore
    private let holder = RunLock.Holder(process: 42, command: "poise run s.yaml", since: "2026-11-22T07:00:00.000Z")

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
    }

    private var locks: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".lock") }
    }

    @Test func `a run is held by one at a time, and who is refused learns who holds it`() async throws {
        let lock = try await RunLock.take("r", in: store, as: holder)
        #expect(RunLock.holder(of: "r", in: store) == holder)
        let failure = await #expect(throws: RunLock.Failure.self) {
            _ = try await RunLock.take("r", in: store, as: holder, patience: .zero)
        }
        #expect(failure == .held(run: "r", by: holder))
        #expect(
            failure?.what
                == "run r is in use by another Poise: process 42, poise run s.yaml, since 2026-11-22T07:00:00.000Z")
        // Another run, and a run of that name in another database, are nobody's.
        try await RunLock.take("other", in: store, as: holder, patience: .zero).release()
        let elsewhere = try RunStore(path: "\(folder.path)/elsewhere.sqlite", creating: true)
        try await RunLock.take("r", in: elsewhere, as: holder, patience: .zero).release()
        lock.release()
        try await RunLock.take("r", in: store, as: holder, patience: .zero).release()
    }

    @Test func `nothing is left of a lock that was let go, and letting go twice harms nobody`() async throws {
        let lock = try await RunLock.take("r", in: store, as: holder)
        #expect(locks.count == 1)
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(locks[0])")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        lock.release()
        let next = try await RunLock.take("r", in: store, as: holder, patience: .zero)
        lock.release()
        #expect(RunLock.holder(of: "r", in: store) == holder)
        next.release()
        #expect(locks.isEmpty && RunLock.holder(of: "r", in: store) == nil)
    }

    @Test func `a file that a crash left behind holds nobody up`() async throws {
        let lock = try await RunLock.take("r", in: store, as: holder)
        let path = "\(folder.path)/\(locks[0])"
        lock.release()
        try Data("{\"process\":1}".utf8).write(to: URL(fileURLWithPath: path))
        #expect(RunLock.holder(of: "r", in: store) == nil)
        try await RunLock.take("r", in: store, as: holder, patience: .zero).release()
    }

    @Test func `of many that want a run at once one gets it`() async throws {
        let taken = await withTaskGroup(of: RunLock?.self) { group in
            for _ in 0..<16 {
                group.addTask { try? await RunLock.take("r", in: store, as: holder, patience: .zero) }
            }
            return await group.reduce(into: [RunLock]()) { if let lock = $1 { $0.append(lock) } }
        }
        #expect(taken.count == 1)
        taken.first?.release()
    }

    @Test func `another name of the same database is the same lock`() async throws {
        let link = "\(folder.path)/link.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.database)
        let lock = try await RunLock.take("r", in: store, as: holder)
        let other = try RunStore(path: link, creating: false)
        #expect(RunLock.holder(of: "r", in: other) == holder)
        lock.release()
    }
}
