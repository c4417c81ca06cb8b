import PoiseCore
import Testing

@testable import poise

@Suite struct ConsoleTests {
    @Test func `control sequences that a server sends do not reach the terminal`() {
        #expect(Console.withoutControls("a\u{1B}[2Jb\r\u{7}\u{9B}c") == "a␛[2Jb␍␇\u{FFFD}c")
        #expect(Console.withoutControls("what\n\twhere: é 😀 −5") == "what\n\twhere: é 😀 −5")
    }

    @Test func `an error is explained by its three parts`() {
        let failure = RequestFailure(kind: .refused, message: "nothing answers", remedy: "Start it.")
        #expect(Console.explanation(of: failure) == "nothing answers\n  Start it.")
    }
}
