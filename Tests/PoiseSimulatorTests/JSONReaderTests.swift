import Foundation
import PoiseCore
import Testing

@testable import PoiseSimulator

struct JSONReaderTests {
    private static let document = Array(
        #"{"a":[1,-2.5e+3,0,true,false,null,"x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude42 ü"],"b":{},"c":[], "d":{"e":[[]]}}"#
            .utf8)

    @Test func `a document is JSON, and no beginning of it is`() {
        #expect(JSONReader.isJSON(Self.document))
        for count in 0..<Self.document.count { #expect(!JSONReader.isJSON(Array(Self.document[..<count]))) }
    }

    @Test func `damage is judged as another parser judges it`() {
        var generator = SeededGenerator(seed: 11, stream: 0)
        let replacements = Array(#"{}[]",:\019eE+-.tfn u"#.utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3]
        var accepted = 0
        for _ in 0..<5000 {
            var bytes = Self.document
            let place = Int(generator.nextUnit() * Double(bytes.count))
            bytes[place] = replacements[Int(generator.nextUnit() * Double(replacements.count))]
            let expected = (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) != nil
            let found = JSONReader.isJSON(bytes)
            if found { accepted += 1 }
            // A lone surrogate is passed over here and refused there: nobody reads that string.
            let hasSurrogate = String(decoding: bytes, as: UTF8.self).contains("\\ud")
            #expect(found == expected || (found && hasSurrogate), "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 250)
    }

    @Test func `strings are read without their escapes`() throws {
        var reader = JSONReader(Array(#" "a\n\u00fc\ud83d\ude42\/ü" "#.utf8))
        #expect(try reader.string() == "a\nü🙂/ü")
        try reader.end()
        for text in [#""\ud83d""#, #""\ud83dx""#, #""\ude42""#, #""\u12""#] {
            var reader = JSONReader(Array(text.utf8))
            #expect(throws: JSONReader.Failure.notJSON) { try reader.string() }
        }
    }

    @Test func `what has another type is told from what is no JSON`() {
        var reader = JSONReader(Array("[true]".utf8))
        #expect(throws: JSONReader.Failure.wrongType) { try reader.string() }
        #expect(throws: JSONReader.Failure.wrongType) { try reader.enterObject() }
        var number = JSONReader(Array("1.5".utf8))
        #expect(throws: JSONReader.Failure.wrongType) { try number.integer() }
        var whole = JSONReader(Array("2.0".utf8))
        #expect((try? whole.integer()) == 2)
    }

    @Test func `nesting has an end`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(JSONReader.isJSON(nested(JSONReader.deepest)))
        #expect(!JSONReader.isJSON(nested(JSONReader.deepest + 1)))
        #expect(!JSONReader.isJSON(nested(1_000_000)))
    }
}
