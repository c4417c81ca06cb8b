import PoiseCore
import Testing

@testable import PoiseReport

struct LadderTableTests {
    private typealias Made = ComparisonFixtures

    @Test func `the sentence says where quality breaks, and the reference stands in the table`() {
        let text = LadderTable.text([Made.ladder()], width: 80)
        #expect(
            text.hasPrefix("tiny-m: quality breaks at tq2_0: −71.8 points (−73.8 to −69.8), n = 457.\n"))
        #expect(text.contains("f16    6.97     72.4               reference"), "\(text)")
        #expect(text.contains("tq2_0  0.97      0.6   −71.8  −73.8 to −69.8  <0.001     8       1"), "\(text)")
    }

    @Test func `where none breaks, the smallest loss is said, or that it is not known`() {
        #expect(
            LadderWords(ladder: Made.ladder(breaksAt: nil)).verdict
                == "tiny-m: no rung is surely worse than f16; the smallest loss that every rung would have shown in 80% of "
                + "such runs is 3.1 points.")
        #expect(
            LadderWords(ladder: Made.ladder(breaksAt: nil, smallestLoss: nil, margin: 0.02)).verdict
                == "tiny-m: no rung is surely worse than f16 by more than 2 points; too little was measured to say how small "
                + "a loss would have been seen.")
        #expect(
            LadderWords(ladder: Made.ladder(margin: 0.02)).verdict.hasSuffix("n = 457, surely more than 2 points."))
    }

    @Test func `a lowest rung, and rungs without scores, say so`() {
        var ladder = Made.ladder(breaksAt: nil)
        ladder.reference = "tiny-m@tq2_0"
        (ladder.rungs[0].change, ladder.rungs[0].adjustedP) = (ladder.rungs[2].change, 1)
        (ladder.rungs[2].change, ladder.rungs[2].adjustedP) = (nil, nil)
        #expect(LadderWords(ladder: ladder).verdict == "tiny-m: tq2_0 is the lowest rung; nothing stands below it.")
        ladder = Made.ladder(breaksAt: nil)
        for index in ladder.rungs.indices { ladder.rungs[index].change?.accuracy = nil }
        #expect(
            LadderWords(ladder: ladder).verdict
                == "tiny-m: no rung below f16 can be held against it in accuracy. q8_0 and tq2_0 cannot be held against "
                + "f16 in accuracy: no sample has a score on both sides.")
    }

    /// One rung without a score, and one without a trial.
    private func gaps(breaksAt: String? = nil) -> Ladder {
        var ladder = Made.ladder(breaksAt: breaksAt)
        ladder.rungs[1].change?.accuracy = nil
        ladder.rungs[1].adjustedP = nil
        ladder.rungs[1].change?.flips = Flips(
            n: 0, kept: 0, missed: 0, gained: 0, lost: 0, agreement: nil, list: [])
        var unmeasured = ladder.rungs[1]
        (unmeasured.candidate, unmeasured.quantization, unmeasured.change) = ("tiny-m@q5_0", "q5_0", nil)
        (unmeasured.accuracy, unmeasured.n) = (nil, 0)
        ladder.rungs.insert(unmeasured, at: 2)
        return ladder
    }

    @Test func `only rungs that were held against the reference are claimed to be no worse, and the others are named`()
    {
        let rest =
            " q8_0 cannot be held against f16 in accuracy: no sample has a score on both sides. q5_0 cannot be held "
            + "against f16 in accuracy: nothing was measured."
        #expect(
            LadderWords(ladder: gaps()).verdict
                == "tiny-m: tq2_0 is not surely worse than f16; the smallest loss that it would have shown in 80% of such "
                + "runs is 3.1 points." + rest)
        #expect(LadderWords(ladder: gaps(breaksAt: "tiny-m@tq2_0")).verdict.hasSuffix("n = 457." + rest))
    }

    @Test func `what is undefined of a rung is no number`() throws {
        let text = LadderTable.text([gaps()], width: 200)
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("q8_0") })
        #expect(!row.split(separator: " ").contains("0"), "\(row)")
        #expect(text.contains("\nq5_0 "))
        let rungs = try #require(
            try JSONValue(parsing: LadderJSON.text([gaps()]))["ladders"]?.array?.first?["rungs"]?.array)
        let flips = try #require(rungs[1]["change"]?["flips"])
        #expect(flips["n"]?.number == 0)
        for key in ["kept", "lost", "gained", "missed", "changed"] { #expect(flips[key] == .null, "\(key)") }
        #expect(rungs[1]["isSurelyWorse"] == .null && rungs[2]["change"] == .null)
    }

    @Test func `where tasks were chosen, every format says so`() throws {
        var ladder = Made.ladder()
        ladder.tasks = ["add", "sort"]
        #expect(LadderTable.text([ladder], width: 200).contains("; tasks add and sort alone; run"))
        #expect(LadderMarkdown.text([ladder]).contains("tasks add and sort alone"))
        let document = try JSONValue(parsing: LadderJSON.text([ladder]))
        #expect(document["ladders"]?.array?.first?["tasks"]?.array?.compactMap(\.string) == ["add", "sort"])
        let all = try JSONValue(parsing: LadderJSON.text([Made.ladder()]))
        #expect(all["ladders"]?.array?.first?["tasks"] == .null)
    }

    @Test func `where two candidates have one quantization, their ids tell them apart`() {
        var ladder = Made.ladder()
        ladder.rungs[1].quantization = "tq2_0"
        let words = LadderWords(ladder: ladder)
        #expect(ladder.rungs.map(words.name) == ["f16", "tiny-m@q8_0", "tiny-m@tq2_0"])
        #expect(words.verdict.hasPrefix("tiny-m: quality breaks at tiny-m@tq2_0:"))
    }

    @Test func `a divergence has columns of its own, and none where it was not measured`() {
        let divergence = Divergence(
            candidate: "", reference: "", load: 1, samples: 10, tokens: 100, meanKL: 0.00412, meanKLLow: 0.003,
            meanKLHigh: 0.005, sameTop: 0.972, sameTopLow: nil, sameTopHigh: nil, top: 20)
        let wide = LadderTable.text([Made.ladder(divergence: divergence)], width: 200)
        #expect(wide.contains("0.00412") && wide.contains("0.00300–0.00500") && wide.contains("97.2"))
        #expect(wide.contains("nats a token"))
        let without = LadderTable.text([Made.ladder()], width: 200)
        #expect(!without.contains("KL") && !without.contains("top %") && without.contains("memory MB"))
    }

    @Test func `the JSON has the numbers as they are`() throws {
        let document = try JSONValue(parsing: LadderJSON.text([Made.ladder()]))
        let ladder = try #require(document["ladders"]?.array?.first)
        #expect(ladder["breaksAt"]?.string == "tiny-m@tq2_0" && ladder["smallestLoss"]?.number == 0.031)
        let rungs = try #require(ladder["rungs"]?.array)
        #expect(rungs.compactMap { $0["fileBytes"]?.number } == [6_967_104, 3_709_056, 966_784])
        #expect(rungs.first?["change"] == .null && rungs.last?["isSurelyWorse"] == .bool(true))
        #expect(rungs.last?["change"]?["accuracy"]?["difference"]?.number == -0.718)
    }

    @Test func `the Markdown is one table under the finding`() {
        let text = LadderMarkdown.text([Made.ladder()])
        #expect(text.hasPrefix("### tiny-m: quality breaks at tq2_0: −71.8 points"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 5 && Set(rows.map { $0.count { $0 == "|" } }).count == 1)
    }
}
