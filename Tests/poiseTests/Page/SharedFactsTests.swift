import PoiseCore
import PoiseReport
import Testing

@testable import poise

/// What of facts beside the texts stands on a page that is shared.
struct SharedFactsTests {
    private static let difference = CircumstanceDifference(
        .engineArguments, base: "--api-key 9f8e7d6c5b4a3210ffee --lora /home/me/own.gguf",
        candidate: "http://u:pw1234@host/v1")

    @Test func `differences lose keys, passwords and folders`() {
        var redaction = Redaction()
        let shown = Self.difference.shareable(by: &redaction)
        #expect(shown.base?.contains("own.gguf") == true && shown.base?.contains("/home") == false)
        #expect(shown.base?.contains("9f8e7d6c5b4a3210ffee") == false && shown.candidate?.contains("pw1234") == false)
        var none = Redaction.none
        #expect(Self.difference.shareable(by: &none).base == "--api-key 9f8e7d6c5b4a3210ffee --lora own.gguf")
    }

    @Test func `a gate's warnings, reasons and file are redacted`() {
        var redaction = Redaction()
        let gate = GateReport(
            run: "r", suite: "s", baseline: GateReport.Baseline(candidate: "c", run: "r", file: "/home/me/base.json"),
            candidates: ["d"], results: [],
            warnings: [
                .problem(candidate: "d", reason: "jane@example.com is at 10.0.0.1"),
                .differs(candidate: "d", Self.difference),
            ], seed: 1
        ).shareable(by: &redaction)
        #expect(gate.baseline?.file == "base.json")
        #expect(gate.warnings.first == .problem(candidate: "d", reason: "[e-mail] is at [IP address]"))
        #expect(!"\(gate.warnings)".contains("pw1234"))
    }

    @Test func `a comparison keeps two right answers off a page of failures, and counts what it blacks out`() {
        func flip(_ sample: String, _ base: Double, _ candidate: Double) -> Flip {
            Flip(
                kind: base == candidate ? .changed : .lost, task: "t", sample: sample, base: "jane@example.com",
                candidate: "no", baseScore: base, candidateScore: candidate)
        }
        let side = ComparedSide(candidate: "c", model: "m", quantization: nil, run: "r")
        let repeats = AnswerRepeats(samples: 0, answersDiffer: 0, correctnessDiffers: 0)
        let row = ComparisonRow(
            candidate: side, differences: [Self.difference], counted: CountedSamples(common: 3, scored: 3),
            accuracy: nil, tasks: [],
            flips: Flips(
                n: 3, kept: 1, missed: 1, gained: 0, lost: 1, agreement: nil,
                list: [flip("lost", 1, 0), flip("right", 1, 1), flip("wrong", 0, 0)]),
            repeats: repeats, measures: [], whyNoSpeeds: nil, tokenTotals: nil)
        let comparison = Comparison(
            base: side, load: 1, tasks: nil, seed: 1, resamples: 1, baseRepeats: repeats, rows: [row])
        let (shown, counts) = ComparisonPageAssembly.shareable(comparison, PageOptions(transcripts: .failures))
        #expect(shown.rows[0].flips.list.map(\.base) == ["[e-mail]", nil, "[e-mail]"])
        #expect(shown.rows[0].flips.list.map(\.candidate) == ["no", nil, "no"])
        #expect(!"\(shown.rows[0].differences)".contains("pw1234"))
        #expect(counts?[.email] == 2)
        let markdown = ComparisonMarkdown.text(shown, flips: nil, redactions: counts)
        #expect(markdown.contains("2 e\\-mail addresses") || markdown.contains("2 e-mail addresses"))
        let idle = ComparisonPageAssembly.shareable(comparison, PageOptions(redacts: false))
        #expect(idle.redactions == nil && idle.comparison.rows[0].flips.list[1].base == "jane@example.com")
    }

    @Test func `a history's changes lose what is secret, and say how much`() {
        let record = MeasuredRuns.run("r", plan: MeasuredRuns.plan(candidates: ["c"])).record
        let content = HistoryContent(
            suite: "s", load: 1,
            runs: [
                HistoryRun(
                    record: record, changes: [.circumstance(Self.difference), .files(["jane@example.com.yaml"])],
                    gate: nil)
            ], candidates: [], command: "", poiseVersion: "")
        let shown = HistoryAssembly.shareable(content, PageOptions())
        #expect(!"\(shown.runs[0].changes)".contains("pw1234") && !"\(shown.runs[0].changes)".contains("jane"))
        #expect((shown.redactions?.total ?? 0) >= 2)
    }

    @Test(arguments: [
        ("poise run s.yaml", "poise run s.yaml"),
        ("poise run s.yaml --redact-pattern ACME-\\d+ --db x", "poise run s.yaml --redact-pattern [redacted] --db x"),
        ("poise run --redact-pattern Jane Doe -o x.html", "poise run --redact-pattern [redacted] -o x.html"),
        ("poise run --redact-pattern=a - b", "poise run --redact-pattern=[redacted]"),
        (
            "poise run --redact-pattern a --redact-pattern b",
            "poise run --redact-pattern [redacted] --redact-pattern [redacted]"
        ),
    ])
    func `the command is shown without the patterns of what is secret`(command: String, shown: String) {
        #expect(ShownCommand.text(command) == shown)
    }

    @Test func `files beside the suite keep their path, others their name`() {
        #expect(SharedPath.shown("tasks/add.yaml") == "tasks/add.yaml")
        #expect(SharedPath.shown("../../home/me/add.yaml") == "add.yaml")
        #expect(SharedPath.shown("/home/me/add.yaml") == "add.yaml")
    }
}
