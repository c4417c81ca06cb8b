import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct SamplesViewTests {
    private func maker(
        _ name: String, right: Int = 1, scored: Int = 1, failed: Int = 0, repeats: Int = 1, ttft: Double? = 2
    )
        -> Transcripts.Maker
    {
        Transcripts.Maker(
            candidate: name, right: right, scored: scored, failed: failed, repeats: repeats, ttft: ttft, latency: 5)
    }

    private func said(_ response: String, thinking: String = "", value: Double? = 1, explanation: String = "so")
        -> Transcripts.Said
    {
        Transcripts.Said(
            replies: [Transcripts.Reply(thinking: thinking, response: response, toolCalls: "")], finishReason: "stop",
            grades: [Transcripts.Grade(grader: "exact", value: value, explanation: explanation)])
    }

    private func content(_ entries: [Transcripts.Entry], _ change: (inout Transcripts) -> Void = { _ in })
        -> ReportContent
    {
        var content = Demo.content()
        var transcripts = Transcripts()
        transcripts.load = 1
        transcripts.candidates = ["a", "b"]
        transcripts.pair = Transcripts.Pair(base: "a", candidate: "b")
        transcripts.samples = entries
        transcripts.coverage.total = entries.count
        change(&transcripts)
        var detail = PageDetail()
        detail.transcripts = transcripts
        content.detail = detail
        return content
    }

    private func entry(
        _ text: String = "What?", sample: String = "t-1", outcomes: [Transcripts.Outcome] = [.right, .wrong],
        takes: [Transcripts.Take]? = nil
    ) -> Transcripts.Entry {
        Transcripts.Entry(
            task: "t", sample: sample, title: text, messages: [Transcripts.Message(role: "user", text: text)],
            choices: [text],
            target: [text], outcomes: outcomes,
            takes: takes ?? [
                Transcripts.Take(makers: [maker("a"), maker("b", ttft: 4)], said: said(text, thinking: text))
            ])
    }

    private func body(_ page: String) -> Substring {
        guard let start = page.range(of: "<body>"), let end = page.range(of: "<script type=\"application/json\"") else {
            return ""
        }
        return page[start.upperBound..<end.lowerBound]
    }

    @Test func `a page without transcripts has no section of samples`() throws {
        #expect(try !HTMLReport.page(Demo.content()).contains("id=\"samples\""))
    }

    @Test func `every transcript is in the markup, with the verdicts of the pair`() throws {
        let page = try HTMLReport.page(content([entry("Why?"), entry(sample: "t-2", outcomes: [.failed, .unscored])]))
        #expect(page.contains("id=\"samples\"") && page.contains("<li><a href=\"#samples\">"))
        #expect(page.contains("<details id=\"s-t-t-1\" data-o=\"rw\" data-t=\"0\">"))
        #expect(page.contains("<b class=\"y\">right</b><b class=\"w\">wrong</b><span class=\"first\">Why?</span>"))
        #expect(page.contains("<b class=\"f\">failed</b><b class=\"u\">unscored</b>"))
        #expect(page.contains("<h3>a, b</h3>") && page.contains("<summary>Thinking, 1 word</summary>"))
        #expect(page.contains("First token after 2.00 ms to 4.00 ms, whole after 5.00 ms"))
        #expect(page.contains("<option selected>a</option>") && page.contains("<option selected>b</option>"))
        // The data of the page hold no text of a sample.
        #expect(!PageJSON.text(content([entry("Why?")])).contains("Why?"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "</pre></details><img src=x onerror=alert(1)>", "\"\u{301} onmouseover=x",
        "\u{202E}abc\u{2066}",
        "a\u{0}b\u{1B}[31m", "{{title}}{{{data}}}", "&lt;b&gt;", "]]><!--",
    ])
    func `hostile text stays text`(text: String) throws {
        var take = Transcripts.Take(makers: [maker(text)], said: said(text, thinking: text, explanation: text))
        take.said.answer = text
        take.said.finishReason = text
        take.said.grades[0].grader = text
        take.said.grades[0].criteria = [Transcripts.Criterion(name: text, value: nil, explanation: text)]
        take.said.grades[0].words = [Transcripts.JudgeWords(judge: text, criterion: text, grade: text, text: text)]
        var failed = take
        failed.said.failure = text
        let page = try HTMLReport.page(
            content([entry(text, sample: text, takes: [take, failed])]) { $0.candidates = [text, "b"] })
        let body = body(page)
        #expect(!body.contains("<script") && !body.contains("<img") && !body.contains("<!--"))
        #expect(!body.unicodeScalars.contains { $0.value < 0x20 && ![0x09, 0x0A, 0x0D].contains($0.value) })
        // Each element that the templates open is closed, and no other.
        #expect(body.components(separatedBy: "<details").count == body.components(separatedBy: "</details>").count)
        #expect(body.components(separatedBy: "<pre").count == body.components(separatedBy: "</pre>").count)
    }

    @Test func `a million characters without a space are written as they are`() throws {
        let text = String(repeating: "W", count: 1_000_000)
        let view = SampleView(entry(text), anchor: "s-1", task: 0, places: [0])
        #expect(view.takes.first?.replies.first?.response.text.count == 1_000_000)
    }

    @Test func `two samples never share an id`() {
        var anchors = SampleAnchors()
        let ids = ["a b", "a/b", "a-b", String(repeating: "x", count: 70), String(repeating: "x", count: 71)].map {
            anchors.next(entry(sample: $0))
        }
        #expect(Set(ids).count == 5 && ids[0] == "s-t-a-b" && ids[1] == "s-t-a-b-2")
        #expect(ids.allSatisfy { $0.count < 80 && $0.wholeMatch(of: /[A-Za-z0-9-]+/) != nil })
    }

    @Test func `a failure says why, a chain stands turn by turn, and partial credit says how much`() throws {
        var chain = said("first")
        chain.replies.append(Transcripts.Reply(thinking: "", response: "", toolCalls: "add(1)"))
        chain.grades = [
            Transcripts.Grade(grader: "rubric", value: 0.25, explanation: "meh"),
            Transcripts.Grade(grader: "judge", value: nil, explanation: "it did not answer"),
        ]
        chain.finishReason = "length"
        let page = try HTMLReport.page(
            content([
                entry(takes: [
                    Transcripts.Take(makers: [maker("a", right: 2, scored: 3, repeats: 3)], said: chain),
                    Transcripts.Take(
                        makers: [maker("b", right: 0, scored: 0, failed: 3, repeats: 3, ttft: nil)],
                        said: Transcripts.Said(replies: [], failure: "stalled: no byte for 60 s")),
                ])
            ]))
        #expect(
            page.contains("<h4>Turn 1</h4>") && page.contains("<h4>Turn 2</h4>")
                && page.contains("<pre class=\"code\">add(1)</pre>"))
        #expect(page.contains("<b class=\"w\">wrong, 0.25</b> rubric: meh"))
        #expect(page.contains("<b class=\"u\">unscored</b> judge: it did not answer"))
        #expect(page.contains("ended by length; right in 2 of 3 scored repeats"))
        #expect(page.contains("<b class=\"f\">failed</b> stalled: no byte for 60 s"))
        #expect(page.contains("none of 3 repeats scored, 3 failed"))
    }

    // MARK: - Words

    @Test func `what was left out is said`() {
        var transcripts = Transcripts()
        transcripts.candidates = ["a", "b", "c"]
        transcripts.pair = Transcripts.Pair(base: "a", candidate: "b")
        transcripts.load = 1
        transcripts.samples = Array(repeating: entry(), count: 4)
        transcripts.coverage.total = 8_334
        transcripts.coverage.notable = 2
        transcripts.coverage.notableShown = 2
        transcripts.coverage.wrong = 9
        transcripts.coverage.wrongShown = 2
        transcripts.coverage.seed = 7
        let text = TranscriptWords.coverage(transcripts)
        #expect(
            text.hasPrefix(
                "4 of 8,334 samples stand here: all 2 that a or b got wrong, or that somewhere failed or have no score and 2 of 9 that only others got wrong, drawn at random by seed 7. poise export has all."
            ))
        transcripts.coverage.total = 4
        transcripts.coverage.privateSamples = 3
        transcripts.coverage.privateTasks = ["letters"]
        #expect(TranscriptWords.coverage(transcripts).hasPrefix("All 4 samples stand here."))
        #expect(TranscriptWords.coverage(transcripts).contains("The 3 samples of letters are private"))
    }

    @Test func `the heading is what the pair's samples say`() {
        var transcripts = Transcripts()
        transcripts.candidates = ["a", "b"]
        transcripts.pair = Transcripts.Pair(base: "a", candidate: "b")
        transcripts.coverage.compared = 200
        transcripts.coverage.lost = 15
        transcripts.coverage.gained = 1
        #expect(TranscriptWords.heading(transcripts) == "15 answers lost, 1 gained")
        #expect(
            TranscriptWords.finding(transcripts).hasPrefix(
                "From a to b, 16 of 200 samples changed sides, which moves the share of samples that are right by −7.0"
                    + " points."))
        transcripts.pair = nil
        transcripts.coverage.right = 3
        transcripts.coverage.scored = 4
        #expect(TranscriptWords.heading(transcripts) == "3 of 4 answers right")
    }

    @Test func `what was blacked out is counted by kind`() {
        var counts = RedactionCounts()
        #expect(RedactionWords.sentence(counts)?.contains("nothing was blacked out") == true)
        #expect(RedactionWords.sentence(nil) == nil)
        counts[.email] = 12
        counts[.key] = 1
        #expect(
            RedactionWords.sentence(counts)
                == "1 key or token and 12 e-mail addresses were blacked out; the database keeps them.")
    }
}
