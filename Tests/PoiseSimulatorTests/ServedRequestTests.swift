import Foundation
import PoiseCore
import Testing

@testable import PoiseSimulator

struct ServedRequestTests {
    @Test func `a record survives coding, with kinds as words and instants as nanoseconds`() throws {
        var request = ServedRequest(
            number: 3, method: "POST", path: "/v1/chat/completions", headers: ["host": "h"], bodyText: #"{"a":[1,2]}"#,
            arrival: Instant(nanoseconds: 7_000_000_000_001))
        request.status = 200
        request.ending = .complete
        request.chunks = Timeline.Kind.allCases.enumerated().map { index, kind in
            .init(
                kind: kind, tokens: index, due: Instant(nanoseconds: Int64(index)),
                written: Instant(nanoseconds: Int64(index) + 5))
        }
        let line = request.line
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(try JSONDecoder().decode(ServedRequest.self, from: Data(line)) == request)
        let value = try JSONValue(parsing: Data(line))
        #expect(value["body"]?["a"]?.array?.count == 2)
        #expect(value["arrival"]?.number == 7_000_000_000_001)
        #expect(value["kinds"]?.array?.map(\.string) == Timeline.Kind.allCases.map { "\($0)" })
        #expect(value["due"]?.array?.first?.number == -7_000_000_000_001)
    }

    @Test(arguments: ["{\"a\":\n [1,\r\n2]}", "no JSON\n\"at\" all \\ \u{1}", "", "{\"a\":1,}", "[1] x"])
    func `a body of any kind stays on its line and is read back`(body: String) throws {
        let request = ServedRequest(
            number: nil, method: "POST", path: "/\"", headers: ["x-a": "\"b\\"], bodyText: body,
            arrival: Instant(nanoseconds: 1))
        let line = request.line
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        let read = try JSONDecoder().decode(ServedRequest.self, from: Data(line))
        #expect(read.body == request.body)
        #expect(read.bodyText == (request.body == nil ? body : read.bodyText))
        #expect(read.headers == request.headers)
        #expect(read.path == "/\"")
        #expect(read.number == nil)
    }

    @Test(arguments: [
        #""kinds":["song"],"tokens":[1],"due":[1],"written":[2]"#,
        #""kinds":["answer"],"tokens":[1],"due":[1],"written":[]"#,
    ])
    func `a line with an unknown kind of chunk or columns of two lengths is refused`(columns: String) {
        let line =
            #"{"method":"GET","path":"/","headers":{},"body":"","arrival":1,"ending":"complete",\#(columns)}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ServedRequest.self, from: Data(line.utf8))
        }
    }
}
