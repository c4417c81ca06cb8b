import PoiseCore
import Testing

/// Each expectation is worked by hand from METRICS.md.
@Suite struct TrialMetricsTests {
    private typealias Chunk = Timeline.Chunk

    private func chunk(
        _ milliseconds: Int64, _ kind: Timeline.Kind, _ characters: Int, tokens: Int? = nil
    ) -> Timeline.Chunk {
        Chunk(microseconds: milliseconds * 1000, kind: kind, characters: characters, cumulativeTokens: tokens)
    }

    private func metrics(
        _ chunks: [Timeline.Chunk], usage: Int? = nil, isStreamed: Bool = true,
        report edit: (inout ServerReport) -> Void = { _ in }
    ) -> TrialMetrics {
        var report = ServerReport()
        report.completionTokens = usage
        edit(&report)
        return TrialMetrics(timeline: Timeline(chunks: chunks), report: report, isStreamed: isStreamed)
    }

    @Test func `a role-only first chunk is not the first token`() {
        let metrics = metrics(
            [chunk(5, .role, 0), chunk(50, .answer, 2), chunk(60, .answer, 2), chunk(70, .answer, 2)], usage: 3)
        #expect(metrics.ttft == 50)
        #expect(metrics.ttfo == 50)
        #expect(metrics.latency == 70)
        #expect(metrics.decodedTokens == 2)
        #expect(metrics.decodeSpan == 20)
        #expect(metrics.decodeTPS == 100)
        #expect(metrics.tpot == 10)
    }

    @Test func `a role with text and an empty delta are no tokens either`() {
        let metrics = metrics([chunk(5, .role, 9), chunk(6, .answer, 0), chunk(50, .answer, 2)], usage: 1)
        #expect(metrics.ttft == 50)
        #expect(metrics.latency == 50)
    }

    @Test func `reasoning comes first and the first useful token after it`() {
        let metrics = metrics(
            [chunk(20, .reasoning, 30), chunk(120, .reasoning, 30), chunk(220, .answer, 20), chunk(320, .answer, 20)],
            usage: 31)
        #expect(metrics.ttft == 20)
        #expect(metrics.ttfo == 220)
        #expect(metrics.latency == 320)
        #expect(metrics.decodeTPS == 100)
        // 60 of 100 characters, where the server does not count.
        #expect(metrics.thinkingShare == 0.6)
        // The answer's second chunk over the answer's own 100 ms.
        #expect(metrics.charactersPerSecond == 200)
    }

    @Test func `thinking that is counted and not streamed is no decoded token`() {
        // 900 hidden tokens, then 100 over 990 ms.
        let answer = (0..<100).map { chunk(5000 + 10 * $0, .answer, 4) }
        let hidden = metrics(answer, usage: 1000) { $0.reasoningTokens = 900 }
        #expect(hidden.decodedTokens == 99)
        #expect(hidden.decodeTPS == 100)
        #expect(hidden.outputTokens == 1000)
        // Chunks for every token: the thinking stands in the answer's own text.
        let inline = metrics(answer, usage: 100) { $0.reasoningTokens = 60 }
        #expect(inline.decodedTokens == 99)
        // Streamed as thinking.
        let shown = metrics([chunk(20, .reasoning, 30)] + answer, usage: 140) { $0.reasoningTokens = 40 }
        #expect(shown.decodedTokens == 139)
        // A server that counts as it goes has counted the hidden ones with the first chunk.
        let counted = metrics([chunk(10, .answer, 4, tokens: 901), chunk(20, .answer, 4, tokens: 902)], usage: 902) {
            $0.reasoningTokens = 900
        }
        #expect(counted.decodedTokens == 1)
    }

    @Test func `reasoning without an answer has a first token and no first useful one`() {
        let metrics = metrics([chunk(20, .reasoning, 30), chunk(120, .reasoning, 30)], usage: 10)
        #expect(metrics.ttft == 20)
        #expect(metrics.ttfo == nil)
        #expect(metrics.latency == 120)
        #expect(metrics.charactersPerSecond == nil)
        #expect(metrics.thinkingShare == 1)
    }

    @Test func `a tool call is useful output`() {
        let metrics = metrics([chunk(20, .reasoning, 3), chunk(30, .toolCall, 8)], usage: 5)
        #expect(metrics.ttfo == 30)
        #expect(metrics.charactersPerSecond == nil)
    }

    @Test func `the usage chunk and the end are in no latency`() {
        let metrics = metrics(
            [
                chunk(10, .answer, 1, tokens: 1), chunk(20, .answer, 1, tokens: 2), chunk(900, .usage, 0, tokens: 2),
                chunk(950, .done, 0), chunk(960, .other, 5),
            ], usage: 2)
        #expect(metrics.latency == 20)
        #expect(metrics.decodeSpan == 10)
        #expect(metrics.endToEndTPS == 100)
    }

    @Test func `one token has a latency and no speed`() {
        let metrics = metrics([chunk(40, .answer, 1)], usage: 1)
        #expect(metrics.ttft == 40 && metrics.ttfo == 40 && metrics.latency == 40)
        #expect(metrics.outputTokens == 1)
        #expect(metrics.decodeTPS == nil && metrics.decodedTokens == nil && metrics.decodeSpan == nil)
        #expect(metrics.tpot == nil)
        #expect(metrics.charactersPerSecond == nil)
        #expect(metrics.endToEndTPS == 25)
    }

    @Test func `tokens at one instant have no speed`() {
        let metrics = metrics([chunk(40, .answer, 1), chunk(40, .answer, 1)], usage: 2)
        #expect(metrics.decodeTPS == nil && metrics.decodedTokens == nil && metrics.decodeSpan == nil)
        #expect(metrics.charactersPerSecond == nil)
        #expect(metrics.tpot == 0)
    }

    @Test func `several tokens in the first chunk were not decoded within the span`() {
        let metrics = metrics(
            [chunk(100, .answer, 9, tokens: 4), chunk(150, .answer, 9, tokens: 8), chunk(200, .answer, 5, tokens: 9)],
            usage: 9)
        #expect(metrics.decodedTokens == 5)
        #expect(metrics.decodeTPS == 50)
        #expect(metrics.tpot == 12.5)
    }

    @Test func `all tokens in the first chunk leave none to decode`() {
        let metrics = metrics([chunk(100, .answer, 9, tokens: 4), chunk(150, .answer, 1)], usage: 4)
        #expect(metrics.decodeTPS == nil && metrics.decodedTokens == nil)
    }

    @Test func `an end token that no chunk carries was not decoded within the span`() {
        let chunks = [chunk(10, .answer, 1), chunk(20, .answer, 1), chunk(30, .answer, 1)]
        func decodedTokens(usage: Int?, finishReason: String?) -> Int? {
            var report = ServerReport()
            report.completionTokens = usage
            return TrialMetrics(timeline: Timeline(chunks: chunks), report: report, finishReason: finishReason)
                .decodedTokens
        }
        #expect(decodedTokens(usage: 4, finishReason: "stop") == 2)
        #expect(decodedTokens(usage: 3, finishReason: "stop") == 2)
        #expect(decodedTokens(usage: 4, finishReason: "length") == 3)
        #expect(decodedTokens(usage: 4, finishReason: nil) == 3)
        #expect(decodedTokens(usage: nil, finishReason: "stop") == 2)
    }

    @Test func `without usage the server's timings count and then the chunks, and the source is kept`() {
        let chunks = [chunk(10, .role, 0), chunk(20, .answer, 1), chunk(30, .answer, 1), chunk(40, .answer, 1)]
        let timed = metrics(chunks) { $0.timedTokens = 7 }
        #expect(timed.outputTokens == 7)
        #expect(timed.outputTokensSource == .timings)
        #expect(timed.decodeTPS == 300)
        let counted = metrics(chunks)
        #expect(counted.outputTokens == 3)
        #expect(counted.outputTokensSource == .chunks)
        #expect(counted.decodeTPS == 100)
        let both = metrics(chunks, usage: 5) { $0.timedTokens = 7 }
        #expect(both.outputTokens == 5)
        #expect(both.outputTokensSource == .usage)
    }

    @Test func `a response that came whole has a latency and no first token, gaps or decode speed`() {
        let metrics = metrics([chunk(500, .answer, 40)], usage: 10, isStreamed: false) { $0.promptTokens = 100 }
        #expect(metrics.latency == 500)
        #expect(metrics.ttft == nil && metrics.ttfo == nil)
        #expect(metrics.decodeTPS == nil && metrics.decodeSpan == nil && metrics.tpot == nil)
        #expect(metrics.prefillTPS == nil && metrics.charactersPerSecond == nil)
        #expect(metrics.endToEndTPS == 20)
        #expect(metrics.outputTokens == 10)
    }

    @Test func `a whole response without usage has no tokens, for its one chunk is no count`() {
        let metrics = metrics([chunk(500, .answer, 40)], isStreamed: false)
        #expect(metrics.outputTokens == nil && metrics.outputTokensSource == nil && metrics.endToEndTPS == nil)
    }

    @Test(arguments: [[], [Timeline.Chunk(microseconds: 10, kind: .role, characters: 0)]])
    func `nothing generated has no numbers, not zeros`(chunks: [Timeline.Chunk]) {
        let metrics = metrics(chunks)
        #expect(metrics.ttft == nil && metrics.ttfo == nil && metrics.latency == nil)
        #expect(metrics.outputTokens == nil && metrics.outputTokensSource == nil)
        #expect(metrics.decodeTPS == nil && metrics.endToEndTPS == nil && metrics.tpot == nil)
        #expect(metrics.prefillTPS == nil && metrics.charactersPerSecond == nil && metrics.thinkingShare == nil)
    }

    @Test func `prefill is of the prompt tokens that were not cached`() {
        let chunks = [chunk(50, .answer, 1), chunk(60, .answer, 1)]
        let plain = metrics(chunks, usage: 2) { $0.promptTokens = 100 }
        #expect(plain.prefillTPS == 2000)
        let partly = metrics(chunks, usage: 2) { ($0.promptTokens, $0.cachedTokens) = (100, 90) }
        #expect(partly.prefillTPS == 200)
        let wholly = metrics(chunks, usage: 2) { ($0.promptTokens, $0.cachedTokens) = (100, 100) }
        #expect(wholly.prefillTPS == nil)
        #expect(metrics(chunks, usage: 2).prefillTPS == nil)
    }

    @Test func `the server's count of reasoning tokens goes before characters`() {
        let metrics = metrics([chunk(10, .reasoning, 90), chunk(20, .answer, 10)], usage: 20) { $0.reasoningTokens = 5 }
        #expect(metrics.thinkingShare == 0.25)
        // Counted apart from the output, they are no part of it.
        let apart = self.metrics([chunk(10, .reasoning, 90), chunk(20, .answer, 10)], usage: 20) {
            $0.reasoningTokens = 300
        }
        #expect(apart.thinkingShare == 0.9)
    }

    @Test(arguments: [Int.min, -1, Int.max])
    func `counts that a server made up break nothing`(count: Int) {
        let chunks = [chunk(10, .answer, Int.max, tokens: count), chunk(20, .reasoning, Int.max, tokens: count)]
        for isStreamed in [true, false] {
            let metrics = metrics(chunks, usage: count, isStreamed: isStreamed) {
                ($0.promptTokens, $0.cachedTokens) = (count, count == Int.max ? Int.min : Int.max)
                ($0.reasoningTokens, $0.timedTokens) = (count, count)
            }
            #expect(metrics.latency == 20)
            if count < 0 { #expect(metrics.outputTokens ?? 0 >= 0) }
        }
    }
}
