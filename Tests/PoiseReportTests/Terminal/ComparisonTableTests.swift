import PoiseCore
import Testing

@testable import PoiseReport

struct ComparisonTableTests {
    private typealias Made = ComparisonFixtures

    @Test(arguments: [40, 60, 80, 120, 200])
    func `every line fits the terminal`(_ width: Int) {
        let long = Flip(
            kind: .changed, task: "a-very-long-name-of-a-task", sample: "and-of-a-sample",
            base: String(repeating: "x", count: 300), candidate: "漢字\u{1B}[31m\nred", baseScore: 0, candidateScore: 0)
        let rows = ["q8_0", "q5_0", "q4_0", "tq2_0"].map {
            Made.row(
                Made.side($0), differences: [CircumstanceDifference(.machine, base: "A", candidate: "B")],
                flips: Made.flips([Made.flip, long]))
        }
        let text = ComparisonTable.text(Made.comparison(rows), flips: nil, width: width)
        for line in text.split(separator: "\n") { #expect(TerminalText.width(String(line)) <= width, "\(line)") }
        #expect(!text.contains("\u{1B}") && !text.contains(" \n"))
        let ladder = LadderTable.text([Made.ladder()], width: width)
        for line in ladder.split(separator: "\n") { #expect(TerminalText.width(String(line)) <= width, "\(line)") }
    }

    @Test func `the tables hold the base, the changes, their words and what the marks mean`() {
        let text = ComparisonTable.text(Made.comparison(), flips: 10, width: 80)
        for line in [
            "candidate    right %  points          95%     p  lost  gained  changed    n",
            "tiny-m@f16      72.4",
            "tiny-m@q4_0     71.7    −0.7  −2.7 to 1.3  1.00     8       1       39  457",
            "decode speed   1,377 tok/s  1.40  1.30–1.50  faster",
            "TTFT               8.80 ms  1.00  0.90–1.10  ?",
            "output tokens            6  0.50  0.40–0.60  shorter",
            "add   40  −20.0*  −22.0 to −18.0  0.003",
            "sort  40   +2.5          0.5–4.5   1.00",
            "  lost     add/add-023  1255 → 1245",
        ] {
            #expect(text.contains(line), "\(line) in\n\(text)")
        }
        #expect(text.contains("by Holm's correction over all 2\nof this table"))
    }

    @Test func `so many flips are listed as are wanted, and the rest is counted`() {
        let flips = Made.flips(Array(repeating: Made.flip, count: 12))
        let comparison = Made.comparison([Made.row(flips: flips)])
        #expect(ComparisonTable.text(comparison, flips: 10, width: 80).contains("  and 2 more: --flips all"))
        #expect(!ComparisonTable.text(comparison, flips: nil, width: 80).contains("more:"))
        #expect(!ComparisonTable.text(comparison, flips: 0, width: 80).contains("1255"))
    }

    @Test func `of long answers that begin alike, what differs is shown`() {
        let flip = Flip(
            kind: .lost, task: "t", sample: "s", base: "49 50 51 52 53 54 55 56 57",
            candidate: "49 50 51 52 53 54 55 57",
            baseScore: 1, candidateScore: 0)
        let (base, candidate) = FlipList.answers(flip, room: 30)
        #expect((base, candidate) == ("…4 55 56 57", "…4 55 57"))
        #expect(FlipList.answers(flip, room: 80).base == flip.base)
        let empty = Flip(
            kind: .lost, task: "t", sample: "s", base: nil, candidate: " \n", baseScore: 1, candidateScore: 0)
        #expect(FlipList.answers(empty, room: 30) == ("–", "(empty)"))
    }

    @Test func `a comparison without anything common is its statement alone`() {
        let empty = Made.row(
            accuracy: nil, counted: CountedSamples(common: 0, scored: 0, onlyBase: 3, onlyCandidate: 2),
            flips: Flips(n: 0, kept: 0, missed: 0, gained: 0, lost: 0, agreement: nil, list: []), measures: [],
            whyNoSpeeds: .nothingTimed)
        var comparison = Made.comparison([empty])
        comparison.rows[0].tokenTotals = nil
        let text = ComparisonTable.text(comparison, flips: 10, width: 80)
        #expect(text.contains("cannot be compared in accuracy") && text.contains("Left out"))
        #expect(!text.contains("right %") && !text.contains("×"))
    }

    @Test func `where bases differ each row has its own`() {
        var other = Made.accuracy(0.1)
        other.base = 0.5
        let text = ComparisonTable.text(
            Made.comparison([Made.row(), Made.row(Made.side("q8_0"), accuracy: other)]), flips: 0, width: 80)
        #expect(text.contains("base %") && !text.contains("tiny-m@f16      72.4"))
    }

    @Test func `colour only adds styles`() {
        let plain = ComparisonTable.text(Made.comparison(), flips: 10, width: 80)
        let styled = ComparisonTable.text(Made.comparison(), flips: 10, width: 80, color: true)
        #expect(styled.contains("\u{1B}[2m"))
        func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
        #expect(words(styled.replacing(/\u{1B}\[[0-9]+m/, with: "")) == words(plain))
    }
}
