import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct ArrivalLogTests {
    private let start = Instant(nanoseconds: 5_000_000_000)

    @Test func `what went in comes out as offsets, compact as it is kept`() {
        var log = ArrivalLog()
        #expect(!log.hasOutput)
        for (index, kind) in Timeline.Kind.allCases.enumerated() {
            log.append(
                kind, characters: index * 1000, tokens: index == 2 ? nil : index, at: start + .microseconds(index * 7),
                isCoalesced: index % 2 == 1)
        }
        #expect(log.hasOutput)
        let chunks = log.chunks(since: start)
        #expect(chunks.map(\.kind) == Timeline.Kind.allCases)
        #expect(chunks.map(\.characters) == [0, 1000, 2000, 3000, 4000, 5000, 6000])
        #expect(chunks.map(\.cumulativeTokens) == [0, 1, nil, 3, 4, 5, 6])
        #expect(chunks.map(\.microseconds) == [0, 7, 14, 21, 28, 35, 42])
        #expect(chunks.map(\.isCoalesced) == [false, true, false, true, false, true, false])
    }

    @Test func `only the answer since the last thinking turns into thinking`() {
        var log = ArrivalLog()
        log.append(.answer, characters: 1, at: start, isCoalesced: false)
        log.append(.role, at: start, isCoalesced: false)
        log.turnAnswerIntoReasoning()
        log.append(.answer, characters: 1, at: start, isCoalesced: false)
        #expect(log.chunks(since: start).map(\.kind) == [.reasoning, .role, .answer])
    }

    @Test func `a chunk with more characters than fit keeps as many as do`() {
        var log = ArrivalLog()
        log.append(.answer, characters: .max, tokens: .max, at: start, isCoalesced: true)
        #expect(log.chunks(since: start).first?.characters == Int(UInt32.max >> 4))
        #expect(log.chunks(since: start).first?.cumulativeTokens == Int(Int32.max))
        #expect(log.chunks(since: start).first?.isCoalesced == true)
    }
}
