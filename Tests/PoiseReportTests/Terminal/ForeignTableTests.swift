import PoiseCore
import Testing

@testable import PoiseReport

struct ForeignTableTests {
    @Test func `80 columns show this`() {
        #expect(
            ForeignTable.text(ForeignPoints.points, tool: .vllm, width: 80) == """
                The same run in vLLM's definitions (0.33.0); – is undefined

                4 requests in flight
                candidate  failed  output tok/s  mean TTFT ms  median TTFT ms
                tiny@q4_0       0         1,235          12.5            6.25
                tiny@f16        2             –          25.0           12.50

                8 requests in flight
                candidate  failed  output tok/s  median TTFT ms
                tiny@q4_0       0         2,000               –

                It counts tokens otherwise.

                """)
    }

    @Test func `the least useful columns go first, those without a priority are never shown`() throws {
        let wide = ForeignTable.text(ForeignPoints.points, tool: .vllm, width: 200)
        #expect(!wide.contains("std TTFT"))
        let narrow = ForeignTable.text(ForeignPoints.points, tool: .vllm, width: 48)
        let heads = narrow.split(separator: "\n").filter { $0.hasPrefix("candidate") }
        // A failure keeps its column longer than the mean.
        #expect(heads.first == "candidate  failed  output tok/s  median TTFT ms")
        #expect(heads.last == "candidate  output tok/s  median TTFT ms" || heads.last?.count ?? 99 <= 48)
        let tiny = ForeignTable.text(ForeignPoints.points, tool: .vllm, width: 30)
        #expect(tiny.split(separator: "\n").contains { $0 == "candidate  median TTFT ms" })
    }

    @Test(arguments: [24, 40, 60, 80, 120])
    func `no line is wider than the terminal`(width: Int) {
        let long = ForeignPoints.point(
            "a-model-with-a-very-long-name@q4_k_m", load: 1, ttft: 123_456.7, throughput: 98_765, failed: 1)
        let text = ForeignTable.text(ForeignPoints.points + [long], tool: .vllm, width: width)
        #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(String($0)) <= max(width, 24) })
    }

    @Test func `nothing measured is said`() {
        #expect(ForeignTable.text([], tool: .aiperf, width: 80).hasSuffix("Nothing was measured.\n"))
    }

    @Test func `styles only where they are wanted, and names cannot reach the terminal`() {
        let evil = ForeignPoints.point("a\u{1B}[2J", load: 1, ttft: 1, throughput: 1, failed: 0)
        #expect(!ForeignTable.text([evil], tool: .vllm, width: 80).contains("\u{1B}"))
        let coloured = ForeignTable.text([evil], tool: .vllm, width: 80, color: true)
        #expect(coloured.contains("\u{1B}[1m") && !coloured.contains("\u{1B}[2J"))
    }
}
