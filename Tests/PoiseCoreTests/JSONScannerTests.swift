import PoiseCore
import Testing

@Suite struct JSONScannerTests {
    /// Scans a text with a body.
    private func scan<Value>(_ text: String, _ body: (inout JSONScanner) throws -> Value) rethrows -> Value {
        try Array(text.utf8).withUnsafeBytes { bytes in
            var scanner = JSONScanner(bytes)
            return try body(&scanner)
        }
    }

    private func failure(_ text: String) -> JSONScanner.Failure? {
        JSONTree.skipping(Array(text.utf8))
    }

    @Test func `what is asked for is read, the rest is skipped`() throws {
        let text = #" {"a": [1, {"b": "]}"}], "c" : "x", "d":{"e":[true,null,-1.5]}} "#
        let (c, e) = try scan(text) { scanner in
            var (c, e) = ("", Double.nan)
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                if key.says("c") {
                    c = try scanner.text().string
                } else if key.says("d") {
                    try scanner.beginObject()
                    while try scanner.nextKey() != nil {
                        try scanner.beginArray()
                        #expect(try scanner.nextElement())
                        #expect(try scanner.bool())
                        #expect(try scanner.nextElement())
                        try scanner.null()
                        #expect(try scanner.nextElement())
                        e = try scanner.number().double
                        #expect(try !scanner.nextElement())
                    }
                } else {
                    try scanner.skip()
                }
            }
            try scanner.finish()
            return (c, e)
        }
        #expect(c == "x")
        #expect(e == -1.5)
    }

    @Test(arguments: [#"{"content":1}"#, #"{"\u0063ontent":1}"#, #"{"c\u006Fn\u0074ent":1}"#])
    func `a key is known by what it says, however it is spelled`(text: String) throws {
        try scan(text) { scanner in
            try scanner.beginObject()
            let key = try #require(try scanner.nextKey())
            #expect(key.says("content"))
            #expect(!key.says("contents") && !key.says("conten") && !key.says("Content") && !key.says(""))
        }
    }

    @Test func `both values of a key that occurs twice are given`() throws {
        let values = try scan(#"{"a":1,"a":2}"#) { scanner in
            var values: [Int?] = []
            try scanner.beginObject()
            while try scanner.nextKey() != nil { values.append(try scanner.number().integer) }
            return values
        }
        #expect(values == [1, 2])
    }

    @Test func `the source of a value is its text as it stands`() throws {
        let source = try scan(#"{"a": {"b" : [1, "\n"]} }"#) { scanner in
            try scanner.beginObject()
            _ = try scanner.nextKey()
            return String(decoding: try scanner.source(), as: UTF8.self)
        }
        #expect(source == #"{"b" : [1, "\n"]}"#)
    }

    @Test(arguments: [
        ("", 0, JSONScanner.Failure.Reason.ended), ("[1,2", 4, .ended), ("[1 2]", 3, .unexpected),
        (#"{"a" 1}"#, 5, .unexpected), (#"{"a":1,}"#, 6, .trailingComma), ("[1,]", 2, .trailingComma),
        ("[,]", 1, .unexpected), ("{1:2}", 1, .unexpected), ("1 2", 2, .unexpected), ("nulL", 3, .unexpected),
        ("\"a\nb\"", 2, .controlCharacter), (#""a\x""#, 2, .escape), (#""\u12g4""#, 5, .escape),
        (#""\u12"#, 5, .ended), ("01", 1, .number), ("1.", 2, .number), ("-", 1, .number), ("1e+", 3, .number),
        ("[1}", 2, .unexpected), (#"{"a":1]"#, 6, .unexpected),
    ])
    func `an error says where it is and what`(text: String, offset: Int, reason: JSONScanner.Failure.Reason) {
        #expect(failure(text) == JSONScanner.Failure(reason: reason, offset: offset))
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xE0, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF5, 0x80, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func `what is not UTF-8 is refused, wherever in a string it stands`(sequence: [UInt8]) {
        for before in 0..<18 {
            let text = [0x22] + Array(repeating: 0x61, count: before) + sequence + [0x22]
            #expect(JSONTree.skipping(text)?.reason == .encoding)
            #expect(JSONTree.skipping(text)?.offset == before + 1)
        }
    }

    @Test func `a quote, a backslash or a control character is found at any place in a word`() {
        for before in 0..<24 {
            let plain = String(repeating: "~", count: before)
            #expect(failure("\"\(plain)\"") == nil)
            #expect(failure("\"\(plain)\\n\(plain)é😀\"") == nil)
            #expect(failure("\"\(plain)\u{1}\"")?.offset == before + 1)
            #expect(failure("\"\(plain)\\q\"")?.reason == .escape)
            #expect(failure("\"\(plain)")?.reason == .ended)
        }
    }

    @Test func `half a surrogate pair is taken, and told`() throws {
        let halves = [
            (#""\ud83d""#, true), (#""\ude00x""#, true), (#""\ud83d\u0041""#, true), (#""\ud83d\ude00""#, false),
        ]
        for (text, isHalf) in halves {
            try scan(text) { scanner in
                _ = try scanner.text()
                #expect(scanner.hasLoneSurrogate == isHalf)
            }
        }
    }

    @Test func `a value of another kind than the one asked for is an error`() {
        #expect(throws: JSONScanner.Failure.self) { try scan("7") { _ = try $0.text() } }
        #expect(throws: JSONScanner.Failure.self) { try scan("\"7\"") { _ = try $0.number() } }
        #expect(throws: JSONScanner.Failure.self) { try scan("[]") { try $0.beginObject() } }
        #expect(throws: JSONScanner.Failure.self) { try scan("null") { _ = try $0.bool() } }
    }

    @Test func `the failure explains itself`() {
        #expect(failure("[1,]")?.errorDescription == "byte 2: a comma is followed by nothing")
    }
}
