import Foundation
import PoiseCore
import Synchronization

/// The DevTools protocol over a pair of pipes: JSON documents with a zero byte after each.
///
/// Commands of several pages may be under way at once; each answer finds its command by a number.
final class DevToolsPipe: Sendable {
    typealias Listener = @Sendable (_ event: String, _ parameters: JSONValue) -> Void

    private struct Waiting {
        let method: String
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<JSONValue, any Error>
    }

    private struct State {
        var next = 1
        var waiting: [Int: Waiting] = [:]
        var listeners: [String: Listener] = [:]
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let commands: Int32
    private let events: Int32
    private let writing = DispatchQueue(label: "browser")

    /// Opens the two named pipes; the browser opens their other ends.
    init(commands commandPath: String, events eventPath: String) throws {
        // Read and written: a pipe that has a reader of its own raises no signal when the browser is gone.
        commands = open(commandPath, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        events = open(eventPath, O_RDONLY | O_CLOEXEC)
        guard commands >= 0, events >= 0 else { throw BrowserError("the browser's pipes cannot be opened: \(errno)") }
        Thread.detachNewThread { [self] in read() }
    }

    /// Sends a command and waits for its answer.
    ///
    /// - Parameters:
    ///   - session: the page that it is for; nil for the browser itself.
    ///   - seconds: after which it has failed; machines may be busy.
    /// - Returns: the member `result` of the answer.
    @discardableResult
    func send(
        _ method: String, _ parameters: [String: JSONValue] = [:], session: String? = nil, seconds: Int = 60
    ) async throws -> JSONValue {
        try await withCheckedThrowingContinuation { continuation in
            let id = state.withLock { state -> Int? in
                guard !state.hasEnded else { return nil }
                defer { state.next += 1 }
                state.waiting[state.next] = Waiting(
                    method: method, deadline: .now + .seconds(seconds), continuation: continuation)
                return state.next
            }
            guard let id else { return continuation.resume(throwing: BrowserError("\(method): the browser has ended")) }
            var message: [String: JSONValue] = [
                "id": .number(Double(id)), "method": .string(method), "params": .object(parameters),
            ]
            message["sessionId"] = session.map { .string($0) }
            let bytes = Array(JSONValue.object(message).text.utf8) + [0]
            writing.async { [self] in write(bytes) }
        }
    }

    func listen(to session: String, _ listener: Listener?) {
        state.withLock { $0.listeners[session] = listener }
    }

    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, !state.withLock({ $0.hasEnded }) {
            let count = rest.withUnsafeBytes { Foundation.write(commands, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                var full = pollfd(fd: commands, events: Int16(POLLOUT), revents: 0)
                poll(&full, 1, 250)
            }
        }
    }

    private func read() {
        var message = Data()
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var ready = pollfd(fd: events, events: Int16(POLLIN), revents: 0)
            let found = poll(&ready, 1, 250)
            fail { $0.deadline < .now }
            if found <= 0 { continue }
            let count = Foundation.read(events, &bytes, bytes.count)
            if count <= 0 { break }
            var rest = bytes[..<count]
            while let end = rest.firstIndex(of: 0) {
                message.append(contentsOf: rest[..<end])
                take(message)
                message = Data()
                rest = rest[(end + 1)...]
            }
            message.append(contentsOf: rest)
        }
        state.withLock { $0.hasEnded = true }
        fail { _ in true }
    }

    /// Ends the commands that will have no answer.
    private func fail(where isOver: (Waiting) -> Bool) {
        let (over, hasEnded) = state.withLock { state in
            let over = state.waiting.filter { isOver($0.value) }
            for id in over.keys { state.waiting[id] = nil }
            return (over.values.map { $0 }, state.hasEnded)
        }
        for command in over {
            command.continuation.resume(
                throwing: BrowserError("\(command.method): \(hasEnded ? "the browser ended" : "no answer in time")"))
        }
    }

    private func take(_ data: Data) {
        guard let message = try? JSONValue(parsing: data) else { return }
        if let id = message["id"]?.number {
            guard let command = state.withLock({ $0.waiting.removeValue(forKey: Int(id)) }) else { return }
            if let error = message["error"] {
                let text = error["message"]?.string ?? error.text
                command.continuation.resume(throwing: BrowserError("\(command.method): \(text)"))
            } else {
                command.continuation.resume(returning: message["result"] ?? .null)
            }
        } else if let method = message["method"]?.string, let session = message["sessionId"]?.string {
            let listener = state.withLock { $0.listeners[session] }
            listener?(method, message["params"] ?? .null)
        }
    }
}
