import Testing

@testable import PoiseClient

@Suite struct HTTPHeadersTests {
    private func headers(_ lines: String...) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for line in lines { headers.append(Array("\(line)\r\n".utf8)) }
        return headers
    }

    @Test func `a header is found in any case, without the space around its value`() {
        let headers = headers("HTTP/1.1 200 OK", "Content-Type:  text/event-stream\t ", "X-Empty:", "")
        #expect(headers["content-type"] == "text/event-stream")
        #expect(headers["x-empty"] == "")
        #expect(headers["content"] == nil)
        #expect(headers["http/1.1 200 ok"] == nil)
    }

    @Test func `of several the last counts`() {
        #expect(headers("HTTP/1.1 200 OK", "Retry-After: 1", "retry-after: 2")["retry-after"] == "2")
    }

    @Test func `an interim response's headers are not those of the response`() {
        let headers = headers("HTTP/1.1 103 Early Hints", "Link: </x>", "", "HTTP/1.1 200 OK", "Server: s")
        #expect(headers["link"] == nil)
        #expect(headers["server"] == "s")
    }

    @Test func `a dictionary of headers reads back`() {
        let headers = HTTPHeaders(["server": "s", "content-type": "a/b"])
        #expect(headers["server"] == "s")
        #expect(headers["content-type"] == "a/b")
    }
}
