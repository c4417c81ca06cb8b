import PoiseCore
import Testing

@testable import PoiseReport

struct WaitViewTests {
    private func view(_ content: ReportContent, load: Load = 1) -> WaitView {
        WaitView(content, load: load, at: "")
    }

    @Test func `first tokens are shown once where nobody thinks before the answer`() {
        let plain = view(Demo.detailed())
        #expect(plain.panels.map(\.title) == ["First token", "Gaps between tokens", "Whole answer"])
        #expect(plain.panels[0].note == "TTFT, and TTFO too: nobody thinks first" && !plain.isFour)
        let thinking = view(Demo.detailed(thinks: true))
        #expect(
            thinking.panels.map(\.title) == [
                "First token", "First useful token", "Gaps between tokens", "Whole answer",
            ])
        #expect(thinking.isFour)
    }

    @Test func `every candidate has a row in every panel, with median and p99`() throws {
        let content = Demo.detailed()
        let panel = try #require(view(content).panels.last)
        #expect(panel.rows.count == 13)
        #expect(panel.rows.map(\.hasModel).prefix(5) == [true, false, false, false, true])
        #expect(panel.rows[1].heard == "tiny-xs at " && panel.rows[1].quantization == "q8_0")
        let waits = content.detail?.waits ?? []
        let wait = try #require(waits.first { $0.kind == .latency })
        #expect(panel.rows[0].median == Numbers.fixed(wait.median, 2))
    }

    @Test func `a candidate without a stream has a dash and only the scale`() throws {
        var content = Demo.detailed()
        content.detail?.waits.removeAll { $0.candidate == "tiny-s@f16" && $0.kind == .itl }
        let panel = try #require(view(content).panels.first { $0.title == "Gaps between tokens" })
        let row = panel.rows[4]
        #expect(row.median == "–" && row.p99 == "" && !row.hill.contains("class=\"hill\""))
        #expect(panel.rows[0].hill.contains("class=\"hill\""))
    }

    @Test func `few waits have a median and no tail, and the caption says why`() throws {
        var content = Demo.detailed()
        content.detail?.waits = [Demo.wait("tiny-s@f16", .latency, median: 100, n: 40)]
        let shown = view(content)
        let rows = shown.panels.first?.rows ?? []
        let row = try #require(rows.first { $0.quantization == "f16" && $0.median != "–" })
        #expect(row.p99 == "" && !row.hill.contains("class=\"tail\""))
        #expect(shown.caption.contains("A 99th percentile stands where there are at least 100 waits."))
        #expect(shown.table.rows[4].cells.map(\.text).suffix(2) == ["160", ""])
    }

    @Test func `streams that were drawn and gaps of no time are said`() {
        var content = Demo.detailed()
        let gaps = content.detail?.waits.first { $0.kind == .itl }?.n ?? 0
        #expect(view(content).caption.contains("Gaps are of 400 streams of each candidate, drawn by the run’s seed"))
        for index in content.detail?.waits.indices ?? 0..<0 where content.detail?.waits[index].kind == .itl {
            content.detail?.waits[index].sampledTrials = nil
            content.detail?.waits[index].n = gaps + gaps / 99
        }
        let caption = view(content).caption
        #expect(caption.contains("Gaps are of all streams"))
        #expect(caption.contains("of them took no time, since both chunks came in one network read"))
    }

    @Test func `chunks of several tokens have gaps between chunks`() {
        var content = Demo.detailed()
        content.responses["tiny-s@f16"]?.carriedTokens = 13_000
        #expect(view(content).panels[1].title == "Gaps between chunks")
    }

    @Test func `the pick’s row is marked and its limit drawn`() throws {
        var content = Demo.detailed()
        let waits = content.detail?.waits.filter { $0.kind == .ttft } ?? []
        let limit = waits.map(\.median).sorted()[6]
        content.detail?.choices = [
            Choice(
                profile: Profile(
                    name: "chat", limits: [ProfileLimit(.metric(.ttfo), .atMost, limit)], optimise: [.accuracy]),
                load: 1, contenders: [],
                decision: Decision(pick: "tiny-m@q4_0", stages: [], equals: ["tiny-m@q4_0"], tiebreaks: []),
                resamples: 10, seed: 1)
        ]
        let shown = view(content)
        let panel = try #require(shown.panels.first)
        #expect(panel.rows.filter(\.isPick).map(\.quantization) == ["q4_0"])
        #expect(panel.note.hasSuffix("dashed, the limit of \(Numbers.time(limit))"))
        #expect(panel.rows.allSatisfy { $0.hill.contains("limitline") })
        #expect(shown.sentences.last?.hasPrefix("With tiny-m at q4_0 the first token comes after") == true)
    }

    @Test func `without waits there is no section, at other loads neither`() {
        #expect(!view(Demo.content()).isShown)
        #expect(!view(Demo.detailed(), load: 4).isShown)
    }

    @Test func `waits of nothing and of one size are drawn`() throws {
        let nothing = WaitDistribution(
            candidate: "a", load: 1, kind: .itl, n: 3, median: 0, p90: nil, p99: nil, counts: [], low: 1, ratio: 1.12)
        let flat = WaitDistribution(
            candidate: "a", load: 1, kind: .itl, n: 300, median: 5, p90: 5, p99: 5, counts: [300], low: 4.9, ratio: 1.12
        )
        #expect(!WaitChart([nothing], divisor: 1, limit: nil).row(nothing).contains("median"))
        let chart = WaitChart([nothing, flat], divisor: 1, limit: nil)
        #expect(chart.row(flat).contains("class=\"tail\"") && !chart.row(flat).contains("nan"))
        #expect(chart.axis(unit: "ms").contains(" ms</text>"))
    }
}
