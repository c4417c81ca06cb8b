import PoiseCore
import Testing

@Suite struct JSONTextTests {
    private func unescaped(_ json: String) throws -> [UInt8] {
        try Array(json.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            var out: [UInt8] = []
            try scanner.text().append(to: &out)
            return out
        }
    }

    private func string(_ json: String) throws -> String {
        try Array(json.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            return try scanner.text().string
        }
    }

    @Test func `escapes become what they stand for`() throws {
        #expect(try string(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{C}\n\r\t")
        #expect(try string(#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#) == "Aé€😀\u{0}")
        #expect(try string(#""before\nafter""#) == "before\nafter")
        #expect(try string(#""""#) == "")
    }

    @Test func `half a surrogate pair alone becomes a replacement character`() throws {
        #expect(try string(#""a\ud83d""#) == "a\u{FFFD}")
        #expect(try string(#""\ude00\ud83db""#) == "\u{FFFD}\u{FFFD}b")
    }

    @Test func `two halves from two texts join to one scalar`() throws {
        for scalar in ["😀", "\u{10000}", "\u{10FFFF}", "𝄞"] {
            let units = Array(scalar.utf16).map { String($0, radix: 16) }
            var text = try unescaped("\"x\\u\(units[0])\"")
            let seam = text.count
            text += try unescaped("\"\\u\(units[1])y\"")
            #expect(SurrogateHalf.join(at: seam, in: &text))
            #expect(String(decoding: text, as: UTF8.self) == "x\(scalar)y")
        }
    }

    @Test func `what is no pair does not join`() throws {
        for (first, second) in [
            (#""\ud83d""#, #""a""#), (#""a""#, #""\ude00""#), (#""\ude00""#, #""\ud83d""#), ("\"\"", "\"\""),
        ] {
            var text = try unescaped(first)
            let seam = text.count
            text += try unescaped(second)
            #expect(!SurrogateHalf.join(at: seam, in: &text))
        }
    }
}
