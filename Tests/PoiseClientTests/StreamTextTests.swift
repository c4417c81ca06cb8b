import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct StreamTextTests {
    private func grown(_ pieces: [String]) throws -> (text: String, grown: [Int]) {
        var text = StreamText()
        let grown = try pieces.map { piece in
            try Array("\"\(piece)\"".utf8).withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return text.append(try scanner.text())
            }
        }
        return (text.string, grown)
    }

    @Test func `scalars are counted, escaped or not`() throws {
        let read = try grown(["é😀a", #"\u00e9\n"#, "", #"\ud83d\ude00x"#])
        #expect(read.text == "é😀aé\n😀x")
        #expect(read.grown == [3, 2, 0, 2])
    }

    @Test func `the half that completes a pair counts as none`() throws {
        let read = try grown([#"a\ud83d"#, #"\ude00b"#])
        #expect(read.text == "a😀b")
        #expect(read.grown == [2, 1])
    }

    @Test func `halves that nothing completes are replaced`() throws {
        let read = try grown([#"\ud83d"#, "x", #"\ude00"#, #"\ud83d"#])
        #expect(read.text == "\u{FFFD}x\u{FFFD}\u{FFFD}")
        #expect(read.grown == [1, 1, 1, 1])
    }
}
