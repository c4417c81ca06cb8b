import Foundation
import PoiseStore

extension RunLock {
    /// Takes the lock of a run that a command writes to.
    ///
    /// - Throws: `Failure.held` where another process has it.
    static func take(_ run: String, in store: RunStore, for command: String) async throws -> RunLock {
        let holder = Holder(
            process: ProcessInfo.processInfo.processIdentifier, command: command, since: Timestamp.text(of: Date()))
        return try await take(run, in: store, as: holder)
    }
}
