import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct ComparisonPageTests {
    private typealias Made = ComparisonFixtures

    private func content(_ rows: [ComparisonRow] = [Made.row()], showsAnswers: Bool = true) -> ComparisonContent {
        ComparisonContent(
            comparison: Made.comparison(rows), suite: "demo", runs: [Demo.content().run], showsAnswers: showsAnswers,
            command: "poise report --compare r:a r:b", poiseVersion: "0.1.0")
    }

    @Test func `the finding of one pair stands at the top, from the paired evidence`() throws {
        let page = try HTMLReport.page(content())
        #expect(
            page.contains(
                "<h1 class=\"long\">tiny-m@q4_0 cannot be told apart from tiny-m@f16 in accuracy; it decodes faster.</h1>"
            ))
        #expect(page.contains("−0.7 points (−2.7 to 1.3), n = 457"))
        #expect(page.contains("Lost: 1 sample that the base has right"))
        #expect(page.contains("<code>1255</code>") && page.contains("<code>1245</code>"))
        #expect(page.contains("TTFT") && page.contains("1.40×"))
        #expect(!page.contains("style=\""))
    }

    @Test func `several candidates have a table in common and a section each`() throws {
        let worse = Made.row(Made.side("tq2_0"), accuracy: Made.accuracy(-0.7, adjustedP: 1e-9))
        let page = try HTMLReport.page(content([Made.row(), worse]))
        #expect(
            page.contains(
                "Of 2 candidates held against tiny-m@f16, 1 is right less often and 1 cannot be told apart from it."))
        #expect(page.contains("id=\"against-1\"") && page.contains("id=\"against-2\""))
        #expect(page.contains("href=\"#against-2\""))
    }

    @Test func `what cannot be compared is said and not drawn`() throws {
        let empty = Made.row(
            accuracy: nil, counted: CountedSamples(common: 0, scored: 0),
            flips: Flips(n: 0, kept: 0, missed: 0, gained: 0, lost: 0, agreement: nil, list: []), measures: [],
            whyNoSpeeds: .otherMachine(base: "A", candidate: "B"))
        let page = try HTMLReport.page(content([empty]))
        #expect(page.contains("cannot be held against tiny-m@f16 in accuracy; their speeds are not comparable."))
        #expect(page.contains("no sample was asked of both"))
        #expect(!page.contains("class=\"nought\""))
    }

    @Test func `answers that must not leave are left out, and hostile ones stay text`() throws {
        let nasty = Flip(
            kind: .lost, task: "t", sample: "</script><img src=x onerror=alert(1)>", base: "<svg onload=alert(1)>",
            candidate: String(repeating: "x", count: 5_000), baseScore: 1, candidateScore: 0)
        let row = Made.row(flips: Made.flips([nasty]))
        let page = try HTMLReport.page(content([row]))
        #expect(!page.contains("<img src=x") && !page.contains("<svg onload"))
        #expect(page.components(separatedBy: "</script>").count == 3)
        #expect(!page.prefix(while: { $0 != "§" }).contains(String(repeating: "x", count: 700) + "</code>"))
        let closed = try HTMLReport.page(content([row], showsAnswers: false))
        #expect(closed.contains("<code>(left out)</code>"))
    }

    @Test func `the same comparison gives the same bytes`() throws {
        #expect(try HTMLReport.page(content()) == HTMLReport.page(content()))
    }
}
