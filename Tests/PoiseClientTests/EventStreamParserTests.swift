import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct EventStreamParserTests {
    /// The events of a stream that arrives in the given pieces.
    private func events(_ pieces: [[UInt8]], finishing: Bool = false) -> [String] {
        var parser = EventStreamParser()
        var found: [String] = []
        for piece in pieces {
            piece.withUnsafeBytes { parser.push($0, into: &found) { $0.append(Self.text(of: $1)) } }
        }
        if finishing { parser.finish(into: &found) { $0.append(Self.text(of: $1)) } }
        return found
    }

    /// The event's data, marked where the server named it an error.
    private static func text(of event: EventStreamParser.Event) -> String {
        (event.isError ? "error: " : "") + String(decoding: event.data, as: UTF8.self)
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

    @Test func `an event that the server names an error is told apart, and only that one`() {
        #expect(events("event: error\ndata: x\n\ndata: y\n\n") == ["error: x", "y"])
        #expect(events("data: x\nevent:error\n\nevent: errors\ndata: y\n\n") == ["error: x", "y"])
        #expect(events("event: error\nevent: message\ndata: x\n\n") == ["x"])
    }

    @Test
    func `an event beyond the bound ends the reading, whether it came whole or in parts, and frees what was kept`() {
        let stream = Array(("data: a\n\ndata: " + String(repeating: "x", count: 200) + "\n\ndata: b\n\n").utf8)
        for size in [1, 7, 100, 150, stream.count] {
            var parser = EventStreamParser(maximum: 100)
            var found: [String] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                Array(stream[start..<min(stream.count, start + size)]).withUnsafeBytes {
                    parser.push($0, into: &found) { $0.append(Self.text(of: $1)) }
                }
            }
            parser.finish(into: &found) { $0.append(Self.text(of: $1)) }
            #expect(parser.isTooLarge)
            #expect(found == ["a"])
        }
    }

    @Test func `many data lines of one event count together`() {
        var parser = EventStreamParser(maximum: 100)
        var found: [String] = []
        for _ in 0..<30 {
            Array("data: 12345\n".utf8).withUnsafeBytes {
                parser.push($0, into: &found) { $0.append(Self.text(of: $1)) }
            }
        }
        #expect(parser.isTooLarge)
    }
}
