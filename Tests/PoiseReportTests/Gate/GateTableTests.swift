import PoiseCore
import Testing

@testable import PoiseReport

struct GateTableTests {
    @Test func `every rule stands with its numbers, and the finding at the end`() {
        let text = GateTable.text(GateReports.all, width: 80)
        let expected = """
            m@q8_0 against m@f16: inconclusive
            pass          accuracy non-inferior by 3 points
                          −0.4 points (95%: −1.5 to 0.6), bound −3.0, 2.6 to spare, n 457.
                          It would have seen 3.2 points beyond the bound (80% power).
            inconclusive  length_capped at most 1%
                          0.2% (95%: 0.0–1.2), bound 1.0, 0.8 to spare, n 457.
                          It would have seen 1.5% beyond the bound (80% power); about 900
                          samples would decide it.

            m@tq2_0 against m@f16: fail
            fail          p95 of ttfo, task add, at most 500 ms
                          1.30 s (95%: 1.20–1.40), bound 0.50, missed by 0.80, n 457.
                          It would have seen 0.08 s beyond the bound (80% power).
            inconclusive  decodeTPS at least 0.95 of baseline
                          Speeds and memory of different machines are not compared: the
                          baseline's is A <one> & "two", the candidate's B.

            warning: m@q8_0: 3 samples ask or expect something else in the baseline and are
            left out

            Gate failed (4 rules, 2 candidates): m@tq2_0 fails 1 of 2 rules; m@q8_0 is open
            on 1 of 2 rules.

            """
        #expect(text == expected)
    }

    @Test(arguments: [40, 80, 100, 200])
    func `no line is wider than the terminal`(width: Int) {
        for line in GateTable.text(GateReports.all, width: width).split(separator: "\n") {
            #expect(TerminalText.width(String(line)) <= width, "\(line)")
        }
    }

    @Test func `each load is headed by its own verdict, and rules are counted once`() {
        let failing = RuleResult(
            rule: GateReports.passing.rule, candidate: "m@q8_0", load: 4, verdict: .fail, estimate: -0.1, n: 457)
        let text = GateTable.text(GateReports.report([GateReports.passing, GateReports.open, failing]), width: 80)
        #expect(text.contains("m@q8_0 against m@f16, load 1: inconclusive\n"))
        #expect(text.contains("m@q8_0 against m@f16, load 4: fail\n"))
        #expect(text.contains("Gate failed (2 rules, 1 candidate): m@q8_0 fails 1 of 2 rules."))
    }

    @Test func `the effect that is seen among several says so`() {
        var result = GateReports.passing
        result.tested = 8
        #expect(
            GateWords.power(of: result)
                == "it would have seen 3.2 points beyond the bound (80% power with all 8 verdicts tested)")
        #expect(GateMarkdown.text(GateReports.report([result])).contains("80% power with all 8 verdicts tested;"))
    }

    @Test func `what is the same on both sides is no difference`() {
        let simulated = CircumstanceDifference(.simulated, base: "simulated", candidate: "simulated")
        #expect(
            GateReasonWords.text(.differs(candidate: "c", simulated))
                == "c: the kind of endpoint is simulated on both sides")
    }

    @Test func `rounds are what a throughput is known from`() {
        let result = RuleResult(
            rule: GateRule(.throughput, .atLeast, .absolute(100)), candidate: "c", load: 1, verdict: .inconclusive,
            estimate: 101, low: 99, high: 103, n: 3, method: .bootstrap, samplesToDecide: 9)
        #expect(
            GateWords.explanation(of: result) == [
                "101 tok/s (95%: 99–103), bound 100, 1 to spare, 3 rounds.",
                "About 9 rounds would decide it.",
            ])
    }

    @Test func `what lets an open gate through is said`() {
        let open = GateReports.report([GateReports.open])
        #expect(GateTable.text(open, policy: .pass, width: 80).contains("NOT DECIDED, AND LET THROUGH"))
        #expect(GateTable.text(open, policy: .warn, width: 80).contains("only a warning here"))
        #expect(GateTable.text(open, policy: .fail, width: 80).contains("counts as failed here"))
        #expect(GateTable.policy(.pass, GateReports.all) == nil)
        #expect(open.verdict(inconclusiveAs: nil) == .inconclusive)
        #expect(open.verdict(inconclusiveAs: .fail) == .fail)
        #expect(open.verdict(inconclusiveAs: .pass) == .pass)
        #expect(GateReports.all.verdict(inconclusiveAs: .pass) == .fail)
    }

    @Test func `names cannot move the cursor`() {
        var result = GateReports.passing
        result.reasons = [.taskNotAsked("a\u{1B}[2Jb")]
        #expect(!GateTable.text(GateReports.report([result]), width: 80).contains("\u{1B}"))
    }

    @Test func `looks come first`() {
        let look = GateReport.Look(
            number: 1, run: "r1", samples: 114, of: 457, spent: 1e-5, level: 1e-5, verdict: .fail, decided: 2, rules: 4)
        let text = GateTable.text(GateReports.report([GateReports.open], looks: [look]), width: 80)
        #expect(text.hasPrefix("look 1: 114 of 457 samples, 2 of 4 verdicts decided (each side at 0.001%):"))
    }
}
