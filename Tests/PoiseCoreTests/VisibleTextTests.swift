import Foundation
import Testing

@testable import PoiseCore

struct VisibleTextTests {
    @Test(arguments: [
        ("a\u{1B}[2Jb\r\u{7}\u{9B}c", "a␛[2Jb␍␇\u{FFFD}c"), ("\u{0}\u{8}\u{7F}", "␀␈\u{FFFD}"),
        ("\u{202E}a\u{2066}\u{2069}\u{200E}\u{200F}\u{61C}", "\u{FFFD}a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("\u{2028}\u{2029}\u{FEFF}\u{200B}\u{E0041}", String(repeating: "\u{FFFD}", count: 5)), ("\r\n", "␍\n"),
    ])
    func `what a terminal obeys becomes visible`(text: String, visible: String) {
        #expect(VisibleText.of(text) == visible)
    }

    @Test(arguments: ["", "what\n\twhere: é 😀 −5", "👩‍👩‍👧", "می‌خواهم", "שלום", "e\u{301}", "\u{A0}"])
    func `text is left as it is`(text: String) {
        #expect(VisibleText.of(text) == text)
        #expect(VisibleText.escaped(json: text) == text)
    }

    @Test func `on one line there is no other`() {
        #expect(VisibleText.of("a\n\tb\r\nc", isOneLine: true) == "a␊␉b␍␊c")
    }

    @Test func `JSON says the same with escapes`() throws {
        let texts = ["a\u{9B}b\u{202E}c\u{7F}d\u{E0041}e", "é😀"]
        let json = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
        let escaped = VisibleText.escaped(json: json)
        #expect(escaped == #"["a\u009bb\u202ec\u007fd\udb40\udc41e","é😀"]"#)
        #expect(try JSONDecoder().decode([String].self, from: Data(escaped.utf8)) == texts)
    }
}
