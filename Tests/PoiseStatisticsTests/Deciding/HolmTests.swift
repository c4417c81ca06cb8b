import PoiseStatistics
import Testing

@Suite struct HolmTests {
    @Test func `each counts with those that are not smaller, and none falls below a smaller one`() {
        // 4 × 0.005, 3 × 0.01, 2 × 0.02, 1 × 0.03 → raised to what came before.
        let adjusted = Holm.adjusted([0.01, 0.02, 0.03, 0.005])
        for (found, expected) in zip(adjusted, [0.03, 0.04, 0.04, 0.02]) { #expect(abs(found - expected) < 1e-15) }
    }

    @Test func `one alone stays, none is none, and nothing passes 1`() {
        #expect(Holm.adjusted([0.03]) == [0.03])
        #expect(Holm.adjusted([]) == [])
        #expect(Holm.adjusted([0.9, 0.4, 0.9]) == [1, 1, 1])
    }

    @Test func `equals are treated alike`() {
        #expect(Holm.adjusted([0.02, 0.02]) == [0.04, 0.04])
    }

    @Test func `a test that says nothing counts as one that was made`() {
        let adjusted = Holm.adjusted([0.01, .nan])
        #expect(adjusted[0] == 0.02)
        #expect(adjusted[1].isNaN)
    }
}
