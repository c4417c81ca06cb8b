import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct ReportMarkdownTests {
    private func decided(_ content: ReportContent, gate: GateReport? = nil) -> ReportContent {
        var content = content
        var detail = PageDetail()
        detail.gate = gate
        content.detail = detail
        return content
    }

    @Test func `a pull request gets the answer, the verdict, the front, and the rest behind a click`() {
        let text = ReportMarkdown.text(
            decided(Demo.content(warnings: ["The machine was busy.", "b", "c", "d"]), gate: GateReports.all))
        #expect(text.hasPrefix("## tiny-ladder: tiny-m at "))
        #expect(text.contains("| **fail** | m@tq2_0 | p95 of ttfo, task add, at most 500 ms |"))
        #expect(text.contains("| verdict | candidate | rule | evidence |\n| --- | --- | --- | --- |"))
        #expect(text.contains("**Gate failed (4 rules, 2 candidates)"))
        #expect(text.contains("| tiny-m@f16 | "))
        #expect(text.contains("**Warnings**\n\n- The machine was busy."))
        #expect(text.contains("<details><summary>More warnings</summary>\n\n- d"))
        #expect(text.contains("```\npoise run Suites/demo.yaml --seed 20261121\n```"))
        #expect(text.contains("<details><summary>All 13 candidates</summary>"))
    }

    @Test func `every outcome has a heading of its own, and none invents a verdict`() {
        #expect(ReportMarkdown.text(Demo.content(points: [])).hasPrefix("## tiny-ladder: Nothing was measured."))
        let none = Demo.point("m", "f16", n: 0, correct: 0, speed: nil)
        #expect(!ReportMarkdown.text(Demo.content(points: [none])).contains("Gate"))
        let alone = Demo.content(points: Demo.withFront([Demo.point("m", "f16", correct: 220, speed: 50)]))
        #expect(ReportMarkdown.text(alone).hasPrefix("## tiny-ladder: m at f16 gets 50.0% right."))
        let stopped = Demo.content(points: alone.points, status: .interrupted)
        #expect(ReportMarkdown.text(stopped).contains("> **Interrupted.** The run was stopped before its end."))
        #expect(ReportMarkdown.text(Demo.content(isSimulated: true)).contains("> **Simulated.**"))
        #expect(ReportMarkdown.text(Demo.twoMachines()).contains("### Machine B, "))
    }

    @Test func `names of others begin no markup, no mention and no cell`() {
        let hostile = "<img src=x>|@team `x` [a](http://e.example) #1 ```\n</details>"
        var content = Demo.content(points: Demo.withFront([Demo.point(hostile, "q4", correct: 100, speed: 50)]))
        content.suite.name = hostile
        content.warnings = [hostile]
        content.run = RunRecord(
            id: "r", suite: hostile, startedAt: "2026-11-21T07:14:13Z", endedAt: nil, status: .done, seed: 1,
            machine: content.run.machine, poiseVersion: "0.1.0", command: "poise run ```x``` <b>")
        let text = ReportMarkdown.text(content)
        // Inside of a fence all is shown as it is.
        let parts = text.components(separatedBy: "````")
        #expect(parts.count == 3, "\(text)")
        for outside in [parts[0], parts[2]] {
            #expect(!outside.contains("<img") && !outside.contains("@team") && !outside.contains("](http"))
            #expect(!outside.contains("`"))
        }
        var width = 0
        for line in parts[0].split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.hasPrefix("|") ? line.count { $0 == "|" } : 0
            #expect(cells == 0 || width == 0 || cells == width, "\(line)")
            width = cells
        }
    }

    @Test func `the same run gives the same bytes`() {
        #expect(ReportMarkdown.text(Demo.content()) == ReportMarkdown.text(Demo.content()))
    }
}
