import PoiseCore
import Testing

@testable import PoiseStatistics

/// Each case worked out by hand: TTFT, TTFO, latency, TPOT, ITL of the request, gaps in ms.
struct ForeignTrialTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let tool: ForeignTool
        let trial: StoredTrial
        var success = true
        var ttft: Double?
        var ttfo: Double?
        var latency: Double?
        var tpot: Double?
        var itl: Double?
        var gaps: [Int64] = []

        var testDescription: String { "\(tool.rawValue), \(name)" }
    }

    static let cases: [Case] = [
        // The role does not stop vLLM's clock; TPOT = (160 − 100) / 3; the gaps are raw; the late end does not count.
        Case(
            name: "role first, usage late", tool: .vllm, trial: StoredTrials.plain, ttft: 100, latency: 160, tpot: 20,
            gaps: [10, 20, 30]),
        // The same number under the name ITL.
        Case(
            name: "role first, usage late", tool: .aiperf, trial: StoredTrials.plain, ttft: 100, ttfo: 100,
            latency: 160, itl: 20, gaps: [10, 20, 30]),
        // Latency until [DONE]; TPOT = 160 / 4 has TTFT in it.
        Case(
            name: "role first, usage late", tool: .guidellm, trial: StoredTrials.plain, ttft: 100, ttfo: 100,
            latency: 200, tpot: 40, itl: 20),
        // Role, 4 tokens and the finish are 6 records: 160 / 6.
        Case(
            name: "role first, usage late", tool: .llmperf, trial: StoredTrials.plain, ttft: 100, latency: 200,
            itl: 160.0 / 6),

        Case(
            name: "thinking", tool: .vllm, trial: StoredTrials.thinking, ttft: 50, latency: 140, tpot: 30,
            gaps: [20, 30, 40]),
        Case(
            name: "thinking", tool: .aiperf, trial: StoredTrials.thinking, ttft: 50, ttfo: 100, latency: 140, itl: 30,
            gaps: [20, 30, 40]),
        Case(
            name: "thinking", tool: .guidellm, trial: StoredTrials.thinking, ttft: 50, ttfo: 100, latency: 150,
            tpot: 35, itl: 30),
        // Thinking is no content, but its records count: 140 / 6.
        Case(
            name: "thinking", tool: .llmperf, trial: StoredTrials.thinking, ttft: 100, latency: 150, itl: 140.0 / 6),

        // (210 − 100) / 11: the 4 tokens of the first chunk are taken for one.
        Case(
            name: "several tokens a chunk", tool: .vllm, trial: StoredTrials.bundled, ttft: 100, latency: 210, tpot: 10,
            gaps: [40, 70]),
        Case(
            name: "several tokens a chunk", tool: .aiperf, trial: StoredTrials.bundled, ttft: 100, ttfo: 100,
            latency: 210, itl: 10, gaps: [40, 70]),
        Case(
            name: "several tokens a chunk", tool: .guidellm, trial: StoredTrials.bundled, ttft: 100, ttfo: 100,
            latency: 220, tpot: 17.5, itl: 10),
        // 210 / (3 chunks + the finish).
        Case(
            name: "several tokens a chunk", tool: .llmperf, trial: StoredTrials.bundled, ttft: 100, latency: 220,
            itl: 52.5),

        // One token has no time between tokens; GuideLLM and LLMPerf still divide.
        Case(name: "one token", tool: .vllm, trial: StoredTrials.single, ttft: 80, latency: 80),
        Case(name: "one token", tool: .aiperf, trial: StoredTrials.single, ttft: 80, ttfo: 80, latency: 80),
        Case(
            name: "one token", tool: .guidellm, trial: StoredTrials.single, ttft: 80, ttfo: 80, latency: 81, tpot: 80),
        Case(name: "one token", tool: .llmperf, trial: StoredTrials.single, ttft: 80, latency: 81, itl: 80.0 / 3),

        Case(
            name: "two chunks in a read", tool: .vllm, trial: StoredTrials.coalesced, ttft: 100, latency: 150, tpot: 25,
            gaps: [50, 0]),
        Case(
            name: "two chunks in a read", tool: .aiperf, trial: StoredTrials.coalesced, ttft: 100, ttfo: 100,
            latency: 150, itl: 25, gaps: [50, 0]),
        Case(
            name: "two chunks in a read", tool: .guidellm, trial: StoredTrials.coalesced, ttft: 100, ttfo: 100,
            latency: 160, tpot: 50, itl: 25),
        Case(
            name: "two chunks in a read", tool: .llmperf, trial: StoredTrials.coalesced, ttft: 100, latency: 160,
            itl: 37.5),

        // In one piece: no token times; vLLM finds no chunk, LLMPerf cannot read it.
        Case(name: "not streamed", tool: .vllm, trial: StoredTrials.whole, success: false),
        Case(name: "not streamed", tool: .aiperf, trial: StoredTrials.whole, latency: 300),
        Case(name: "not streamed", tool: .guidellm, trial: StoredTrials.whole, latency: 300, tpot: 30),
        Case(name: "not streamed", tool: .llmperf, trial: StoredTrials.whole, success: false),
    ]

    @Test(arguments: cases)
    func `a timeline has the numbers that were worked out by hand`(_ expected: Case) {
        let trial = expected.tool.trial(expected.trial)
        #expect(trial.isSuccess == expected.success)
        #expect(trial.ttft == expected.ttft)
        #expect(trial.ttfo == expected.ttfo)
        #expect(trial.latency == expected.latency)
        #expect(trial.tpot == expected.tpot)
        #expect(trial.itl == expected.itl)
        #expect(trial.gaps == expected.gaps.map { $0 * 1000 })
    }

    @Test(arguments: ForeignTool.allCases)
    func `a failed trial is no success and has no numbers`(_ tool: ForeignTool) {
        #expect(tool.trial(StoredTrials.failed(done: 500)) == ForeignTrial())
    }

    @Test func `clocks that start before the connection stands have its time in them`() {
        let chunks = [StoredTrials.chunk(100, .answer, 2), StoredTrials.chunk(140, .answer, 2)]
        let trial = StoredTrials.trial(chunks, tokens: 2, connect: .milliseconds(30))
        for tool in [ForeignTool.vllm, .aiperf, .llmperf] {
            #expect(tool.trial(trial).ttft == 130)
            #expect(tool.trial(trial).latency == 170)
        }
        #expect(ForeignTool.guidellm.trial(trial).ttft == 100)
        #expect(ForeignTool.vllm.trial(trial).tpot == 40)
        // LLMPerf's first gap is TTFT, the connection included: 170 / 2.
        #expect(ForeignTool.llmperf.trial(trial).itl == 85)
    }

    @Test func `a response of thinking only has no first answer`() {
        let trial = StoredTrials.trial(
            [StoredTrials.chunk(50, .reasoning, 4), StoredTrials.chunk(90, .reasoning, 4)], tokens: 2)
        for tool in [ForeignTool.aiperf, .guidellm] {
            #expect(tool.trial(trial).ttft == 50)
            #expect(tool.trial(trial).ttfo == nil)
        }
        let llmperf = ForeignTool.llmperf.trial(trial)
        #expect(llmperf.isSuccess && llmperf.ttft == nil && llmperf.itl == nil && llmperf.latency == 90)
    }

    @Test func `a response without a word is a failure to those that wait for a chunk`() {
        let trial = StoredTrials.trial(
            [StoredTrials.chunk(10, .role), StoredTrials.chunk(20, .other), StoredTrials.chunk(20, .done)], tokens: 1)
        #expect(!ForeignTool.vllm.trial(trial).isSuccess)
        #expect(!ForeignTool.aiperf.trial(trial).isSuccess)
        // The server counted a token: the end token.
        #expect(ForeignTool.guidellm.trial(trial).isSuccess)
        #expect(ForeignTool.guidellm.trial(trial).ttft == nil)
    }

    @Test func `AIPerf's time to the second token is the first gap`() {
        #expect(ForeignTool.aiperf.trial(StoredTrials.plain).ttst == 10)
        #expect(ForeignTool.aiperf.trial(StoredTrials.single).ttst == nil)
    }

    @Test func `a speed without a span is undefined`() {
        let trial = StoredTrials.trial(
            [StoredTrials.chunk(50, .answer, 4), StoredTrials.chunk(50, .answer, 4, coalesced: true)], tokens: 2)
        #expect(ForeignTool.aiperf.trial(trial).itl == 0)
        #expect(ForeignTool.aiperf.trial(trial).decodeRate == nil)
    }
}
