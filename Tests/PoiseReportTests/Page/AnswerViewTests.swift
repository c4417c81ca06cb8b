import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct AnswerViewTests {
    private func view(_ content: ReportContent) -> AnswerView { PageView(content).answer }

    private func text(_ runs: [AnswerText.Run]) -> String { runs.map(\.text).joined() }

    @Test func `the top names the profile, the pick and its six facts`() {
        let gate = Decisions.gate([("tiny-m@q8_0", .inconclusive), ("tiny-m@q4_0", .pass), ("tiny-s@f16", .fail)])
        let view = self.view(Decisions.content(Decisions.detail([Decisions.picked()], gate: gate)))
        #expect(view.kicker == "For chat, on this machine, one request at a time")
        #expect(text(view.headline) == "Take tiny-m at q4_0.")
        #expect(
            view.facts.map(\.title) == [
                "Right answers", "Decode speed", "First useful token", "Memory in use", "Gate against tiny-m@f16",
                "Stays the choice",
            ])
        #expect(view.facts.map(\.number) == ["71.8%", "22.0", "120", "1.34", "pass", "77%"])
        #expect(view.facts[0].lines == ["67.8–75.8, n\u{A0}=\u{A0}440"])
        #expect(view.facts[1].lines == ["19.8–24.2, limit\u{A0}10\u{A0}tok/s"])
        #expect(view.facts[4].glyph.contains("<svg"))
    }

    @Test func `a price takes a cell, and what the profile asks for goes first`() {
        var choice = Decisions.picked()
        choice.contenders[2] = Decisions.contender("tiny-m", "q4_0", share: 0.77, cost: 0.00171)
        let facts = self.view(Decisions.content(Decisions.detail([choice]))).facts
        #expect(facts.count == 6)
        #expect(facts.map(\.title).contains("Cost of a right answer"))
        #expect(facts.first { $0.title == "Cost of a right answer" }?.unit == "USD")
        choice.profile = .batch
        #expect(
            view(Decisions.content(Decisions.detail([choice]))).facts.map(\.title).contains("Cost of a right answer"))
    }

    @Test func `each verdict of the gate is said of all candidates and of the pick`() throws {
        func finding(_ verdicts: [(candidate: String, verdict: Verdict)]) throws -> (String, String) {
            let view = self.view(
                Decisions.content(Decisions.detail([Decisions.picked()], gate: Decisions.gate(verdicts))))
            let gate = try #require(view.gates.first)
            return (gate.chip.kind + " " + gate.chip.word, gate.finding)
        }
        let passed = try finding([("tiny-m@q4_0", .pass)])
        #expect(passed.0 == "pass gate passed")
        #expect(passed.1 == "By the suite’s 1 rule against tiny-m@f16, tiny-m@q4_0 passes. The pick passes.")
        let failed = try finding([("tiny-m@q8_0", .pass), ("tiny-m@q4_0", .fail)])
        #expect(failed.0 == "fail gate failed")
        #expect(failed.1.hasSuffix("The pick fails 1 of 1 rule."))
        let open = try finding([("tiny-m@q4_0", .inconclusive), ("tiny-m@q8_0", .pass)])
        #expect(open.0 == "unsure gate inconclusive")
        #expect(open.1.contains("tiny-m@q8_0 passes and tiny-m@q4_0 is inconclusive."))
        #expect(open.1.hasSuffix("The pick is open on 1 of 1 rule."))
        #expect(try finding([("tiny-m@q8_0", .pass)]).1.hasSuffix("The pick is not among those that are judged."))
    }

    @Test func `the rules stand behind the verdict with what each could have seen`() throws {
        let gate = try #require(
            self.view(
                Decisions.content(
                    Decisions.detail([Decisions.picked()], gate: Decisions.gate([("tiny-m@q4_0", .inconclusive)])))
            ).gates.first)
        let row = try #require(gate.groups.first?.rows.first)
        #expect(row.rule == "accuracy non-inferior by 3 points" && row.chip.word == "inconclusive")
        #expect(row.value == "−0.7 points" && row.range == "−2.3 to 1.0" && row.bound == "−3.0 points")
        #expect(row.smallest == "3.1 points" && row.samples == "1,100" && row.n == "440")
    }

    @Test func `a gate that cannot be judged says why and passes nothing`() throws {
        var detail = Decisions.detail([Decisions.picked()])
        detail.gateObstacle = "The rule about accuracy compares with a baseline, and none is named."
        let view = self.view(Decisions.content(detail))
        let gate = try #require(view.gates.first)
        #expect(gate.chip.kind == "unsure" && gate.chip.word == "gate not judged" && !gate.hasRows)
        #expect(gate.finding.contains("there is no verdict. The rule about accuracy compares with a baseline"))
        #expect(view.facts.first { $0.title == "Gate" }?.number == "–")
    }

    @Test func `the pick may be the baseline itself`() {
        var choice = Decisions.picked()
        choice.decision?.pick = "tiny-m@f16"
        let view = self.view(
            Decisions.content(Decisions.detail([choice], gate: Decisions.gate([("tiny-m@q4_0", .fail)]))))
        #expect(view.gates.first?.finding.hasSuffix("The pick is the baseline itself.") == true)
        #expect(view.facts.first { $0.title == "Gate" }?.lines == ["it is the baseline"])
    }

    @Test func `every load is summed up, on every machine`() {
        var content = Demo.twoMachines()
        let loads = content.measuredLoads
        content.detail = Decisions.detail([Decisions.picked(load: loads[0]), Decisions.none(load: loads[1])])
        content.otherMachines[0].detail = Decisions.detail(
            [Decisions.picked(share: 0.6, load: loads[0])], gate: Decisions.gate([("tiny-m@q4_0", .pass)]))
        let view = self.view(content)
        let paragraphs = view.verdict.map(text)
        #expect(view.kicker.hasPrefix("For chat, on machine A, "))
        #expect(paragraphs.contains { $0.hasPrefix("On machine A, with 16 requests in flight: None of the 4") })
        #expect(
            paragraphs.contains {
                $0.hasPrefix("On machine B, with one request at a time: tiny-m at q4_0 stays the choice, in 60% of")
            })
        // Where nothing was chosen at a load, what was measured there is said.
        #expect(
            paragraphs.contains { $0.hasPrefix("On machine B, with 16 requests in flight: ") && $0.contains("front") })
        #expect(view.gates.map { $0.finding.hasPrefix("Machine B: By the suite’s 1 rule against") } == [true])
    }

    @Test func `without a choice the answer is what was measured`() {
        let view = self.view(Demo.content())
        #expect(text(view.headline).contains("the most right"))
        #expect(view.kicker == "On this machine, one request at a time")
        #expect(view.gates.isEmpty)
    }

    @Test func `too many trials for a page are said, and where the answer is`() {
        var detail = PageDetail()
        detail.undecided = .tooManyTrials(1_000_000, most: 250_000)
        let words = self.view(Decisions.content(detail)).verdict.map(text).joined(separator: " ")
        #expect(words.contains("1,000,000 trials are more than the 250,000 that are read again for a page"))
        #expect(words.contains("poise choose"))
    }

    @Test func `names from outside stay names in every part`() throws {
        let name = "\"><script>alert(1)</script>\u{202E}" + String(repeating: "x", count: 300)
        var choice = Decisions.picked()
        choice.contenders[2] = Decisions.contender(name, "<b>", share: 0.77)
        let id = choice.contenders[2].id
        choice.decision?.pick = id
        choice.decision?.equals = [id]
        choice.decision?.tiebreaks = []
        var ladder = ComparisonFixtures.ladder()
        ladder.model = name
        ladder.rungs[1].quantization = name
        let gate = Decisions.gate([(id, .fail)])
        let page = try HTMLReport.page(
            Decisions.content(Decisions.detail([choice], gate: gate, ladders: [ladder])))
        #expect(page.components(separatedBy: "<script").count == 3)
        let body = page.components(separatedBy: "<body>")[1].components(separatedBy: "<script type")[0]
        #expect(!body.contains("\u{202E}") && body.contains("&lt;script&gt;"))
        #expect(!body.contains(" style=\""))
    }
}
