package import Foundation
import PoiseCore

/// A program that is run for what it prints.
package enum Program {
    /// Runs a program to its end, without blocking a thread of the pool.
    ///
    /// - Parameters:
    ///   - limit: it is killed then; one that cannot be killed, since its driver hangs, is left behind.
    ///   - withErrors: whether what it prints on standard error counts too.
    ///   - environment: all that it gets to see.
    ///   - most: bytes that it may print; it is killed where it prints more, and what it printed is cut off there.
    /// - Returns: its status and all that it printed, read as it comes: a full pipe would hold it up for ever; nil where
    ///   it cannot be started or did not end in time.
    package static func run(
        _ executable: String, _ arguments: [String], within limit: Duration, withErrors: Bool = false,
        environment: [String: String] = ChildEnvironment.current, most: Int = .max
    ) async -> (status: Int32, output: Data)? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = withErrors ? pipe : FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return nil
        }
        let (ends, end) = AsyncStream<(Int32, Data)?>.makeStream()
        Thread.detachNewThread {
            var bytes = Data()
            while bytes.count < most {
                let next = pipe.fileHandleForReading.availableData
                if next.isEmpty { break }
                bytes += next
            }
            if bytes.count >= most {
                bytes = bytes.prefix(most)
                kill(process.processIdentifier, SIGKILL)
            }
            process.waitUntilExit()
            end.yield((process.terminationStatus, bytes))
        }
        let alarm = Task {
            try await Task.sleep(for: limit)
            kill(process.processIdentifier, SIGKILL)
            end.yield(nil)
        }
        defer { alarm.cancel() }
        for await first in ends { return first }
        // Only where the task is cancelled: nobody waits for the program any longer.
        kill(process.processIdentifier, SIGKILL)
        return nil
    }
}
