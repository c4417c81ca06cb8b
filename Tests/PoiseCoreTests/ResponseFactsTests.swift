import PoiseCore
import Testing

struct ResponseFactsTests {
    @Test func `shares of nothing are undefined`() {
        let none = ResponseFacts()
        #expect(none.lengthCappedShare == nil && none.coalescedShare == nil && none.tokensPerChunk == nil)
        #expect(none.cachedShare == nil)
        #expect(ResponseFacts(promptTokens: 10, cachedPromptTokens: 0).cachedShare == 0)
    }

    @Test func `counts add up, and what one does not know is not known of both`() {
        let sum =
            ResponseFacts(responses: 3, chunks: 4, carriedTokens: 8, failures: ["timedOut": 1])
            + ResponseFacts(responses: 2, chunks: 6, carriedTokens: 12, failures: ["timedOut": 1, "refused": 2])
        #expect(sum.responses == 5 && sum.failed == 4)
        #expect(sum.tokensPerChunk == 2)
        #expect((sum + ResponseFacts(chunks: 1)).tokensPerChunk == nil)
    }
}
