import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// JSON lines, put together and written by a thread that steps back behind every other one.
///
/// Streams have to be kept on time: lines are written while none is open, or when so many wait that they would fill the
/// memory, and in any case before the file is closed.
final class SimulatorLogFile: Sendable {
    /// Ended requests that wait at most for a quiet moment.
    private static let patience = 4096

    private struct State {
        var waiting: [SimulatorLog.Entry] = []
        /// Requests under way.
        var open = 0
        var isClosing = false

        var isDue: Bool { isClosing || !waiting.isEmpty && (open == 0 || waiting.count >= patience) }
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)
    private let done = DispatchGroup()

    /// A file that is there already is replaced.
    ///
    /// - Throws: `SimulatorFailure`.
    init(path: String) throws {
        // Requests are in it, whole.
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw SimulatorFailure.logFile(path, reason: "the file cannot be created") }
        done.enter()
        let thread = Thread { [self] in
            Self.stepBack()
            while write(to: handle) {}
            try? handle.close()
            done.leave()
        }
        thread.qualityOfService = .background
        thread.start()
    }

    /// A request has come.
    func begin() {
        state.withLock { $0.open += 1 }
    }

    /// A request has ended.
    func write(_ entry: SimulatorLog.Entry) {
        let isDue = state.withLock { state in
            state.open -= 1
            state.waiting.append(entry)
            return state.isDue
        }
        if isDue { signal.signal() }
    }

    func close() async {
        state.withLock { $0.isClosing = true }
        signal.signal()
        await withCheckedContinuation { continuation in
            done.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// Writes what waits; false when nothing more can come.
    private func write(to handle: FileHandle) -> Bool {
        signal.wait()
        let (entries, isClosing) = state.withLock { state in
            guard state.isDue else { return ([SimulatorLog.Entry](), false) }
            defer { state.waiting = [] }
            return (state.waiting, state.isClosing)
        }
        for entry in entries {
            // A disk that is full costs the log, never the streams.
            try? handle.write(contentsOf: entry.request.line)
        }
        return !isClosing
    }

    private static func stepBack() {
        #if os(Linux)
            // The lowest priority of the calling thread alone; Linux counts priorities by thread.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        #endif
    }
}
