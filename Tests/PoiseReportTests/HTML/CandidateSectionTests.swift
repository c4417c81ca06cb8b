import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct CandidateSectionTests {
    @Test func `columns are sorted by exact numbers, and what is undefined has no key`() {
        let content = Demo.content(points: [
            Demo.point("a", "f16", correct: 0, speed: 10.25), Demo.point("b", "f16", n: 0, correct: 0, speed: nil),
        ])
        let view = FrontView(content, load: 1)
        let keys = CandidateTable(content, view, view.candidates, anchors: [:]).rows.map(\.sort)
        #expect(keys.map(\.order) == ["0", "1"])
        #expect(keys.map(\.speed) == ["10.25", ""] && keys.map(\.right) == ["0", ""])
        #expect(keys.map(\.correct) == ["Infinity", ""])
    }

    @Test func `responses are counted by how they ended, the most frequent way first`() {
        var content = Demo.detailed()
        content.responses["tiny-s@f16"]?.finishReasons = ["tool_calls": 3, "stop": 877]
        let table = ResponseTable(content, FrontView(content, load: 1), isFirst: true)
        #expect(table.endings == ["stop", "length", "tool_calls"])
        #expect(table.rows[4].counts.endings == ["877", "0", "3"])
        #expect(table.rows[4].counts.others == "0" && table.hasOthers == false)
        #expect(table.rows[0].length == "14" && table.rows[0].longest == "31.5")
        #expect(table.hasCounts && table.hasLengths && !table.hasCosts)
        #expect(table.caption.contains("n = 880"))
    }

    @Test func `of ways to end that a server invents only the most frequent have a column`() {
        var content = Demo.detailed()
        let invented = Dictionary(
            uniqueKeysWithValues: (0..<500).map { ("\($0) " + String(repeating: "x", count: 60), 1) })
        content.responses["tiny-s@f16"]?.finishReasons = invented.merging(["stop": 380]) { $1 }
        let table = ResponseTable(content, FrontView(content, load: 1), isFirst: true)
        #expect(table.endings.count == 4 && table.endings.allSatisfy { $0.count <= 24 })
        #expect(table.hasOthers && table.rows[4].counts.others == "498")
    }

    @Test func `what is known of all loads stands with the first alone`() {
        let content = Demo.detailed(loads: [1, 4])
        let sections = [1, 4].enumerated().map { index, load in
            LoadView(content, FrontView(content, load: load), index: index, isOnly: false)
        }
        #expect(sections.map(\.responses.hasCounts) == [true, false])
        #expect(sections.map(\.servers.hasEntries) == [true, false])
        #expect(sections.allSatisfy { $0.responses.hasLengths })
        // Names at the second load lead to what served them, which stands with the first.
        #expect(sections[1].candidates.rows[2].server == sections[0].servers.entries[2].anchor)
        #expect(sections[1].candidates.rows[2].anchor == "c2-3")
        #expect(sections[0].responses.caption.contains("over all loads"))
    }

    @Test func `costs stand where the suite has prices in one currency`() {
        var content = Demo.detailed()
        let price = Price(input: 1, output: 2, per: "1M", currency: "USD", source: nil, date: nil)
        content.detail?.choices = [
            Choice(
                profile: Profile(name: "chat", optimise: [.accuracy]), load: 1, contenders: [],
                costs: [
                    CandidateCost(
                        candidate: "tiny-m@f16", price: price, trials: 880, unknown: 0, perTrial: 0.0000123,
                        toCorrect: FigureEstimate(.infinity), capacity: nil)
                ], resamples: 10, seed: 1)
        ]
        let table = ResponseTable(content, FrontView(content, load: 1), isFirst: true)
        #expect(table.hasCosts && table.currency == "USD")
        #expect(table.rows[8].cost == "0.0123" && table.rows[8].costToCorrect == "∞")
        #expect(table.rows[0].cost == "–")
    }

    @Test func `what served a candidate says its file and no directory of the machine`() throws {
        let content = Demo.content()
        let view = FrontView(content, load: 1)
        let anchors = Dictionary(uniqueKeysWithValues: view.candidates.map { ($0.id, "s-\($0.order)") })
        let entry = try #require(ServerFacts(content, view, anchors: anchors).entries.first)
        let facts = Dictionary(entry.facts.map { ($0.name, $0.text) }) { first, _ in first }
        let file = try #require(content.engines["tiny-xs@f16"]?.modelFile)
        #expect(facts["file"] == EnginePrivacy.name(of: file.path) && facts["SHA-256"] == file.sha256)
        #expect(!entry.facts.contains { $0.text.contains("/") && $0.name != "service" })
        #expect(entry.summary.hasPrefix("llama.cpp, "))
    }

    @Test func `an error is drawn from two loads on, with the line of a millisecond`() {
        let chart = CalibrationChart.elements(Demo.calibration, streams: [4])
        #expect(chart.components(separatedBy: "<svg").count - 1 == CalibrationChart.widths.count)
        #expect(chart.components(separatedBy: "limitline").count - 1 == CalibrationChart.widths.count)
        #expect(chart.contains("TTFT p99") && chart.contains("class=\"ours\""))
        #expect(!CalibrationChart.elements(Demo.calibration, streams: [5_000]).contains("class=\"ours\""))
        var quick = Demo.calibration
        quick.loads = Array(quick.loads.prefix(1))
        #expect(CalibrationChart.elements(quick, streams: [1]).isEmpty)
        quick = Demo.calibration
        for index in quick.loads.indices { quick.loads[index].ttftError = ErrorQuantiles(p50: 0, p99: 0, max: 0) }
        #expect(!CalibrationChart.elements(quick, streams: []).contains("nan"))
    }

    @Test func `graders stand with their versions, and what was drawn is said`() {
        var content = Demo.detailed()
        content.graders = [
            GraderVersion(task: "add", position: 0, grader: "number", version: "3f9a", scores: 40, unscored: 2),
            GraderVersion(task: "add", position: 1, grader: "short", version: nil, scores: 40, unscored: 0),
        ]
        let methods = MethodsView(content)
        #expect(methods.graders.map(\.role) == ["decides", "beside it"])
        #expect(methods.graders.map(\.version) == ["3f9a", "–"] && methods.graders.map(\.unscored) == ["2", ""])
        #expect(methods.leftOut.first?.contains("at most 400 streams") == true)
        #expect(!MethodsView(Demo.content()).hasLeftOut)
    }

    @Test func `every number of the page is defined`() {
        let names = MethodsView(Demo.detailed()).definitions.map(\.name)
        #expect(Set(names).count == names.count)
        for name in ["right", "decodeTPS", "ttft", "ttfo", "itl", "latency", "timeToCorrect", "hills", "memory"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(!MethodsView(Demo.content()).definitions.contains { $0.name == "hills" })
    }

    @Test func `a page with all of it has one place for each name, and no link without one`() throws {
        for content in [Demo.detailed(loads: [1, 4], thinks: true), Demo.detailed()] {
            let page = try HTMLReport.page(content)
            let all = page.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) }
            #expect(Set(all).count == all.count)
            let links = Set(page.matches(of: /href="#([^"]*)"/).map { String($0.output.1) })
            #expect(links.subtracting(all) == [])
            #expect(!page.contains(" style=\"") && page.contains("<a href=\"#waiting\">Waiting times</a>"))
            for section in ["front", "candidates", "waiting", "tasks", "methods"] { #expect(all.contains(section)) }
        }
    }
}
