import Testing

@testable import PoiseSimulator

struct HTTPRequestReaderTests {
    private static let plain =
        "POST /v1/chat/completions?x=1 HTTP/1.1\r\nHost: h\r\ncontent-LENGTH: 5\r\nAuthorization:  Bearer k \r\n\r\nhello"
    private static let chunked =
        "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n"

    /// Every request of a text that comes in reads of some length.
    private func requests(_ text: String, pieces: Int = .max) throws -> [ReceivedRequest] {
        var reader = HTTPRequestReader()
        var found: [ReceivedRequest] = []
        var rest = Array(text.utf8)[...]
        var now: Int64 = 0
        while !rest.isEmpty {
            now += 1
            rest.prefix(pieces).withUnsafeBytes { reader.append($0) }
            rest = rest.dropFirst(pieces)
            while case .request(let request) = try reader.next(now: now) { found.append(request) }
        }
        return found
    }

    @Test func `a request is read with what decides its answer`() throws {
        let request = try #require(try requests(Self.plain).first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/chat/completions")
        #expect(request.body == Array("hello".utf8))
        #expect(request.authorization == "Bearer k")
        #expect(request.keepsAlive && request.isHTTP11)
    }

    @Test(arguments: [plain, chunked], [1, 2, 3, 7, 50, Int.max])
    func `requests are the same however they were cut, and arrive with their last byte`(text: String, pieces: Int)
        throws
    {
        let found = try requests(text + text + text, pieces: pieces)
        #expect(found.count == 3)
        #expect(found.allSatisfy { $0.body == Array("hello".utf8) })
        let last = (Double(text.utf8.count * 3) / Double(min(pieces, text.utf8.count * 3))).rounded(.up)
        #expect(found.last?.arrival == Int64(last))
    }

    @Test func `a connection is kept as its version and its header say`() throws {
        func keeps(_ version: String, _ header: String) throws -> Bool? {
            try requests("GET / \(version)\r\n\(header)\r\n\r\n").first?.keepsAlive
        }
        #expect(try keeps("HTTP/1.1", "Host: h") == true)
        #expect(try keeps("HTTP/1.1", "Connection: Close") == false)
        #expect(try keeps("HTTP/1.0", "Host: h") == false)
        #expect(try keeps("HTTP/1.0", "connection: Keep-Alive") == true)
    }

    @Test func `a client that waits for leave is seen before its body`() throws {
        var reader = HTTPRequestReader()
        Array("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".utf8).withUnsafeBytes {
            reader.append($0)
        }
        #expect(try reader.next(now: 1) == .wantsLeave)
        #expect(try reader.next(now: 1) == .needsMore)
        Array("ok".utf8).withUnsafeBytes { reader.append($0) }
        guard case .request(let request) = try reader.next(now: 2) else {
            Issue.record("no request")
            return
        }
        #expect(request.body == Array("ok".utf8))
    }

    @Test func `a client that waits for leave to send nothing has sent all`() throws {
        var reader = HTTPRequestReader()
        Array("GET / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n".utf8).withUnsafeBytes { reader.append($0) }
        guard case .request = try reader.next(now: 1) else {
            Issue.record("no request")
            return
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "\u{16}\u{3}",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n",
    ])
    func `what is no HTTP is refused`(text: String) {
        #expect(throws: APIError.badRequest("the request is not valid HTTP")) { try requests(text) }
    }

    @Test func `sizes have limits`() {
        #expect(throws: APIError.tooLarge) {
            try requests("POST / HTTP/1.1\r\nContent-Length: \(HTTPRequestReader.largestBody + 1)\r\n\r\n")
        }
        #expect(throws: APIError.tooLarge) {
            try requests("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n")
        }
        #expect(throws: APIError.self) {
            try requests("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: HTTPRequestReader.largestHead + 1))
        }
    }

    @Test func `a key is not among the headers that are logged`() {
        let head = Array("GET / HTTP/1.1\r\nAUTHORIZATION: Bearer sk\r\nX-A: 1\r\nx-a: 2\r\n\r\n".utf8)
        #expect(HTTPHeadFacts.logged(head) == ["authorization": "(left out)", "x-a": "1, 2"])
    }
}
