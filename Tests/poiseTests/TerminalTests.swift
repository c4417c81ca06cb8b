import PoiseCore
import Testing

@testable import poise

@Suite struct TerminalTests {
    @Test func `colour follows the terminal, NO_COLOR and the choice`() {
        #expect(ColorChoice.auto.decide(isTerminal: true, environment: [:]))
        #expect(!ColorChoice.auto.decide(isTerminal: false, environment: [:]))
        #expect(!ColorChoice.auto.decide(isTerminal: true, environment: ["NO_COLOR": "1"]))
        #expect(ColorChoice.auto.decide(isTerminal: true, environment: ["NO_COLOR": ""]))
        #expect(!ColorChoice.auto.decide(isTerminal: true, environment: ["TERM": "dumb"]))
        #expect(ColorChoice.always.decide(isTerminal: false, environment: ["NO_COLOR": "1"]))
        #expect(!ColorChoice.never.decide(isTerminal: true, environment: [:]))
    }

    @Test(arguments: [("200ms", 200.0), ("1.5s", 1500), ("2min", 120_000), ("50us", 0.05), ("0ms", 0)])
    func `spans of time are read with their unit`(text: String, milliseconds: Double) {
        #expect(TimeSpan(argument: text)?.duration.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "5", "fast", "-1s", "1 fortnight", "1e999s", "..s"])
    func `a span without a unit or a number is none`(text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }
}
