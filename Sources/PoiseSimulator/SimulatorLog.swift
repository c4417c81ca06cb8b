import Foundation
import PoiseCore
import Synchronization

/// The requests of an endpoint, in the order in which they were read, while and after they are answered.
final class SimulatorLog: Sendable {
    /// One request's record, written by its connection and read by anybody.
    final class Entry: Sendable {
        private let record: Mutex<ServedRequest>

        init(_ request: ServedRequest) {
            record = Mutex(request)
        }

        var request: ServedRequest { record.withLock { $0 } }

        func update(_ change: (inout ServedRequest) -> Void) {
            record.withLock { change(&$0) }
        }

        /// The first ending stays.
        func end(_ ending: ServedRequest.Ending) {
            update { if $0.ending == .open { $0.ending = ending } }
        }
    }

    private struct State {
        var completions = 0
        var entries: [Entry] = []
    }

    private let state = Mutex(State())
    private let remembered: Int
    private let file: SimulatorLogFile?

    /// - Throws: `SimulatorFailure` where the file cannot be written.
    init(remembered: Int, file: String?) throws {
        self.remembered = remembered
        self.file = try file.map { try SimulatorLogFile(path: $0) }
    }

    var requests: [ServedRequest] {
        state.withLock { $0.entries.suffix(remembered) }.map(\.request)
    }

    /// Takes a request in; completions get the next number.
    func open(isCompletion: Bool, _ make: (_ number: Int?) -> ServedRequest) -> Entry {
        state.withLock { state in
            if isCompletion { state.completions += 1 }
            let entry = Entry(make(isCompletion ? state.completions : nil))
            state.entries.append(entry)
            // Seldom and many at once: taking the first of a long array away each time would move all the others.
            if state.entries.count >= remembered + max(remembered, 1024) {
                state.entries.removeFirst(state.entries.count - remembered)
            }
            return entry
        }
    }

    /// Hands an entry that will not change any more to the file.
    func write(_ entry: Entry) {
        file?.write(entry.request)
    }

    func close() async {
        await file?.close()
    }
}

/// JSON lines, encoded and written by a task of their own: the event loop has streams to keep on time.
private final class SimulatorLogFile: Sendable {
    private let lines: AsyncStream<ServedRequest>.Continuation
    private let writer: Task<Void, Never>

    /// A file that is there already is replaced.
    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw SimulatorFailure.logFile(path, reason: "the file cannot be created") }
        let (stream, lines) = AsyncStream.makeStream(of: ServedRequest.self)
        self.lines = lines
        writer = Task {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for await request in stream {
                guard var line = try? encoder.encode(request) else { continue }
                line.append(UInt8(ascii: "\n"))
                // A disk that is full costs the log, never the streams.
                try? handle.write(contentsOf: line)
            }
            try? handle.close()
        }
    }

    func write(_ request: ServedRequest) {
        lines.yield(request)
    }

    func close() async {
        lines.finish()
        await writer.value
    }
}
