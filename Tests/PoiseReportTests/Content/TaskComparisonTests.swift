import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct TaskComparisonTests {
    private func comparison(_ content: ReportContent) -> TaskComparison? {
        TaskComparison(content, FrontView(content, load: 1))
    }

    @Test func `the most right stands first, the next of another model beside it, tasks fall`() throws {
        let found = try #require(comparison(Demo.detailed()))
        let first = found.candidates[found.first]
        #expect(first.point.model == "tiny-m")
        let second = try #require(found.second)
        #expect(found.candidates[second].point.model == "tiny-s")
        let shares = found.tasks.compactMap { $0.right[found.first]?.estimate }
        #expect(shares.count == 12 && shares == shares.sorted(by: >))
        #expect(found.hasLatency && !found.isPick)
    }

    @Test func `the pick and its runner-up stand against each other`() throws {
        var content = Demo.detailed()
        var decision = Decision(pick: "tiny-s@q4_0", stages: [], equals: [], tiebreaks: [])
        decision.runnerUp = Decision.Comparison(
            candidate: "tiny-xs@f16", accuracyDifference: nil, isToldApart: false, ratios: [:])
        content.detail?.choices = [
            Choice(
                profile: Profile(name: "chat", optimise: [.accuracy]), load: 1, contenders: [], decision: decision,
                resamples: 10, seed: 1)
        ]
        let found = try #require(comparison(content))
        #expect(found.candidates[found.first].id == "tiny-s@q4_0" && found.isPick)
        let second = try #require(found.second)
        #expect(found.candidates[second].id == "tiny-xs@f16")
    }

    @Test func `weak is a task whose whole interval lies below the share over all`() throws {
        let content = Demo.detailed()
        let found = try #require(comparison(content))
        let over = found.candidates[found.first].accuracy
        let weak = found.weak
        #expect(!weak.isEmpty && weak.count < found.tasks.count)
        for task in found.tasks {
            let isWeak = (task.right[found.first]?.high ?? 1) < over
            #expect(weak.contains { $0.name == task.name } == isWeak)
        }
        #expect(TaskTable(content, FrontView(content, load: 1)).heading.hasPrefix("By task: "))
    }

    @Test func `shares without intervals are never called weak, and one candidate stands alone`() throws {
        let content = Demo.content(points: [Demo.point("a", "f16", correct: 300, speed: 1)])
        let found = try #require(comparison(content))
        #expect(found.second == nil && found.weak.isEmpty && !found.hasLatency)
        let table = TaskTable(content, FrontView(content, load: 1), at: ", at 4")
        #expect(table.heading == "Right answers by task, at 4")
        #expect(!table.plot.hasOptions && !table.plot.hasLatency && table.plot.isShown)
        #expect(table.plot.sentence == "a at f16.")
        #expect(comparison(Demo.content(points: [])) == nil)
    }

    @Test func `marks stand where their values are, time runs backwards`() throws {
        let found = try #require(comparison(Demo.detailed()))
        let right = TaskChart(.right, found)
        #expect(abs(right.position(of: 0.5) - 50) < 1e-9)
        let latency = TaskChart(.latency, found)
        let times = found.tasks.flatMap(\.latency).compactMap { $0?.estimate }
        let (least, most) = (try #require(times.min()), try #require(times.max()))
        #expect(latency.position(of: least) > latency.position(of: most))
        #expect((0...100).contains(latency.position(of: least)) && (0...100).contains(latency.position(of: most)))
        let cell = right.cell(found.tasks[0], found)
        // All but the two that stand with their intervals.
        #expect(cell.components(separatedBy: "<use href=\"#k").count - 1 == found.candidates.count - 2)
        #expect(cell.contains("class=\"solid\"") && cell.contains("class=\"open\""))
    }

    @Test func `the page’s data hold the places that the markup draws`() throws {
        let content = Demo.detailed()
        let found = try #require(comparison(content))
        let charts = try JSONValue(parsing: TaskChartJSON.charts(content).text)
        let chart = try #require(charts.array?.first)
        #expect(chart["first"]?.number == Double(found.first))
        #expect(chart["candidates"]?.array?.count == 13)
        let values = try #require(chart["right"]?.array?[0].array?[found.first].array)
        let places = values.compactMap(\.number)
        let cell = TaskChart(.right, found).cell(found.tasks[0], found)
        #expect(cell.contains("<use class=\"solid\" href=\"#K3\" x=\"\(SVGNumber.text(places[0]))%\""))
        #expect(places[1] < places[0] && places[0] <= places[2])
    }
}
