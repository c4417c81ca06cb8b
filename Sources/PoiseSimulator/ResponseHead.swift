/// The status line and headers of one response.
struct ResponseHead: Hashable, Sendable {
    enum Body: Hashable, Sendable {
        /// JSON of a known length in bytes.
        case json(length: Int)
        /// Server-sent events or lines of JSON; HTTP/1.0 knows no chunks and ends them with the connection.
        case stream(hasLines: Bool, isChunked: Bool)
    }

    var status = 200
    let body: Body
    let announcesKeepAlive: Bool
    var retryAfter: APIError.RetryAfter?

    /// - Parameter now: what a date of `Retry-After` is counted from.
    func write(into bytes: inout [UInt8], now: CalendarText = .now) {
        bytes.append("HTTP/1.1 ")
        bytes.append(decimal: status)
        bytes.append(" ")
        bytes.append(text: APIError.reason(of: status))
        bytes.append("\r\n")
        bytes.append(text: SimulatorMark.header)
        bytes.append(": true\r\n")
        switch body {
        case .json(let length):
            bytes.append("Content-Type: application/json\r\nContent-Length: ")
            bytes.append(decimal: length)
            bytes.append("\r\n")
        case .stream(let hasLines, let isChunked):
            bytes.append("Content-Type: ")
            bytes.append(hasLines ? "application/x-ndjson" : "text/event-stream")
            bytes.append("\r\nCache-Control: no-cache\r\n")
            if isChunked { bytes.append("Transfer-Encoding: chunked\r\n") }
        }
        switch retryAfter {
        case .seconds(let seconds): bytes.append(text: "Retry-After: \(seconds)\r\n")
        case .date(let ahead):
            bytes.append(text: "Retry-After: \(CalendarText(seconds: now.seconds + ahead).http)\r\n")
        case nil: break
        }
        bytes.append("Connection: ")
        bytes.append(announcesKeepAlive ? "keep-alive" : "close")
        bytes.append("\r\n\r\n")
    }
}
