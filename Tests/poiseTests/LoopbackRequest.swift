import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One HTTP request written by hand, so that its host, path and method are whatever a test says.
enum LoopbackRequest {
    struct Answer {
        let status: Int
        let head: String
        let body: String
    }

    /// - Parameter address: the interface that is asked.
    /// - Returns: nil where nobody listens there.
    static func send(
        _ target: String, method: String = "GET", host: String? = nil, port: Int, address: String = "127.0.0.1"
    ) async -> Answer? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let text =
                    "\(method) \(target) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nConnection: close\r\n\r\n"
                continuation.resume(returning: exchange(text, port: port, address: address))
            }
        }
    }

    private static func exchange(_ request: String, port: Int, address: String) -> Answer? {
        #if canImport(Darwin)
            let kind = SOCK_STREAM
        #else
            let kind = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, address, &place.sin_addr)
        let isThere = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isThere else { return nil }
        var bytes = Array(request.utf8)
        guard write(descriptor, &bytes, bytes.count) == bytes.count else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = String(text[..<end.lowerBound])
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: head, body: String(text[end.upperBound...]))
    }
}
