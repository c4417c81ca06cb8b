import Testing

@testable import PoiseReport

struct TerminalTextTests {
    @Test func `wide characters take two columns, combining marks none`() {
        #expect(TerminalText.width("abc") == 3)
        #expect(TerminalText.width("模型") == 4)
        #expect(TerminalText.width("e\u{301}") == 1)
    }

    @Test func `cutting and padding keep to columns`() {
        #expect(TerminalText.cut("abcdef", to: 4) == "abc…")
        #expect(TerminalText.cut("模型模型", to: 4) == "模…")
        #expect(TerminalText.cut("abc", to: 3) == "abc")
        #expect(TerminalText.cut("abc", to: 0) == "")
        #expect(TerminalText.padded("ab", to: 4, right: true) == "  ab")
    }

    @Test func `a cut inside keeps both ends and its columns`() {
        #expect(TerminalText.cutInside("abcdefghijklmnop", to: 12) == "abcde…klmnop")
        #expect(TerminalText.cutInside("模型模型模型模型", to: 13) == "模型模…型模型")
        #expect(TerminalText.cutInside("abcdefghijklmnop", to: 8) == "abcdefg…")
        #expect(TerminalText.cutInside("abc", to: 12) == "abc")
    }

    @Test func `control characters and marks of direction are replaced`() {
        #expect(TerminalText.printable("a\u{1B}[2Jb\u{202E}") == "a\u{FFFD}[2Jb\u{FFFD}")
        #expect(TerminalText.printable("q4_0 é 模") == "q4_0 é 模")
    }

    @Test func `lines break at spaces, and a word that is too long is cut`() {
        #expect(TerminalText.wrapped("aa bb cc", to: 5) == ["aa bb", "cc"])
        #expect(TerminalText.wrapped("abcdefgh", to: 5) == ["abcd…"])
        #expect(TerminalText.wrapped("", to: 5) == [])
    }
}
