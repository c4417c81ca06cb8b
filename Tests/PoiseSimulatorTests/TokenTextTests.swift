import PoiseCore
import Testing

@testable import PoiseSimulator

struct TokenTextTests {
    private func unescaped(_ bytes: some Sequence<UInt8>) throws -> String {
        try #require(JSONValue(parsing: "\"\(String(decoding: Array(bytes), as: UTF8.self))\"").string)
    }

    @Test(arguments: [
        "", " ", "132", "Hello world", "  two  spaces\n\tand a tab ", "quote \" backslash \\ bell \u{7} nul \u{0}",
        "zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich", "🙂🙂🙂🙂🙂🙂🙂🙂", "日本語の文章には空白がありません",
        String(repeating: "x", count: 100),
    ])
    func `the pieces of a text, put together, are the text`(text: String) throws {
        let tokens = TokenText(text)
        #expect(try unescaped(tokens[0..<tokens.count]) == text)
        let pieces = try (0..<tokens.count).map { try unescaped(tokens[$0..<($0 + 1)]) }
        #expect(pieces.joined() == text)
        #expect(pieces.allSatisfy { !$0.isEmpty && $0.utf8.count <= TokenText.longest })
    }

    @Test func `a piece is a word with the space before it`() throws {
        let tokens = TokenText("one two  three")
        #expect(try (0..<tokens.count).map { try unescaped(tokens[$0..<($0 + 1)]) } == ["one", " two", "  three"])
    }

    @Test(arguments: [0, 1, 2, 3, 4, 7, 1000])
    func `a text is made exactly so long`(count: Int) throws {
        let tokens = TokenText("one two three", tokens: count)
        #expect(tokens.count == count)
        let words = (0..<count).map { ["one", "two", "three"][$0 % 3] }.joined(separator: " ")
        #expect(try unescaped(tokens[0..<count]) == words)
    }

    @Test func `an empty text stays empty however long it should be`() {
        #expect(TokenText("", tokens: 5).isEmpty)
    }

    @Test func `a prefix has the first pieces`() throws {
        let tokens = TokenText("one two three")
        #expect(try unescaped(tokens.prefix(2)[0..<2]) == "one two")
        #expect(tokens.prefix(9) == tokens)
        #expect(tokens.prefix(0).isEmpty)
        #expect(tokens.prefix(-1).isEmpty)
    }

    @Test func `ranges beyond the end are cut`() {
        #expect(TokenText("one")[0..<9] == TokenText("one")[0..<1])
        #expect(TokenText("one")[4..<9].isEmpty)
    }
}
