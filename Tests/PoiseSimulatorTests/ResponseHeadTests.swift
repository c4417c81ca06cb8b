import Testing

@testable import PoiseSimulator

struct ResponseHeadTests {
    private func text(_ head: ResponseHead) -> String {
        var bytes: [UInt8] = []
        head.write(into: &bytes, now: CalendarText(seconds: 784_111_770))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `a stream's head says what it is and that it is simulated`() {
        let head = text(ResponseHead(body: .stream(hasLines: false, isChunked: true), announcesKeepAlive: true))
        #expect(
            head == "HTTP/1.1 200 OK\r\nX-Poise-Simulated: true\r\nContent-Type: text/event-stream\r\n"
                + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n")
        let lines = text(ResponseHead(body: .stream(hasLines: true, isChunked: false), announcesKeepAlive: false))
        #expect(lines.contains("Content-Type: application/x-ndjson\r\n"))
        #expect(!lines.contains("chunked"))
    }

    @Test func `a time to wait is a number or a date`() {
        func waiting(_ retryAfter: APIError.RetryAfter) -> String {
            text(
                ResponseHead(
                    status: 429, body: .json(length: 2), announcesKeepAlive: false, retryAfter: retryAfter))
        }
        #expect(waiting(.seconds(7)).contains("\r\nRetry-After: 7\r\n"))
        #expect(
            waiting(.date(secondsAhead: 7)).contains("\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
    }
}
