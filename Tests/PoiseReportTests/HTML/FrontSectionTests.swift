import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct FrontSectionTests {
    private func section(_ points: [FrontPoint]) -> FrontSection {
        section(Demo.content(points: Demo.withFront(points)))
    }

    private func section(_ content: ReportContent, load: Load = 1, at: String = "") -> FrontSection {
        let view = FrontView(content, load: load)
        return FrontSection(content, view, anchors: [:], at: at, machine: "")
    }

    @Test func `the caption calls a speed a median only where it is one`() {
        let median = Demo.point("a", "f16", correct: 9, speed: 10)
        #expect(section([median]).caption.method.contains("Speeds are medians over trials in 2 rounds."))
        let summed = FrontPoint(
            candidate: "b", model: "b", quantization: nil, load: 1, n: 4, unscored: 0, accuracy: 0.5, accuracyLow: nil,
            accuracyHigh: nil, accuracyMethod: .bootstrap, decodeTPS: 50, decodeTPSLow: nil, decodeTPSHigh: nil,
            decodeTPSMethod: .ratioOfSums, decodeTPSTrials: 4, ttft: nil, ttfo: nil, latency: nil, timeToCorrect: nil,
            onFront: false, frontProbability: nil)
        let caption = section([median, summed]).caption.method
        #expect(!caption.contains("Speeds are medians"))
        #expect(caption.contains("all tokens over all time where fewer than 10 trials decoded at least 8 (b)."))
    }

    @Test func `each beaten candidate stands beside a member of the front that beats it`() {
        let beaten = section([
            Demo.point("a", "f16", correct: 400, speed: 10), Demo.point("b", "f16", correct: 200, speed: 40),
            Demo.point("c", "f16", correct: 178, speed: 20),
        ]).beaten
        #expect(beaten.map(\.name) == ["c@f16"])
        #expect(beaten.map(\.by) == ["b@f16"])
        #expect(beaten.map(\.points) == ["+5.0"] && beaten.map(\.speed) == ["2.0×"])
    }

    @Test func `the first load of a machine has the controls of all`() throws {
        let content = Demo.content(loads: [1, 4])
        let controls = try #require(section(content).controls.first)
        #expect(section(content, load: 4).controls.isEmpty)
        #expect(controls.loads.map(\.text) == ["1", "4"] && controls.hasLoads)
        #expect(controls.axes.map(\.value) == ["decodeTPS"])
        #expect(!controls.hasTasks, "no task has a front of its own in this content")
        #expect(controls.profiles.map(\.text) == ["nobody", "chat", "voice", "code", "agent"])
        let one = try #require(section(Demo.content()).controls.first)
        #expect(!one.hasLoads)
    }

    @Test func `what can be chosen follows the fronts that there are, and the suite's profile stands first`() throws {
        let controls = try #require(section(Demo.offered()).controls.first)
        #expect(controls.axes.map(\.text) == ["Decode speed", "Latency", "Peak memory"])
        #expect(controls.tasks.map(\.value) == ["0", "2"])
        #expect(controls.tasks.map(\.text) == ["All tasks", "Skill 2: multiply"])
        #expect(controls.profiles.map(\.text) == ["code", "chat", "voice", "agent", "nobody"])
    }

    @Test func `the caption says of what, how and where, and what is not drawn`() {
        var content = Demo.content(
            points: Demo.withFront([
                Demo.point("a", "f16", correct: 400, speed: 10), Demo.point("b", "f16", n: 0, correct: 0, speed: 40),
            ]))
        content.detail = PageDetail()
        content.detail?.fronts = OfferedFronts(
            [], offer: FrontOffer(trials: 2_000_000, candidates: 2, loads: 1, tasks: 12, resamples: 10_000))
        let caption = section(content).caption
        #expect(caption.view == "all 12 tasks, n = 440; one request at a time")
        #expect(caption.undrawn == "Not drawn: b at f16 (no score).")
        #expect(caption.omission.hasPrefix("With 2,000,000 trials only decode speed over all tasks is drawn here"))
        #expect(caption.text.hasPrefix("tiny-ladder: all 12 tasks, n = 440; one request at a time; llama.cpp"))
    }

    @Test func `the charts stand in two widths, each with every candidate`() {
        let section = section(Demo.content())
        for width in FrontSection.chartWidths {
            #expect(section.charts.contains("class=\"chart w\(Int(width))\""))
        }
        #expect(section.charts.components(separatedBy: "class=\"point").count == 13 * 2 + 1)
    }
}
