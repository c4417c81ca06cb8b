import NIOCore

/// The status line and headers of one response.
struct ResponseHead: Hashable, Sendable {
    enum Body: Hashable, Sendable {
        /// JSON of a known length in bytes.
        case json(length: Int)
        /// Server-sent events; HTTP/1.0 knows no chunks and ends them with the connection.
        case events(isChunked: Bool)
    }

    var status = 200
    let body: Body
    let announcesKeepAlive: Bool
    /// Seconds.
    var retryAfter: Int?

    func write(into buffer: inout ByteBuffer) {
        buffer.writeString("HTTP/1.1 \(status) \(APIError.reason(of: status))\r\n")
        buffer.writeString("\(SimulatorMark.header): true\r\n")
        switch body {
        case .json(let length): buffer.writeString("Content-Type: application/json\r\nContent-Length: \(length)\r\n")
        case .events(let isChunked):
            buffer.writeString("Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n")
            if isChunked { buffer.writeString("Transfer-Encoding: chunked\r\n") }
        }
        if let retryAfter { buffer.writeString("Retry-After: \(retryAfter)\r\n") }
        buffer.writeString("Connection: \(announcesKeepAlive ? "keep-alive" : "close")\r\n\r\n")
    }
}
