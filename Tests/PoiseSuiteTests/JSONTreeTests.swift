import PoiseCore
import Testing

@testable import PoiseSuite

struct JSONTreeTests {
    @Test(arguments: [
        ("1.50", JSONValue.number(1.5)), ("9007199254740992", .number(9_007_199_254_740_992)),
        ("9007199254740993", .string("9007199254740993")), ("-1e999", .string("-1e999")),
    ])
    func `a number that a double cannot hold stays the text that was written`(digits: String, value: JSONValue) throws {
        #expect(try JSONReader.read(digits).value == value)
    }

    @Test(arguments: [
        ("null", JSONTree.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
        ("-1.50e+3", .number("-1.50e+3")), (#""a\n\u00e9\ud83d\ude00\/""#, .string("a\né😀/")), ("[]", .array([])),
        ("{}", .object([])), ("[1, [2]]", .array([.number("1"), .array([.number("2")])])),
        (
            #"{"b": 1, "a": 2}"#,
            .object([
                .init(name: "b", value: .number("1"), column: 2), .init(name: "a", value: .number("2"), column: 10),
            ])
        ),
    ])
    func `JSON is read as it stands`(text: String, expected: JSONTree) throws {
        #expect(try JSONReader.read(text) == expected)
    }

    @Test(arguments: [
        ("", 1, "expected a value, saw the end of the line"),
        ("{", 2, "expected a key in double quotes, saw the end of the line"),
        ("{'a': 1}", 2, "expected a key in double quotes, saw “'”"),
        (#"{"a" 1}"#, 6, "expected “:” after “a”, saw “1”"),
        (#"{"a": 1 "b": 2}"#, 9, "expected “,” or “}”, saw “\"”"),
        (#"{"a": 1,}"#, 9, "expected a key in double quotes, saw “}”"),
        ("[1, ]", 5, "expected a value, saw “]”"),
        ("[1 2]", 4, "expected “,” or “]”, saw “2”"),
        ("[1] x", 5, "expected the end of the line, saw “x”"),
        ("None", 1, "expected a value, saw “None”; texts stand in double quotes"),
        (#""abc"#, 1, "the text is not closed: no second double quote"),
        ("\"a\tb\"", 3, "a control character in a text; write it as \\u00XX or \\n"),
        (#""\x""#, 2, "no such escape: \\x"),
        (#""\ud83d""#, 2, "half of a surrogate pair"),
        (#""\u12g4""#, 6, "expected four hexadecimal digits, saw “g”"),
        ("012", 1, "a number starts with 0"), ("-01", 1, "a number starts with 0"),
        ("1.", 3, "expected a digit, saw the end of the line"), ("-", 2, "expected a digit, saw the end of the line"),
        ("1e", 3, "expected a digit, saw the end of the line"),
        (#"{"a": 1, "a": 2}"#, 10, "the key “a” stands here again"),
    ])
    func `what is not JSON is told with its column`(text: String, column: Int, what: String) {
        #expect(throws: JSONSyntaxError(column: column, what: what)) { try JSONReader.read(text) }
    }

    @Test func `deep nesting is refused and not followed`() {
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read(String(repeating: "[", count: 200_000)) }
    }

    @Test func `a tree becomes the value that it is`() throws {
        let text = #"{"a":[1,2.5,null,true,"x"],"b":{"c":{}}}"#
        #expect(try JSONReader.read(text).value == JSONValue(parsing: text))
    }
}
