import Testing

@testable import PoiseReport

struct NumbersTests {
    @Test(arguments: [
        (0.0, 0, "0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (-2.5, 1, "−2.5"), (1234567.0, 0, "1,234,567"),
        (999.96, 1, "1,000.0"), (0.005, 2, "0.01"), (12.0, 2, "12.00"),
    ])
    func `fixed decimals, commas between thousands, a true minus and no minus zero`(
        value: Double, decimals: Int, text: String
    ) {
        #expect(Numbers.fixed(value, decimals) == text)
    }

    @Test func `what is not finite is written as such and never as a number`() {
        #expect(Numbers.fixed(.infinity, 1) == "∞")
        #expect(Numbers.fixed(.nan, 1) == "–")
        #expect(Numbers.time(.infinity) == "∞")
    }

    @Test func `undefined is a dash, never 0`() {
        #expect(Numbers.percent(nil) == "–")
        #expect(Numbers.threeDigits(nil) == "–")
        #expect(Numbers.time(nil) == "–")
        #expect(Numbers.bytes(nil) == "–")
        #expect(Numbers.probability(nil) == "–")
        #expect(Numbers.range(1, nil) == "–")
        #expect(Numbers.percentRange(nil, nil) == "–")
        #expect(Numbers.percent(0) == "0.0")
    }

    @Test func `a probability says 0 or 100 only where it is that`() {
        #expect(Numbers.probability(0) == "0%")
        #expect(Numbers.probability(0.0004) == "<1%")
        #expect(Numbers.probability(0.834) == "83%")
        #expect(Numbers.probability(0.9996) == ">99%")
        #expect(Numbers.probability(1) == "100%")
    }

    @Test func `ranges have an en dash, or the word where a sign occurs`() {
        #expect(Numbers.range(14.9, 15.5) == "14.9–15.5")
        #expect(Numbers.range(-2.5, 2.1, decimals: 1) == "−2.5 to 2.1")
        #expect(Numbers.percentRange(0.712, 0.789) == "71.2–78.9")
    }

    @Test(arguments: [
        (0.27, "0.27 ms"), (795.4, "795 ms"), (999.7, "1.00 s"), (1020, "1.02 s"), (24_500, "24.5 s"), (0, "0.00 ms"),
    ])
    func `times are said in the unit that people use`(milliseconds: Double, text: String) {
        #expect(Numbers.time(milliseconds) == text)
    }

    @Test func `speeds keep three digits that matter`() {
        #expect(Numbers.threeDigits(17_913.7) == "17,914")
        #expect(Numbers.threeDigits(99.47) == "99.5")
        #expect(Numbers.threeDigits(99.6) == "100")
        #expect(Numbers.threeDigits(0.912) == "0.91")
    }

    @Test func `spans, bytes, counts and lists read like words`() {
        #expect(Numbers.span(seconds: 186_720) == "51 h 52 min")
        #expect(Numbers.span(seconds: 220) == "3 min 40 s")
        #expect(Numbers.span(seconds: -1) == "0 s")
        #expect(Numbers.bytes(1_340_000_000) == "1.34 GB")
        #expect(Numbers.bytes(250_000) == "250 kB")
        #expect(Numbers.bytes(999_900_000) == "1.00 GB")
        #expect(Numbers.counted(1, "sample") == "1 sample")
        #expect(Numbers.counted(34_560, "response") == "34,560 responses")
        #expect(Numbers.list([]) == "")
        #expect(Numbers.list(["a", "b", "c"]) == "a, b and c")
    }

    @Test func `a setting is written without decimals that say nothing`() {
        #expect(Numbers.trimmed(0) == "0")
        #expect(Numbers.trimmed(0.7) == "0.7")
        #expect(Numbers.trimmed(0.95) == "0.95")
    }

    @Test func `a small share is not rounded to nothing`() {
        #expect(Numbers.smallShare(0) == "0%")
        #expect(Numbers.smallShare(0.0001) == "<0.1%")
        #expect(Numbers.smallShare(0.004) == "0.4%")
        #expect(Numbers.smallShare(0.123) == "12%")
    }

    @Test func `a span that was chosen is said as it was written`() {
        #expect(
            [0.5, 60, 90, 300, 1800, 3600].map(Numbers.setting) == [
                "0.5 s", "60 s", "90 s", "5 min", "30 min", "60 min",
            ])
        #expect(Numbers.setting(seconds: 150) == "2 min 30 s")
        #expect(Numbers.setting(seconds: 7200) == "2 h 0 min")
    }
}
