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
        let data = try JSONEncoder().encode(request)
        #expect(try JSONDecoder().decode(ServedRequest.self, from: data) == request)
        let value = try JSONValue(parsing: data)
        #expect(value["body"]?["a"]?.array?.count == 2)
        #expect(value["arrival"]?.number == 7_000_000_000_001)
        #expect(value["chunks"]?.array?.first?["kind"]?.string == "role")
    }

    @Test func `a line with an unknown kind of chunk is refused`() {
        let line = #"{"kind":"song","tokens":1,"due":1,"written":2}"#
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ServedRequest.SentChunk.self, from: Data(line.utf8))
        }
    }
}
