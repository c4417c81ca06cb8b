import PoiseCore
import Testing

@testable import PoiseReport

@Suite struct DivergenceTableTests {
    private func divergence(
        _ candidate: String, meanKL: Double = 0.25, load: Load = 1, top: Int = 100, vocabulary: Int? = 32_000,
        leftOut: Int = 0
    ) -> Divergence {
        Divergence(
            candidate: candidate, reference: "m@f16", load: load, samples: 40, tokens: 1_200, meanKL: meanKL,
            meanKLLow: meanKL / 2, meanKLHigh: meanKL * 2, sameTop: 0.975, sameTopLow: 0.9625, sameTopHigh: 0.9875,
            top: top, covered: 0.9987, vocabulary: vocabulary, leftOut: leftOut, tasks: ["a"])
    }

    @Test func `every line fits 80 columns, however long the names are`() {
        let text = DivergenceTable.text([
            divergence("a-model-with-a-name-of-its-own-and-more@q4_k_m", meanKL: 0.000084), divergence("m@q2_k"),
        ])
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(text.contains("0.000084  0.000042–0.000168"))
        #expect(text.contains("…"))
        #expect(text.contains("97.5  96.3–98.8"))
    }

    @Test func `a lower bound is called one, and what could not be followed is counted`() {
        let text = DivergenceTable.text([divergence("m@q8_0", leftOut: 3)]).split(separator: "\n")
            .joined(separator: " ")
        #expect(text.contains("Over the 100 likeliest tokens of each side, all others as one: at most what it is"))
        #expect(text.contains("99.87"))
        #expect(text.contains("3 responses could not be followed"))
    }

    @Test func `the whole vocabulary is no lower bound`() {
        let text = DivergenceTable.text([divergence("m@q8_0", top: 264, vocabulary: 264)])
        #expect(text.contains("Over the whole vocabulary of 264 tokens."))
        #expect(text.split(separator: "\n").joined(separator: " ").contains("each response counts once."))
        #expect(!text.contains("all others as one"))
    }

    @Test func `each load has a table of its own`() {
        let text = DivergenceTable.text([divergence("m@q8_0"), divergence("m@q8_0", load: 4)])
        #expect(text.contains("at load 1:") && text.contains("at load 4:"))
    }

    @Test func `JSON keeps every number, and null where one is undefined`() {
        var one = divergence("m@q8_0", vocabulary: nil)
        one.meanKLLow = nil
        let text = DivergenceJSON.text([one], run: "r")
        #expect(text.contains(#""run": "r""#))
        #expect(text.contains(#""meanKL": 0.25, "meanKLLow": null, "meanKLHigh": 0.5, "sameTop": 0.975"#))
        #expect(text.contains(#""vocabulary": null"#))
    }
}
