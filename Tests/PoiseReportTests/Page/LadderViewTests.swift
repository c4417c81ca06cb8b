import PoiseCore
import Testing

@testable import PoiseReport

struct LadderViewTests {
    private func view(_ ladders: [Ladder]) -> LadderView {
        LadderView(Decisions.content(Decisions.detail([Decisions.picked()], ladders: ladders)))
    }

    /// A ladder whose middle rung has this difference, ± 2 points.
    private func ladder(
        _ difference: Double, of model: String = "tiny-m", margin: Double?, breaks: Bool = false
    )
        -> Ladder
    {
        var ladder = ComparisonFixtures.ladder(breaksAt: "tiny-m@tq2_0", margin: margin)
        ladder.model = model
        ladder.rungs[1].change?.accuracy = ComparisonFixtures.accuracy(difference)
        ladder.rungs[1].isSurelyWorse = breaks
        if breaks { ladder.breaksAt = "tiny-m@q8_0" }
        return ladder
    }

    @Test func `without an accepted loss a rung breaks or no loss is sure`() {
        let view = self.view([ladder(-0.004, margin: nil)])
        #expect(view.isShown && view.heading == "Quality breaks at tq2_0")
        let rows = view.groups[0].rows
        #expect(rows.map(\.chip.word) == ["reference", "no sure loss", "breaks"])
        #expect(rows.map(\.chip.kind) == ["unsure", "unsure", "fail"])
        #expect(rows.map(\.hasChip) == [false, true, true])
        #expect(rows[1].points == "−0.4" && rows[1].range == "−2.4 to 1.6")
        #expect(rows[1].lost == "8" && rows[1].gained == "1" && rows[1].same == "91.5%")
        #expect(rows[0].speed == "1.00×" && rows[1].speed == "1.40×" && rows[1].speedRange == "1.30–1.50")
        #expect(view.introduction.contains("“No sure loss” does not say that there is none"))
        #expect(view.caption.hasSuffix("poise compare --ladder."))
    }

    @Test func `with the gate's margin a rung is sound, inconclusive or breaks`() {
        #expect(self.view([ladder(-0.004, margin: 0.03)]).groups[0].rows[1].chip.word == "sound")
        #expect(self.view([ladder(-0.02, margin: 0.03)]).groups[0].rows[1].chip.word == "inconclusive")
        #expect(self.view([ladder(-0.08, margin: 0.03, breaks: true)]).groups[0].rows[1].chip.word == "breaks")
        let view = self.view([ladder(-0.004, margin: 0.03)])
        #expect(view.heading == "q8_0 is sound; quality breaks at tq2_0")
        #expect(view.introduction.contains("lies above −3 points, the loss that the suite’s gate accepts"))
        #expect(view.caption.contains("poise compare --ladder --margin 3"))
    }

    @Test func `the heading holds for several models`() {
        func heading(_ ladders: [Ladder]) -> String { LadderFinding(ladders).heading }
        #expect(
            heading([
                ladder(0, of: "a", margin: 0.03), ladder(0, of: "b", margin: 0.03), ladder(0, of: "c", margin: 0.03),
            ])
                == "q8_0 is sound for all 3 models; quality breaks at tq2_0 for all 3 models")
        #expect(
            heading([ladder(-0.08, of: "a", margin: 0.03, breaks: true), ladder(0, of: "b", margin: 0.03)])
                == "b is sound at q8_0; quality breaks at q8_0 for a and at tq2_0 for b")
        var none = ladder(0, margin: nil)
        none.breaksAt = nil
        none.rungs[2].isSurelyWorse = false
        #expect(heading([none]) == "No quantization is surely worse than its reference")
        none.rungs[1].adjustedP = nil
        none.rungs[2].adjustedP = nil
        #expect(heading([none]) == "Quantization ladder: nothing could be held against its reference")
    }

    @Test func `a rung that cannot be held against the reference says why`() {
        var ladder = ComparisonFixtures.ladder()
        ladder.rungs[1].change?.accuracy = nil
        ladder.rungs[1].adjustedP = nil
        let row = self.view([ladder]).groups[0].rows[1]
        #expect(row.chip.word == "not comparable" && !row.why.isEmpty)
        #expect(row.points == "–")
    }

    @Test func `what a ladder says is what poise compare --ladder says`() {
        let ladder = self.ladder(-0.004, margin: nil)
        #expect(self.view([ladder]).findings.first == LadderWords(ladder: ladder).verdict)
    }

    @Test func `columns without a number are left out`() {
        var bare = ComparisonFixtures.ladder()
        for place in bare.rungs.indices {
            bare.rungs[place].fileBytes = nil
            bare.rungs[place].peakMemory = nil
            bare.rungs[place].change?.measures = []
        }
        let view = self.view([bare])
        #expect(!view.hasSize && !view.hasMemory && !view.hasSpeed && !view.hasDivergence && view.columns == 10)
        #expect(self.view([ComparisonFixtures.ladder()]).columns == 14)
    }

    @Test func `the pick is marked, and only at its own load`() {
        var ladder = ComparisonFixtures.ladder()
        ladder.rungs[1].candidate = "tiny-m@q4_0"
        #expect(self.view([ladder]).groups[0].rows.map(\.isPick) == [false, true, false])
        ladder.load = 4
        #expect(self.view([ladder]).groups[0].rows.map(\.isPick) == [false, false, false])
    }

    @Test func `without a ladder there is no section and no link to one`() throws {
        let page = try HTMLReport.page(Demo.content())
        #expect(!page.contains("id=\"ladder\"") && !page.contains("href=\"#ladder\""))
    }

    @Test func `drawings stay within their cells, also of a rung that lost everything`() {
        let drawing = LadderDrawing([ComparisonFixtures.ladder()])
        let cell = drawing.interval(ComparisonFixtures.accuracy(-0.7))
        #expect(cell.contains("class=\"beyond\"") && !cell.contains("class=\"span\""))
        let inside = drawing.interval(ComparisonFixtures.accuracy(-0.01))
        #expect(inside.contains("class=\"mid\"") && inside.contains("class=\"span\""))
        let numbers = inside.matches(of: /[MH](-?[0-9.]+)/).compactMap { Double($0.output.1) }
        #expect(numbers.allSatisfy { (0...152).contains($0) })
    }

    @Test func `the data carry the ladder without a sample or a response`() throws {
        let content = Decisions.content(
            Decisions.detail(
                [Decisions.picked()], gate: Decisions.gate([("tiny-m@q4_0", .pass)]),
                ladders: [ComparisonFixtures.ladder()]))
        let data = try JSONValue(parsing: PageJSON.text(content))
        #expect(data["choice"]?.array?.first?["pick"] == .string("tiny-m@q4_0"))
        #expect(data["choice"]?.array?.first?["load"] == .number(1))
        #expect(data["gate"]?["verdict"] == .string("pass"))
        let change = data["ladders"]?.array?.first?["rungs"]?.array?[1]["change"]
        #expect(change?["accuracy"]?["n"] == .number(457))
        #expect(change?["flips"]?["lost"] == .number(8))
        #expect(!PageJSON.text(content).contains("add-023"))
    }
}
