import PoiseCore
import Testing

@testable import PoiseReport

/// A front on other axes, in every form that it is written in.
struct AxesTableTests {
    static func place(
        _ name: String, x: Double?, y: Double?, spread: Double? = 0.1, onFront: Bool = false, probability: Double? = 0
    ) -> FrontPlace {
        FrontPlace(
            candidate: name, model: name, quantization: nil, load: 1, n: 40, unscored: 0,
            x: x.map { x in
                FrontPlace.Value(
                    estimate: x, low: spread.map { x * (1 - $0) }, high: spread.map { x * (1 + $0) })
            }, y: y.map { FrontPlace.Value(estimate: $0, low: $0 - 0.05, high: $0 + 0.05) }, onFront: onFront,
            frontProbability: probability)
    }

    static func content(_ axes: FrontAxes, _ places: [FrontPlace], currency: String? = nil) -> ReportContent {
        var content = Demo.content(points: [])
        content.otherFront = OtherFront(axes: axes, places: places, currency: currency)
        return content
    }

    static let times = content(
        FrontAxes(x: .ttfo),
        [
            place("quick", x: 120, y: 0.5, onFront: true, probability: 1),
            place("right", x: 840, y: 0.9, onFront: true, probability: 0.97), place("beaten", x: 900, y: 0.4),
        ])

    @Test func `the columns are those of the axes, better marked`() {
        let lines = FrontTable.text(Self.times, width: 80).split(separator: "\n").map(String.init)
        #expect(lines[0] == "candidate  right %        95%   n  TTFO ms      95%   front")
        #expect(lines.contains { $0.hasPrefix("quick ") && $0.hasSuffix("● 100%") })
        #expect(lines.allSatisfy { TerminalText.width($0) <= 80 })
    }

    @Test func `seconds run backwards, sooner to the right`() throws {
        let front = DrawnFront(Self.times, load: 1)
        let layout = FrontLayout(front, width: 800)
        let quick = try #require(layout.marks.first { $0.candidate.id == "quick" })
        let right = try #require(layout.marks.first { $0.candidate.id == "right" })
        #expect(quick.x > right.x && quick.y > right.y)
        #expect(layout.marks.allSatisfy { $0.left <= $0.x && $0.x <= $0.right })
        for (one, next) in zip(layout.frontier, layout.frontier.dropFirst()) {
            #expect(next.x >= one.x && next.y >= one.y)
        }
        #expect(front.front.map(\.id) == ["right", "quick"])
        let plot = FrontPlot.text(Self.times, load: 1, width: 80)
        #expect(plot.contains("time to the first useful token, ms (log), sooner →"))
        let svg = FrontChart.svgFile(Self.times, load: 1)
        #expect(svg.contains("Time to the first useful token, ms (log) <tspan class=\"better\">sooner →</tspan>"))
        #expect(svg.contains("right answers against time to the first useful token"))
    }

    @Test func `what takes for ever has no place and is said`() {
        let content = Self.content(
            FrontAxes(x: .timeToCorrect, tasks: ["add"]),
            [
                Self.place("some", x: 2000, y: 0.5, onFront: true, probability: 1),
                Self.place("never", x: .infinity, y: 0),
            ])
        let table = FrontTable.text(content, width: 80)
        #expect(table.contains("∞") && table.contains("nothing was correct") && table.contains("the task add"))
        #expect(table.contains("to correct s"))
        #expect(DrawnFront(content, load: 1).drawn.map(\.id) == ["some"])
        #expect(FrontChart.svgFile(content, load: 1).contains("Without a place: never (∞)."))
        #expect(!FrontPlot.text(content, load: 1, width: 80).contains("never"))
    }

    @Test func `memory has no interval, and is written in a unit that suits it`() {
        let content = Self.content(
            FrontAxes(x: .memory, y: .grader("concise")),
            [Self.place("a", x: 4.2e9, y: 0.5, spread: nil), Self.place("b", x: 8e9, y: 0.6, spread: nil)])
        let head = FrontTable.text(content, width: 80).split(separator: "\n").first.map(String.init)
        #expect(head == "candidate  score %        95%   n  memory GB   front")
        #expect(FrontPlot.text(content, load: 1, width: 80).hasPrefix(" score\n"))
        #expect(FrontChart.svgFile(content, load: 1).contains("Mean score of concise"))
    }

    @Test func `small prices keep their digits`() {
        let content = Self.content(
            FrontAxes(x: .costToCorrect), [Self.place("a", x: 0.000_123, y: 0.5), Self.place("free", x: 0, y: 0.4)],
            currency: "EUR")
        let table = FrontTable.text(content, width: 90)
        #expect(table.contains("0.000123") && table.contains("to correct EUR"))
        #expect(FrontLayout(DrawnFront(content, load: 1), width: 800).xScale.kind == .linear)
    }

    @Test func `the JSON names both axes with their units and ends`() throws {
        let document = try JSONValue(parsing: FrontJSON.text(Self.times))
        #expect(document["axes"]?["x"]?["name"]?.string == "ttfo")
        #expect(document["axes"]?["x"]?["better"]?.string == "lower")
        #expect(document["axes"]?["y"]?["kind"]?.string == "accuracy")
        let points = try #require(document["points"]?.array)
        let quick = try #require(points.first { $0["candidate"]?.string == "quick" })
        #expect(quick["x"]?["unit"]?.string == "milliseconds")
        #expect(quick["x"]?["value"]?.number == 120 && quick["x"]?["low"]?.number == 108)
        #expect(quick["y"]?["high"]?.number == 0.55)
        #expect(quick["onFront"] == .bool(true))
    }

    @Test func `an infinite value is null in JSON and Infinity in CSV`() throws {
        let content = Self.content(FrontAxes(x: .timeToCorrect), [Self.place("never", x: .infinity, y: 0)])
        let point = try #require(try JSONValue(parsing: FrontJSON.text(content))["points"]?.array?.first)
        #expect(point["x"]?["value"] == .null && point["x"]?["isInfinite"] == .bool(true))
        let lines = FrontCSV.text(content).split(separator: "\n")
        #expect(lines[0].contains(",accuracy,accuracyLow,accuracyHigh,timeToCorrect,timeToCorrectLow,"))
        #expect(lines[1].contains(",Infinity,Infinity,Infinity,"))
        #expect(
            lines[0].split(separator: ",").count
                == lines[1].split(separator: ",", omittingEmptySubsequences: false).count)
    }

    @Test func `a reversed scale puts the least to the right, and its ticks keep their distance`() {
        let scale = AxisScale.amounts([2, 10], isBetterHigher: false)
        #expect(scale.position(of: 2) > 0.9 && scale.position(of: 10) < 0.1)
        for (one, next) in zip(scale.ticks(gap: 0.2), scale.ticks(gap: 0.2).dropFirst()) {
            #expect(scale.position(of: one) - scale.position(of: next) >= 0.2)
        }
        #expect(AxisScale.amounts([2, 10], isBetterHigher: true) == AxisScale.speeds([2, 10]))
    }
}
