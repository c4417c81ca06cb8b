import Foundation
import PoiseCore
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "false", "0", "1", "-7", "0.5", "1e+300", "9007199254740992", #""""#, #""é\n\"😀""#, "[]", "{}",
        #"[1,"1",true,null,[]]"#, #"{"a":{"b":[{}]},"c":0.1}"#,
    ])
    func `compact JSON comes back as it was`(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test func `random values survive being written and read`() throws {
        var generator = SeededGenerator(seed: 9)
        func value(depth: Int) -> JSONValue {
            switch generator.next(below: depth > 3 ? 5 : 7) {
            case 0: .null
            case 1: .bool(generator.next(below: 2) == 0)
            case 2: .number(Double(generator.next(below: 2001) - 1000))
            case 3: .number((generator.nextUnit() - 0.5) * 1e9)
            case 4: .string(["", "a/b", "\u{0}\u{1f}", "\"\\", "日本", "👩‍👩‍👧", "\u{2028}"][generator.next(below: 7)])
            case 5: .array((0..<generator.next(below: 4)).map { _ in value(depth: depth + 1) })
            default:
                .object(
                    Dictionary(
                        (0..<generator.next(below: 4)).map { ("k\($0)", value(depth: depth + 1)) },
                        uniquingKeysWith: { first, _ in first }))
            }
        }
        for _ in 0..<1000 {
            let original = value(depth: 0)
            #expect(try JSONValue(parsing: original.text) == original)
        }
    }

    @Test func `equal objects are equal texts whatever the order of their keys`() throws {
        let one = try JSONValue(parsing: #"{"b": 1, "a": {"d": 2, "c": 3}}"#)
        let other = try JSONValue(parsing: #"{"a": {"c": 3.0, "d": 2}, "b": 1e0}"#)
        #expect(one == other)
        #expect(one.text == #"{"a":{"c":3,"d":2},"b":1}"#)
        #expect(other.text == one.text)
    }

    @Test func `true is not 1 and 1 is not true`() throws {
        #expect(try JSONValue(parsing: "1") == .number(1))
        #expect(try JSONValue(parsing: "true") == .bool(true))
        #expect(try JSONValue(parsing: #"["true", 0, false]"#) == .array([.string("true"), .number(0), .bool(false)]))
    }

    @Test(arguments: ["", "{", "[1,", #"{"a"}"#, "nul", "1 2", #""a"#, "{'a': 1}", "\u{FEFF}}", "NaN"])
    func `malformed JSON is refused`(text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: text) }
    }

    @Test func `bytes that are not UTF-8 and nesting without end are refused`() {
        #expect(throws: (any Error).self) { try JSONValue(parsing: Data([0x22, 0xFF, 0xFE, 0xC0, 0x22])) }
        #expect(throws: (any Error).self) { try JSONValue(parsing: String(repeating: "[", count: 100_000)) }
    }

    @Test func `each accessor gives its kind and nothing else`() {
        let object: JSONValue = .object(["k": .string("v")])
        #expect(object["k"]?.string == "v")
        #expect(object["x"] == nil)
        #expect(JSONValue.array([])["k"] == nil)
        #expect(JSONValue.number(2).number == 2)
        #expect(JSONValue.bool(true).number == nil)
        #expect(JSONValue.bool(true).bool == true)
        #expect(JSONValue.string("2").number == nil)
        #expect(JSONValue.array([.null]).array == [.null])
        #expect(object.object?.count == 1)
        #expect(
            [.null, .bool(true), .number(1), .string(""), .array([]), object].map(\.kindName) == [
                "null", "a boolean", "a number", "a string", "a list", "an object",
            ])
    }
}
