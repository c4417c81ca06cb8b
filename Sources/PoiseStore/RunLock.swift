import Foundation
import PoiseCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A run's lock: whoever writes to a run holds it, one process at a time; readers never look at it.
///
/// It is the kernel's lock on a file beside the database, and so gone with the process however that ends. The file is
/// removed with it, but after a crash; one that is left behind holds nobody up.
package final class RunLock: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Who holds it, in words of its own.
    package struct Holder: Hashable, Codable, Sendable {
        package let process: Int32
        package let command: String
        /// ISO 8601, UTC.
        package let since: String

        package init(process: Int32, command: String, since: String) {
            self.process = process
            self.command = command
            self.since = since
        }
    }

    package enum Failure: ExplainedError, Hashable {
        case held(run: String, by: Holder?)
        case notMade(path: String, reason: String)

        package var what: String {
            switch self {
            case .held(let run, let holder?):
                "run \(run) is in use by another Poise: process \(holder.process), \(holder.command), since "
                    + holder.since
            case .held(let run, nil): "run \(run) is in use by another Poise"
            case .notMade(_, let reason): "the run's lock cannot be made: \(reason)"
            }
        }
        package var place: String? {
            if case .notMade(let path, _) = self { path } else { nil }
        }
        package var remedy: String? {
            switch self {
            case .held: "Wait until it has ended, or end it with Ctrl-C there; what it finished is kept."
            case .notMade: "Check that you may write to the database's folder and that its disk has space."
            }
        }
    }

    /// Takes the lock of a run.
    ///
    /// - Parameter patience: how long to try: a glance at the lock holds it too, for a moment.
    /// - Throws: `Failure.held` where another process has it.
    package static func take(
        _ run: String, in store: RunStore, as holder: Holder, patience: Duration = .milliseconds(300)
    ) async throws -> RunLock {
        try await take(at: path(of: run, in: store), of: run, as: holder, patience: patience)
    }

    /// Takes a lock at a path of its own.
    ///
    /// - Parameter run: what is locked, as the refusal calls it.
    package static func take(
        at path: String, of run: String, as holder: Holder, patience: Duration = .milliseconds(300)
    ) async throws -> RunLock {
        let deadline = Instant.now() + patience
        while true {
            if let descriptor = try attempt(path) {
                let lock = RunLock(descriptor: descriptor, path: path)
                lock.write(holder)
                return lock
            }
            guard Instant.now() < deadline else {
                throw Failure.held(run: run, by: try? Self.read(path))
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Who holds a run's lock; nil where nobody does.
    package static func holder(of run: String, in store: RunStore) -> Holder? {
        holder(at: path(of: run, in: store))
    }

    /// Who holds the lock at a path; nil where nobody does.
    package static func holder(at path: String) -> Holder? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
        return (try? read(path)) ?? Holder(process: 0, command: "poise", since: "")
    }

    /// Lets go of it; so does the end of the process.
    package func release() {
        let wasReleased = isReleased.withLock { released in
            defer { released = true }
            return released
        }
        if wasReleased { return }
        // First, while it is held: whoever takes it next makes a file of its own.
        unlink(path)
        close(descriptor)
    }

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { release() }

    private let isReleased = Mutex(false)

    /// - Returns: the file with its lock; nil where another process has that.
    private static func attempt(_ path: String) throws -> Int32? {
        while true {
            // Not inherited: a child that outlives Poise for a moment must not hold the run.
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Failure.notMade(path: path, reason: String(cString: strerror(errno))) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(descriptor)
                if code == EWOULDBLOCK || code == EINTR { return nil }
                throw Failure.notMade(path: path, reason: String(cString: strerror(code)))
            }
            // Who held it may have removed the file between the two calls: that one is nobody's any more.
            if isStill(descriptor, at: path) { return descriptor }
            close(descriptor)
        }
    }

    private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
        var (own, there) = (stat(), stat())
        guard fstat(descriptor, &own) == 0, stat(path, &there) == 0 else { return false }
        return own.st_ino == there.st_ino && own.st_dev == there.st_dev
    }

    private func write(_ holder: Holder) {
        guard let text = try? JSONEncoder().encode(holder) else { return }
        ftruncate(descriptor, 0)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func read(_ path: String) throws -> Holder {
        try JSONDecoder().decode(Holder.self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// `Results/poise.sqlite-20261121-071413-123-demo.lock`, the same for every name of the database.
    private static func path(of run: String, in store: RunStore) -> String {
        let database = URL(fileURLWithPath: store.path).resolvingSymlinksInPath().path
        return "\(database)-\(run.replacingOccurrences(of: "/", with: "_")).lock"
    }
}
