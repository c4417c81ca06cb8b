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

/// A process with pipes, run to its end or to its limits by a thread of its own.
///
/// Foundation's `Process` is not used: it passes on no chosen file descriptor, and does not say when reading shall stop.
struct ChildProcess: Sendable {
    /// An absolute path, and what follows it.
    var command: [String]
    /// All of its environment.
    var environment: [String: String] = [:]
    var input: [UInt8] = []
    /// Bytes that it can read from descriptor 3, at most what a pipe holds; nothing is there where they are empty.
    var settings: [UInt8] = []
    /// Whether descriptor 3 is a pipe that ends with this process, in place of settings.
    var hasLifeline = false
    /// Only wall time and output are enforced here, and what the watch finds.
    var limits = SandboxLimits()
    /// Looks at the process now and then; true where it shall be ended because it is too large.
    var isOversized: (@Sendable (_ process: pid_t) -> Bool)?

    /// Runs it; where the task is cancelled, it is ended and the cancellation is thrown.
    func run() async throws -> SandboxOutcome {
        let isCancelled = Flag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Result<SandboxOutcome, any Error>, Never>) in
                // The thread that starts bwrap has to live as long as it: the kernel ends it with its parent's thread.
                Thread.detachNewThread {
                    continuation.resume(returning: Result { try runOnThisThread(isCancelled) })
                }
            }
        } onCancel: {
            isCancelled.raise()
        }
        try Task.checkCancellation()
        return try result.get()
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        func raise() { value.store(true, ordering: .relaxed) }
        var isRaised: Bool { value.load(ordering: .relaxed) }
    }

    /// How long `poll` sleeps where nothing comes: cancellation and limits are looked at then.
    private static let tick: Int32 = 20
    /// How often the watch looks: it reads a page for each process of the machine.
    private static let watchPeriod = Duration.milliseconds(50)

    private func runOnThisThread(_ isCancelled: Flag) throws -> SandboxOutcome {
        SpawnedProcess.blockBrokenPipes()
        let began = Instant.now()
        let child = try SpawnedProcess(self)
        defer { child.close() }
        var outcome = SandboxOutcome()
        var rest = input[...]
        var nextWatch = began + Self.watchPeriod
        while true {
            child.exchange(&rest, into: &outcome, limit: limits.output, patience: Self.tick)
            if let status = child.endedStatus() {
                // A process that it left behind may hold the pipes open; what came until now is all there is.
                child.kill()
                outcome.status = status
                break
            }
            let now = Instant.now()
            if now >= nextWatch {
                outcome.isOversized = isOversized?(child.id) ?? false
                nextWatch = now + Self.watchPeriod
            }
            outcome.isTimedOut = now - began >= limits.wallTime
            if outcome.isTimedOut || outcome.isTruncated || outcome.isOversized || isCancelled.isRaised {
                // Asking first would only give it more time: there is nothing that it has to save.
                child.kill()
                outcome.status = child.waitForStatus()
                break
            }
        }
        child.exchange(&rest, into: &outcome, limit: limits.output, patience: 0)
        outcome.wallTime = Instant.now() - began
        return outcome
    }
}
