import PoiseCore
import Testing

@Suite struct TimelineTests {
    @Test(arguments: Timeline.Kind.allCases)
    func `only the model's own output bears tokens, and only with text in it`(kind: Timeline.Kind) {
        let full = Timeline.Chunk(microseconds: 1, kind: kind, characters: 3)
        let empty = Timeline.Chunk(microseconds: 1, kind: kind, characters: 0)
        #expect(full.bearsTokens == [.reasoning, .answer, .toolCall].contains(kind))
        #expect(full.isUseful == [.answer, .toolCall].contains(kind))
        #expect(!empty.bearsTokens && !empty.isUseful)
    }

    @Test func `coalescing counts token-bearing chunks that share a read with one before`() {
        let chunks: [Timeline.Chunk] = [
            .init(microseconds: 1, kind: .role, characters: 0),
            .init(microseconds: 1, kind: .answer, characters: 1, isCoalesced: true),
            .init(microseconds: 1, kind: .answer, characters: 1, isCoalesced: true),
            .init(microseconds: 5, kind: .answer, characters: 1),
            .init(microseconds: 5, kind: .done, characters: 0, isCoalesced: true),
        ]
        #expect(Timeline(chunks: chunks).coalescing == (chunks: 3, coalesced: 1))
        #expect(Timeline().coalescing == (chunks: 0, coalesced: 0))
    }

    @Test func `a chunk's time in milliseconds is exact to the microsecond`() {
        #expect(Timeline.Chunk(microseconds: 1_234_567, kind: .answer, characters: 1).milliseconds == 1234.567)
    }
}
