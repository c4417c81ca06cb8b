import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct FeelViewTests {
    private func markup(_ scenes: [Scene]) throws -> String {
        let page = try HTMLReport.page(Scenes.content(scenes))
        let start = try #require(page.range(of: "<section id=\"feel\""))
        let end = try #require(page.range(of: "</section>", range: start.upperBound..<page.endIndex))
        return String(page[start.lowerBound..<end.upperBound])
    }

    @Test func `without recorded responses there is no player and no way to it`() throws {
        let page = try HTMLReport.page(Demo.content())
        #expect(!page.contains("id=\"feel\"") && !page.contains("href=\"#feel\""))
        #expect(try HTMLReport.page(Scenes.content([Scenes.scene([])])).contains("id=\"feel\"") == false)
    }

    @Test func `two lanes stand at their end, with text, times and verdict`() throws {
        let text = try markup([
            Scenes.scene([
                Scenes.take(), Scenes.take("tiny-s@q8_0", ["It is 5."], score: 0, completeAt: nil),
                Scenes.take("tiny-xs@f16"),
            ])
        ])
        #expect(text.components(separatedBy: "class=\"laneblock\"").count == 3)
        #expect(text.contains("<span>It is 4.</span><span class=\"rest\"></span>"))
        #expect(text.contains("<span class=\"state\" data-verdict=\"right\">right at 70.0 ms</span>"))
        #expect(text.contains("<span class=\"state\" data-verdict=\"wrong\">wrong</span>"))
        #expect(text.contains("<span class=\"clock\">70.0 ms</span><span class=\"rate\">100 tok/s</span>"))
        #expect(text.contains("<b>Asked:</b> <span>2+2?</span>"))
        #expect(text.contains("<b class=\"who\">tiny-m@f16</b>"))
        // The third one has no lane, and stands in the table.
        #expect(text.components(separatedBy: "<th scope=\"row\"").count == 4)
        #expect(text.contains("10 candidates of 13 are not in the player."))
        // One scene leaves nothing to choose.
        #expect(!text.contains("type=\"radio\""))
    }

    @Test func `scenes are chosen by task, and by sample where a task has two`() throws {
        let view = FeelView(
            Scenes.content([
                Scenes.scene([Scenes.take()], task: "add"), Scenes.scene([Scenes.take()], task: "sort"),
                Scenes.scene([Scenes.take()], task: "add"),
            ]))
        #expect(view.players[0].scenes.map(\.name) == ["add-1", "sort", "add-1"])
        #expect(view.players[0].scenes.map(\.checked) == [" checked", "", ""])
        #expect(view.players[0].lanes.count == 1)
    }

    @Test func `thinking is folded, with its length`() throws {
        let text = try markup([Scenes.scene([Scenes.take(thinking: ["Two and ", "two."])])])
        #expect(text.contains("<details class=\"thinking\"><summary>Thinking, 3 words</summary>"))
        #expect(text.contains("class=\"beat thought\" d=\"M"))
    }

    @Test(arguments: [
        "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onfocus=\"alert(1)",
        "\u{202E}evil\u{0}\u{1B}[31m", "{{question}}{{{strip}}}",
    ])
    func `hostile text stays text`(hostile: String) throws {
        let scene = Scenes.scene(
            [Scenes.take(hostile, [hostile], thinking: [hostile], completeAt: 1)], task: hostile, question: hostile)
        let page = try HTMLReport.page(Scenes.content([scene]))
        #expect(page.components(separatedBy: "<script").count == 3)
        #expect(page.components(separatedBy: "</script>").count == 3)
        #expect(!page.contains("<img"))
        #expect(!(try markup([scene])).contains("onfocus=\"alert"))
        #expect(try markup([scene]).contains("<span>\(Markup.escaped(hostile))</span>"))
    }

    @Test func `every machine has a player of its own`() throws {
        var content = Demo.twoMachines()
        var detail = PageDetail()
        detail.scenes = [Scenes.scene([Scenes.take()])]
        content.detail = detail
        content.otherMachines[0].detail = detail
        let page = try HTMLReport.page(content)
        #expect(page.contains("id=\"player\" data-part=\"0\"") && page.contains("id=\"player-2\" data-part=\"1\""))
        #expect(page.components(separatedBy: "<section id=\"feel\"").count == 2)
        content.detail = PageDetail()
        #expect(FeelView(content).players.map(\.index) == [1])
    }

    @Test func `a response of a million characters leaves a page of its usual size`() throws {
        let long = String(repeating: "x", count: 1_000_000)
        let trial = StoredTrial(
            run: "r", key: TrialKey(candidate: "tiny-m@f16", task: "t", sample: "s", epoch: 1, load: 1, round: 1),
            model: "tiny-m",
            response: Response(
                answer: long, finishReason: "length", report: ServerReport(),
                timeline: Timeline(
                    chunks: (1...10_000).map {
                        Timeline.Chunk(microseconds: $0 * 1000, kind: .answer, characters: 100)
                    })), score: 1, timeToDone: 0)
        let take = try #require(Scene.Take(trial, answer: "x", isCode: false, redact: { $0 }))
        let text = try markup([Scenes.scene([take])])
        #expect(text.utf8.count < 40_000)
        #expect(text.contains("The first 20,000 characters. 980,000 more are in the database only."))
        #expect(text.contains("<td class=\"s\">10.0 s<td class=\"i\">right"))
    }
}
