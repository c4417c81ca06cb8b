import Foundation
import Glibc
import PoiseCore
import PoiseSimulator

/// A response as it came over the wire, before anything is made of it.
struct RawResponse: Sendable {
    enum End: Hashable, Sendable {
        /// As long as it said it would be.
        case complete
        case endOfFile, reset
        /// Nothing came within the client's patience, and the connection is still open.
        case silence
    }

    var status: Int?
    /// Names in lower case.
    var headers: [String: String] = [:]
    /// HTTP chunks with the instant of the read that completed each; one for a body of known length.
    var chunks: [Chunk] = []
    var end = End.endOfFile

    /// Kept as bytes: a chunk may end in the middle of a character.
    struct Chunk: Sendable {
        let bytes: ArraySlice<UInt8>
        let read: Instant

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    var body: String { String(decoding: chunks.flatMap(\.bytes), as: UTF8.self) }

    /// The payloads of the `data:` lines.
    var events: [String] {
        body.replacing("\r\n", with: "\n").split(separator: "\n").filter { $0.hasPrefix("data: ") }
            .map { String($0.dropFirst(6)) }
    }

    /// The events that are JSON; throws at one that should be and is not.
    func values() throws -> [JSONValue] {
        try events.filter { $0 != "[DONE]" }.map { try JSONValue(parsing: $0) }
    }

    func text(_ field: String = "content") throws -> String {
        try values().compactMap { $0.delta?[field]?.string }.joined()
    }
}

extension JSONValue {
    var delta: JSONValue? { self["choices"]?.array?.first?["delta"] }
    var finishReason: String? { self["choices"]?.array?.first?["finish_reason"]?.string }
}

/// A blocking HTTP/1.1 connection with nothing between the test and the socket.
final class RawConnection: Sendable {
    struct Refused: Error {}

    private let socket: Int32

    /// - Parameter patience: how long a read waits before it counts as silence.
    init(port: Int, patience: Duration = .seconds(300)) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        var limit = timeval(
            tv_sec: Int(patience.components.seconds), tv_usec: Int(patience.nanoseconds % 1_000_000_000 / 1000))
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard result == 0 else { throw Refused() }
    }

    deinit { close(socket) }

    func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            bytes = bytes.dropFirst(sent)
        }
    }

    func post(_ body: String, to path: String = "/v1/chat/completions", headers: [String] = []) {
        let lines =
            ["POST \(path) HTTP/1.1", "Host: localhost", "Content-Length: \(body.utf8.count)"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    func get(_ path: String, headers: [String] = []) {
        send((["GET \(path) HTTP/1.1", "Host: localhost"] + headers).joined(separator: "\r\n") + "\r\n\r\n")
    }

    /// Reads one response to its end on a thread that may wait, so that the test's own are free.
    ///
    /// - Parameter chunks: stops after so many HTTP chunks; the rest can be read by another call only from a boundary.
    func response(chunks limit: Int = .max) async -> RawResponse {
        await withCheckedContinuation { continuation in
            // A thread of its own: the pool of queues has fewer than some tests have connections.
            Thread.detachNewThread { continuation.resume(returning: self.read(limit: limit)) }
        }
    }

    // MARK: Reading

    private func read(limit: Int) -> RawResponse {
        var response = RawResponse()
        var input = Input(socket: socket)
        guard let start = input.line() else {
            response.end = input.end
            return response
        }
        response.status = start.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        while let line = input.line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            response.headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
        }
        if response.headers["transfer-encoding"] == "chunked" {
            while response.chunks.count < limit {
                guard let size = input.line().flatMap({ Int($0, radix: 16) }), let bytes = input.bytes(size),
                    input.line() == ""
                else {
                    response.end = input.end
                    return response
                }
                if size == 0 { break }
                response.chunks.append(.init(bytes: bytes, read: input.lastRead))
            }
            response.end = .complete
        } else if let length = response.headers["content-length"].flatMap({ Int($0) }) {
            let bytes = input.bytes(length)
            response.chunks.append(.init(bytes: bytes ?? input.rest, read: input.lastRead))
            response.end = bytes == nil ? input.end : .complete
        } else {
            while input.more() {}
            response.chunks.append(.init(bytes: input.rest, read: input.lastRead))
            response.end = input.end
        }
        return response
    }

    /// The status line of a response that has no more than that (RFC 9110, 15.2).
    func interim() async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var input = Input(socket: self.socket)
                let line = input.line()
                _ = input.line()
                continuation.resume(returning: line)
            }
        }
    }

    /// Reads until the other side closes; how the connection ended.
    func ending() async -> RawResponse.End {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var input = Input(socket: self.socket)
                while input.more() {}
                continuation.resume(returning: input.end)
            }
        }
    }

    private struct Input {
        let socket: Int32
        var rest: ArraySlice<UInt8> = []
        var lastRead = Instant(nanoseconds: 0)
        var end = RawResponse.End.endOfFile

        mutating func more() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = recv(socket, &buffer, buffer.count, 0)
            let problem = errno
            lastRead = Instant.now()
            guard count > 0 else {
                end = count == 0 ? .endOfFile : problem == EAGAIN ? .silence : .reset
                return false
            }
            rest += buffer[..<count]
            return true
        }

        mutating func line() -> String? {
            var searched = rest.startIndex
            while true {
                if let index = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<index], as: UTF8.self)
                    rest = rest[(index + 1)...]
                    return line.hasSuffix("\r") ? String(line.dropLast()) : line
                }
                searched = rest.endIndex
                guard more() else { return nil }
            }
        }

        mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
            while rest.count < count { guard more() else { return nil } }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
    }
}

// MARK: - Requests

/// The body of a chat completion request.
func chat(_ prompt: String = "Hello", stream: Bool = true, more: [String: JSONValue] = [:]) -> String {
    var members: [String: JSONValue] = [
        "model": .string("toy"), "stream": .bool(stream),
        "messages": .array([.object(["role": .string("user"), "content": .string(prompt)])]),
    ]
    members.merge(more) { _, new in new }
    return JSONValue.object(members).text
}

let includeUsage: [String: JSONValue] = ["stream_options": .object(["include_usage": .bool(true)])]

/// Starts an endpoint, and shuts it down whatever happens.
func withSimulator<Result>(
    _ configuration: SimulatorConfiguration, _ body: (Simulator) async throws -> Result
) async throws -> Result {
    let simulator = try await Simulator.start(configuration)
    do {
        let result = try await body(simulator)
        await simulator.shutdown()
        return result
    } catch {
        await simulator.shutdown()
        throw error
    }
}

/// One request on a connection of its own.
func ask(
    _ simulator: Simulator, _ body: String = chat(), headers: [String] = [], patience: Duration = .seconds(300)
) async throws -> RawResponse {
    let connection = try RawConnection(port: simulator.port, patience: patience)
    connection.post(body, headers: headers)
    return await connection.response()
}
