import Testing

@testable import PoiseReport

struct TextWidthTests {
    @Test func `wide letters are wider than narrow ones, bold is wider than regular`() {
        #expect(TextWidth.of("MMM", size: 10) > TextWidth.of("iii", size: 10))
        #expect(TextWidth.of("abc", size: 10, isBold: true) > TextWidth.of("abc", size: 10))
        #expect(TextWidth.of("", size: 10) == 0)
    }

    @Test func `a shortened text fits and keeps both ends`() {
        let short = TextWidth.shortened("a-very-long-model-name-q4_k_m", to: 90, size: 12.5)
        #expect(TextWidth.of(short, size: 12.5) <= 90)
        #expect(short.hasPrefix("a-") && short.hasSuffix("_m") && short.contains("…"))
        #expect(TextWidth.shortened("abc", to: 90, size: 12.5) == "abc")
    }
}
