import PoiseCore
import Testing

struct SeededSamplingTests {
    @Test func `a sample keeps the order, repeats nothing and is the same for a seed`() {
        var (one, other) = (SeededGenerator(seed: 7), SeededGenerator(seed: 7))
        let sample = one.sample(10, of: Array(0..<100))
        #expect(sample == other.sample(10, of: Array(0..<100)))
        #expect(Set(sample).count == 10 && sample == sample.sorted())
        #expect(one.sample(3, of: [1, 2]) == [1, 2])
        #expect(one.sample(0, of: [1, 2]) == [] && one.sample(-1, of: [1]) == [])
    }

    @Test func `each element is drawn as often as any other`() {
        var generator = SeededGenerator(seed: 1)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<20_000 { for element in generator.sample(3, of: Array(0..<10)) { counts[element] += 1 } }
        // 6,000 of each, with a standard deviation of 65.
        #expect(counts.allSatisfy { abs($0 - 6_000) < 300 })
    }

    @Test func `gaps are between chunks that bear tokens, 0 within one read`() {
        let timeline = Timeline(chunks: [
            Timeline.Chunk(microseconds: 100, kind: .role, characters: 0),
            Timeline.Chunk(microseconds: 1_000, kind: .reasoning, characters: 2),
            Timeline.Chunk(microseconds: 1_000, kind: .answer, characters: 2, isCoalesced: true),
            Timeline.Chunk(microseconds: 3_500, kind: .answer, characters: 2),
            Timeline.Chunk(microseconds: 9_000, kind: .done, characters: 0),
        ])
        #expect(timeline.gaps == [0, 2.5])
        #expect(Timeline().gaps == [])
    }
}
