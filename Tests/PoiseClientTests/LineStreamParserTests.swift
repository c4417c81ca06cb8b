import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct LineStreamParserTests {
    private func lines(_ pieces: [[UInt8]], maximum: Int = .max) -> (lines: [String], isTooLarge: Bool) {
        var parser = LineStreamParser(maximum: maximum)
        var found: [String] = []
        for piece in pieces {
            piece.withUnsafeBytes { parser.push($0, into: &found) { $0.append(String(decoding: $1, as: UTF8.self)) } }
        }
        parser.finish(into: &found) { $0.append(String(decoding: $1, as: UTF8.self)) }
        return (found, parser.isTooLarge)
    }

    @Test func `any split gives the same lines, empty ones left out`() {
        let stream = Array("{\"a\":1}\n\r\n{\"b\":\"é\"}\r\n\n{\"c\":3}".utf8)
        for first in 0...stream.count {
            for second in first...stream.count {
                let pieces = [stream[..<first], stream[first..<second], stream[second...]].map(Array.init)
                #expect(lines(pieces).lines == ["{\"a\":1}", "{\"b\":\"é\"}", "{\"c\":3}"])
            }
        }
    }

    @Test func `a line beyond the bound ends the reading`() {
        let stream = Array(("ok\n" + String(repeating: "x", count: 50) + "\nlater\n").utf8)
        for size in [1, 9, stream.count] {
            let pieces = stride(from: 0, to: stream.count, by: size).map {
                Array(stream[$0..<min(stream.count, $0 + size)])
            }
            let read = lines(pieces, maximum: 20)
            #expect(read.isTooLarge)
            #expect(read.lines == ["ok"])
        }
    }
}
