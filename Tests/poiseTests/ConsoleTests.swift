import PoiseCore
import Testing

@testable import poise

@Suite struct ConsoleTests {
    @Test func `an error is explained by its three parts`() {
        let failure = RequestFailure(kind: .refused, message: "nothing answers", remedy: "Start it.")
        #expect(Console.explanation(of: failure) == "nothing answers\n  Start it.")
    }
}
