import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// Judges as a user meets them: in a run, in `poise grade`, and in `poise judge`.
@Suite(.serialized) struct JudgeRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
        try workplace.write(
            "verdict.yaml",
            """
            name: verdict
            criteria:
              - name: right
                judge: Is the response right?
                levels:
                  C: {worth: 1, when: It is.}
                  I: {worth: 0, when: It is not.}
            """)
        try workplace.write(
            "words.yaml",
            """
            name: words
            samples: words.jsonl
            graders:
              - check: exact
              - rubric: verdict
            """)
    }

    /// A simulated endpoint that always says the same, or repeats the prompt.
    private func saying(_ text: String?) async throws -> Simulator {
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = text.map { .text($0) } ?? .echo
        return try await Simulator.start(configuration)
    }

    /// Requests for a completion, beside those that ask what the endpoint is.
    private func asked(_ simulator: Simulator) -> Int { simulator.requests.count { $0.number != nil } }

    private func judges(_ url: String, name: String = "arbiter") -> String {
        "judges: [{model: \(name), endpoint: {base_url: \"\(url)\"}, price: {input: 1, output: 2}}]"
    }

    /// Nobody listens at this port: it was free a moment ago.
    private static let deadURL = "http://127.0.0.1:9/v1"

    @Test func `a judge grades beside the checks after the run, and its tokens and cost stand apart`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("It is right.\nGRADE: C"))
        let suite = try workplace.writeSuite(
            [("secret-model-7b", candidate.baseURL)], more: "warmup: 1\n" + judges(judge.baseURL))
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        #expect(output.status == 0, "\(output.standardError)")
        let scores = try workplace.rows(
            "SELECT score.* FROM score JOIN trial ON trial.id = score.trial WHERE position = 1 AND NOT isWarmup")
        #expect(scores.map { $0["value"] as Double? } == Array(repeating: 1, count: 12))
        #expect(scores.allSatisfy { ($0["criteria"] as String).contains("It is right.") })
        #expect(Set(scores.map { $0["version"] as String }).count == 1)
        let judgements = try workplace.rows("SELECT * FROM judgement")
        #expect(judgements.count == 12)
        #expect(judgements.allSatisfy { ($0["grade"] as String) == "C" && ($0["outputTokens"] as Int) > 0 })
        #expect(judgements.allSatisfy { ($0["cost"] as Double) > 0 })
        #expect(judgements.allSatisfy { ($0["request"] as String).contains("\"temperature\":0") })
        #expect(judgements.allSatisfy { !($0["request"] as String).contains("secret-model-7b") })
        // Nothing of it is in the candidate's figures.
        #expect(asked(candidate) == 13)
        #expect(try workplace.rows("SELECT DISTINCT candidate FROM trial").count == 1)
        let front = try await CommandLineTool.run("front", "--db", workplace.database, "--format", "json")
        let document = try JSONValue(parsing: front.standardOutput)
        #expect(document["judges"]?.array?.first?["judge"] == .string("arbiter"))
        #expect(document["judges"]?.array?.first?["requests"] == .number(12))
        #expect(document["judged"]?.array?.first?["raw"] == .number(1))
        // Nobody has measured this judge.
        #expect(document["judged"]?.array?.first?["corrected"] == .null)
        #expect(try workplace.read("out/small.html").contains("not held against labels"))
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `a judge that is down leaves scores unscored with the reason, and is made up for later`() async throws {
        let candidate = try await saying(nil)
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(Self.deadURL))
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        #expect(output.status == 0, "\(output.standardError)")
        let reasons = try workplace.rows("SELECT unscoredReason FROM score WHERE position = 1").compactMap {
            $0[0] as String?
        }
        #expect(reasons.contains { $0.contains("arbiter") && $0.contains("did not answer") }, "\(reasons)")
        #expect(try workplace.rows("SELECT * FROM score WHERE position = 1 AND value IS NOT NULL").isEmpty)
        #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [1])
        #expect(try workplace.read("out/small.html").contains("have no score by verdict ("))
        // A reason may quote a response, which only a page with texts shows.
        for arguments in [["--format", "markdown"], ["--format", "html", "--transcripts", "none"]] {
            let report = try await CommandLineTool(["report", "--db", workplace.database] + arguments).finish()
            #expect(report.standardOutput.contains("have no score by verdict. They"), "\(arguments)")
        }

        let judge = try await saying("GRADE: I")
        try workplace.write("judges.yaml", judges(judge.baseURL))
        let graded = try await CommandLineTool.run(
            "grade", "--unscored", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(graded.status == 0, "\(graded.standardError)")
        #expect(graded.standardError.contains("12 missing scores"))
        let values = try workplace.rows(
            "SELECT value FROM score JOIN trial ON trial.id = trial WHERE position = 1 AND NOT isWarmup")
        #expect(values.map { $0[0] as Double? } == Array(repeating: 0, count: 12))
        #expect(asked(judge) == 12)
        // All is there: nothing is asked again.
        let again = try await CommandLineTool.run(
            "grade", "--unscored", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(again.standardError.contains("no score"))
        #expect(asked(judge) == 12)
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `a reply without a grade is asked for once more, and is then unscored and never wrong`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("I like it. GRADE: A+"))
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(asked(judge) == 24)
        #expect(try workplace.rows("SELECT * FROM judgement WHERE attempt = 2").count == 12)
        let reasons = try workplace.rows(
            "SELECT DISTINCT unscoredReason FROM score JOIN trial ON trial.id = trial WHERE position = 1 AND NOT isWarmup"
        )
        #expect(reasons.count == 1)
        #expect((reasons[0][0] as String).contains("not of the menu"))
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `scores of two panels are never mixed silently`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("GRADE: C"))
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        try await DatabaseQueue(path: workplace.database).write {
            try $0.execute(
                sql: "UPDATE score SET value = NULL, unscoredReason = 'lost' WHERE position = 1 AND trial % 2 = 0")
        }
        try workplace.write("judges.yaml", judges(judge.baseURL, name: "another"))
        let output = try await CommandLineTool.run(
            "grade", "--unscored", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(output.status == 1)
        #expect(output.standardError.contains("another version of it, or from other judges"))
        #expect(output.standardError.contains("--judges"))
        // All anew by the other one is no mixture.
        let whole = try await CommandLineTool.run(
            "grade", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(whole.status == 0, "\(whole.standardError)")
        #expect(try workplace.rows("SELECT DISTINCT judge FROM judgement").map { $0[0] as String } == ["another"])
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `a judge that is down takes no score away that stands`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("GRADE: C"))
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        try workplace.write("judges.yaml", judges(Self.deadURL))
        let output = try await CommandLineTool.run(
            "grade", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(output.status == 1)
        #expect(output.standardError.contains("12 responses that have a score would get none"))
        let standing = try workplace.rows(
            "SELECT value FROM score JOIN trial ON trial.id = trial WHERE position = 1 AND NOT isWarmup")
        #expect(standing.map { $0[0] as Double? } == Array(repeating: 1, count: 12))
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `a judge that answers without a grade does not stand in the way of grading anew`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("GRADE: C"))
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        let other = try await saying("I like it.")
        try workplace.write("judges.yaml", judges(other.baseURL, name: "vague"))
        let output = try await CommandLineTool.run(
            "grade", "--judges", "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(output.status == 0, "\(output.standardError)")
        let reasons = try workplace.rows(
            "SELECT DISTINCT unscoredReason FROM score JOIN trial ON trial.id = trial WHERE position = 1 AND NOT isWarmup"
        )
        #expect(reasons.map { ($0[0] as String).contains("its reply holds no grade") } == [true])
        for simulator in [candidate, judge, other] { await simulator.shutdown() }
    }

    @Test func `a plain grading keeps the scores of rubrics beside, and two panels are not joined`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("GRADE: C"))
        try workplace.write("words.yaml", "name: words\nsamples: words.jsonl\ngraders: [{rubric: verdict}]")
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        try workplace.write("brief.yaml", "criteria: [{name: one word, check: length, max_words: 1}]")
        _ = try await CommandLineTool.run(
            "grade", "--rubric", "\(workplace.path)/brief.yaml", "--db", workplace.database)
        let plain = try await CommandLineTool.run("grade", "--db", workplace.database)
        #expect(plain.status == 0, "\(plain.standardError)")
        #expect(
            try workplace.rows("SELECT DISTINCT grader FROM score ORDER BY position").map { $0[0] as String }
                == ["verdict", "brief"])

        let other = try workplace.writeSuite(
            [("other", candidate.baseURL)], more: judges(judge.baseURL, name: "second"))
        _ = try await CommandLineTool.run("run", other, "--db", workplace.database, "--no-calibrate")
        let runs = try workplace.rows("SELECT id FROM run ORDER BY startedAt").map { $0[0] as String }
        let joined = try await CommandLineTool(["front"] + runs + ["--db", workplace.database]).finish()
        #expect(joined.status == 1)
        #expect(joined.standardError.contains("not graded by the same graders"))
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `a rubric grades beside what a task has, and one task alone`() async throws {
        let (candidate, judge) = (try await saying(nil), try await saying("GRADE: C"))
        let suite = try workplace.writeSuite([("right", candidate.baseURL)], more: judges(judge.baseURL))
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        try workplace.write("brief.yaml", "criteria: [{name: one word, check: length, max_words: 1}]")
        let output = try await CommandLineTool.run(
            "grade", "--task", "words", "--rubric", "\(workplace.path)/brief.yaml", "--db", workplace.database)
        #expect(output.status == 0, "\(output.standardError)")
        let graders = try workplace.rows(
            "SELECT position, grader, avg(value) AS value FROM score JOIN trial ON trial.id = trial WHERE NOT isWarmup"
                + " GROUP BY 1, 2 ORDER BY 1")
        #expect(graders.map { $0["grader"] as String } == ["exact", "verdict", "brief"])
        #expect(graders.map { $0["value"] as Double } == [1, 1, 0])
        #expect(asked(judge) == 12)
        let unknown = try await CommandLineTool.run("grade", "--task", "wrods", "--db", workplace.database)
        #expect(unknown.status == 1)
        #expect(unknown.standardError.contains("Did you mean words?"))
        await candidate.shutdown()
        await judge.shutdown()
    }

    @Test func `responses made elsewhere are graded line by line`() async throws {
        try workplace.write(
            "answers.jsonl",
            """
            {"id": "w2", "response": "word 2"}
            {"id": "w1", "response": "<think>word 1"}
            {"id": "w1", "response": null}
            """)
        try workplace.write("words.yaml", "name: words\nsamples: words.jsonl\ngraders: [{check: exact}]")
        let output = try await CommandLineTool.run(
            "grade", "\(workplace.path)/words.yaml", "--responses", "\(workplace.path)/answers.jsonl")
        #expect(output.status == 0, "\(output.standardError)")
        let lines = try output.standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["id"] } == [.string("w2"), .string("w1"), .string("w1")])
        #expect(lines.map { $0["value"] } == [.number(1), .number(0), .null])
        #expect(lines.map { $0["status"] } == [.string("scored"), .string("scored"), .string("unscored")])
        #expect(lines[1]["explanation"]?.string?.contains("never ended its reasoning") == true)

        try workplace.write("answers.jsonl", #"{"id": "w99", "response": "x"}"# + "\n" + #"{"id": "w1"}"#)
        let wrong = try await CommandLineTool.run(
            "grade", "\(workplace.path)/words.yaml", "--responses", "\(workplace.path)/answers.jsonl")
        #expect(wrong.status == 64)
        #expect(wrong.standardError.contains("answers.jsonl:1: no sample “w99”"))
        #expect(wrong.standardError.contains("answers.jsonl:2:"))
        #expect(wrong.standardOutput.isEmpty)
    }

    @Test func `a judge that always takes the first is seen by its order effect`() async throws {
        let (right, wrong) = (try await saying(nil), try await saying("another word"))
        let judge = try await saying("GRADE: A")
        let suite = try workplace.writeSuite([("one", right.baseURL), ("two", wrong.baseURL)])
        try workplace.write("words.yaml", "name: words\nsamples: words.jsonl\ngraders: [{check: exact}]")
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        try workplace.write("judges.yaml", judges(judge.baseURL))
        let output = try await CommandLineTool.run(
            "judge", "compare", "one", "two", "--rubric", "\(workplace.path)/verdict.yaml", "--judges",
            "\(workplace.path)/judges.yaml", "--db", workplace.database, "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        let figures = try #require(try JSONValue(parsing: output.standardOutput)["figures"])
        #expect(figures["ties"] == .number(12))
        #expect(figures["consistency"]?["value"] == .number(0))
        #expect(figures["firstPreferred"]?["value"] == .number(1))
        let table = try await CommandLineTool.run(
            "judge", "compare", "one", "two", "--rubric", "\(workplace.path)/verdict.yaml", "--judges",
            "\(workplace.path)/judges.yaml", "--db", workplace.database)
        #expect(table.standardOutput.contains("lean to the response that is shown first"))
        for simulator in [right, wrong, judge] { await simulator.shutdown() }
    }

    @Test func `the real tiny judge errs by a share that is measured, and reports correct for it`() async throws {
        let root = CommandLineTool.root
        let labels = try String(contentsOfFile: "\(root)/Datasets/tiny/judge-labels.jsonl", encoding: .utf8)
            .split(separator: "\n").enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        try workplace.write("labels.jsonl", labels.joined(separator: "\n"))
        let calibrated = try await CommandLineTool.run(
            "judge", "calibrate", "\(root)/Datasets/tiny/Rubrics/judged.yaml", "\(workplace.path)/labels.jsonl",
            "--judges", "\(root)/Datasets/demo.yaml", "--db", workplace.database, "--format", "json")
        #expect(calibrated.status == 0, "\(calibrated.standardError)")
        let document = try JSONValue(parsing: calibrated.standardOutput)
        #expect(document["labelled"] == .number(Double(labels.count)))
        #expect(document["ungraded"] == .number(0))
        let balanced = try #require(document["balancedAccuracy"]?.number)
        #expect((0.65...0.98).contains(balanced))
        #expect(document["repeatConsistency"]?["value"] == .number(1))

        try workplace.write(
            "judged.yaml",
            """
            name: judged
            candidates:
              - model: tiny-s
                serve: {engine: llama.cpp, file: "\(root)/Models/tiny-s-f16.gguf", threads: 1}
            judges:
              - model: tiny-judge
                quantization: f16
                serve: {engine: llama.cpp, file: "\(root)/Models/tiny-judge-f16.gguf", threads: 1}
                sampling: {temperature: 0, max_tokens: 48, seed: 1}
            tasks: ["\(root)/Datasets/tiny/dates.yaml", "\(root)/Datasets/tiny/extract.yaml"]
            """)
        let run = try await CommandLineTool.run(
            "run", "\(workplace.path)/judged.yaml", "--db", workplace.database, "--limit", "12", "--no-calibrate",
            "--trust", "--format", "json")
        #expect(run.status == 0, "\(run.standardError)")
        let share = try #require(try JSONValue(parsing: run.standardOutput)["judged"]?.array?.first)
        #expect(share["n"] == .number(24))
        let (low, high) = (try #require(share["correctedLow"]?.number), try #require(share["correctedHigh"]?.number))
        #expect(low < high)
        #expect(share["decided"]?.number == 1)
        #expect(try workplace.read("out/judged.html").contains("Corrected for"))
    }
}
