import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct EventStreamParserTests {
    /// The events of a stream that arrives in the given pieces.
    private func events(_ pieces: [[UInt8]], finishing: Bool = false) -> [String] {
        var parser = EventStreamParser()
        var found: [String] = []
        for piece in pieces {
            piece.withUnsafeBytes { parser.push($0) { found.append(String(decoding: $0, as: UTF8.self)) } }
        }
        if finishing, let last = parser.finish() { found.append(String(decoding: last, as: UTF8.self)) }
        return found
    }

    private func events(_ text: String) -> [String] {
        events([Array(text.utf8)])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `an event ends at an empty line, whichever way lines end`(end: String) {
        #expect(events("data: one\(end)\(end)data: two\(end)\(end)") == ["one", "two"])
    }

    @Test func `several data lines are one event with line feeds between them`() {
        #expect(events("data: one\ndata: two\n\n") == ["one\ntwo"])
    }

    @Test func `one space after the colon is not data, a second one is`() {
        #expect(events("data:none\n\ndata: one\n\ndata:  two\n\n") == ["none", "one", " two"])
    }

    @Test func `comments and other fields are read over`() {
        #expect(events(": ping\nevent: message\nid: 7\nretry: 100\ndata: x\n\n") == ["x"])
    }

    @Test func `a field whose name only begins with data is another field`() {
        #expect(events("database: no\ndat: no\ndata: yes\n\n") == ["yes"])
    }

    @Test func `an event without data is none, an event with empty data is one`() {
        #expect(events("event: x\n\n: c\n\ndata:\n\ndata\n\n") == ["", ""])
    }

    @Test func `a byte order mark at the start is skipped`() {
        #expect(events([[0xEF, 0xBB, 0xBF] + Array("data: x\n\n".utf8)]) == ["x"])
    }

    @Test func `an event that the stream ends within is given at the end`() {
        #expect(events([Array("data: one\n\ndata: cut".utf8)], finishing: true) == ["one", "cut"])
        #expect(events([Array("data: one\n\n".utf8)], finishing: true) == ["one"])
    }

    @Test func `any split gives the same events`() {
        let stream = Array(
            "\u{FEFF}: hi\r\ndata: {\"a\":\"é😀\"}\r\n\r\ndata: one\rdata: two\r\revent: e\ndata: three\n\n".utf8)
        let whole = events([stream])
        #expect(whole == ["{\"a\":\"é😀\"}", "one\ntwo", "three"])
        for first in 0...stream.count {
            for second in stride(from: first, through: stream.count, by: 3) {
                let pieces = [stream[..<first], stream[first..<second], stream[second...]].map(Array.init)
                #expect(events(pieces) == whole)
            }
        }
    }

    @Test func `random bytes never crash, and their events do not depend on how they are split`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("data: \r\n:x\u{FEFF}".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<generator.next(below: 60)).map { _ in alphabet[generator.next(below: alphabet.count)] }
            let cut = bytes.isEmpty ? 0 : generator.next(below: bytes.count)
            #expect(events([Array(bytes[..<cut]), Array(bytes[cut...])]) == events([bytes]))
            #expect(events(bytes.map { [$0] }) == events([bytes]))
        }
    }
}
