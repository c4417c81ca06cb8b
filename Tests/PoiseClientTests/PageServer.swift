import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A server that answers each path with a page of its own, and others with 404; it keeps what was sent to it.
final class PageServer: Sendable {
    let url: String
    private let listener: Int32
    private let sent = Mutex<[(path: String, body: String)]>([])

    /// - Parameters:
    ///   - pages: bodies by their paths; of several for one path each is given once, the last for ever.
    ///   - header: sent with every response.
    init(_ pages: [String: [String]], header: String = "Server: test") throws {
        let (listener, address) = try RawServer.listening(backlog: 8)
        self.listener = listener
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1"
        Thread.detachNewThread { [weak self] in
            var pages = pages
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else {
                    // Closed here and nowhere else: its number must not become another server's while this one waits on it.
                    close(listener)
                    return
                }
                let request = Self.read(connection)
                let path = request.head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                self?.sent.withLock { $0.append((path, request.body)) }
                let body = pages[path]?.first
                if let rest = pages[path], rest.count > 1 { pages[path] = Array(rest.dropFirst()) }
                let answer =
                    "HTTP/1.1 \(body == nil ? "404 No" : "200 OK")\r\n\(header)\r\nConnection: close\r\n"
                    + "Content-Length: \(body?.utf8.count ?? 0)\r\n\r\n\(body ?? "")"
                let bytes = Array(answer.utf8)
                _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(connection)
            }
        }
    }

    /// The bodies that were sent to a path, in order.
    func bodies(to path: String) -> [String] {
        sent.withLock { $0.filter { $0.path == path }.map(\.body) }
    }

    /// A whole request, by its `Content-Length`.
    private static func read(_ connection: Int32) -> (head: String, body: String) {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length =
                    head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
                let body = String(text[end.upperBound...])
                if body.utf8.count >= length { return (head, body) }
            }
            let count = recv(connection, &part, part.count, 0)
            guard count > 0 else { return (text, "") }
            bytes += part.prefix(count)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }
}
