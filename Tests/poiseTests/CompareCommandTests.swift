import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise compare` over runs that were really made, as a user runs it.
@Suite(.serialized) struct CompareCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func compare(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(
            ["compare"] + arguments + ["--db", workplace.database], environment: ["COLUMNS": "80"],
            folder: workplace.path
        ).finish()
    }

    /// A run of 12 samples, in which `right@…` candidates echo the target and `wrong@…` ones do not.
    private func run(_ quantizations: [String], more: String = "rounds: 2") async throws -> String {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        var wrong = SimulatorConfiguration()
        wrong.schedule.answer = .text("another | word")
        let simulators = [try await Simulator.start(echo), try await Simulator.start(wrong)]
        let candidates = quantizations.map { quantization in
            """
              - model: tiny
                quantization: \(quantization)
                endpoint: {base_url: "\(simulators[quantization.hasPrefix("wrong") ? 1 : 0].baseURL)", model: tiny}
            """
        }
        try workplace.write(
            "suite.yaml",
            """
            name: small
            candidates:
            \(candidates.joined(separator: "\n"))
            tasks: [words.yaml]
            \(more)
            """)
        let output = try await CommandLineTool.run(
            "run", "\(workplace.path)/suite.yaml", "--db", workplace.database, "--no-calibrate")
        for simulator in simulators { await simulator.shutdown() }
        try #require(output.status == 0, "\(output.standardError)")
        return try #require(try workplace.rows("SELECT id FROM run ORDER BY startedAt DESC, id DESC").first)["id"]
    }

    @Test func `one run's candidates are held against its base, in a table, JSON and Markdown, the same every time`()
        async throws
    {
        let id = try await run(["right-f16", "wrong-q4", "right-q8"], more: "rounds: 2\nbaseline: tiny@right-f16")
        let table = try await compare("tiny@right-f16", "tiny@wrong-q4", "tiny@right-q8", "--flips", "3")
        #expect(table.status == 0, "\(table.standardError)")
        #expect(
            table.standardOutput.contains("tiny@wrong-q4 is right less often than tiny@right-f16: −100.0 points"),
            "\(table.standardOutput)")
        #expect(table.standardOutput.contains("Note: Simulated responses say nothing about a model"))
        #expect(table.standardOutput.contains("  lost     words/w1   word 1 → another | word"))
        #expect(table.standardOutput.contains("  and 9 more: --flips all"))
        #expect(table.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })

        // Nothing named: the suite's baseline against all others, in the suite's order.
        let json = try await compare("--format", "json")
        #expect(json.standardError.contains("the suite's baseline is tiny@right-f16; it is compared with all others"))
        let document = try JSONValue(parsing: json.standardOutput)
        #expect(document["base"]?["run"]?.string == id)
        let rows = try #require(document["candidates"]?.array)
        #expect(rows.compactMap { $0["candidate"]?.string } == ["tiny@wrong-q4", "tiny@right-q8"])
        let worse = try #require(rows.first)
        #expect(worse["accuracy"]?["difference"]?.number == -1 && worse["accuracy"]?["n"]?.number == 12)
        // 12 of 12 lost: twice (1/2)¹², and twice that among two.
        #expect(worse["accuracy"]?["p"]?.number.map { abs($0 - 2 / 4096) < 1e-9 } == true)
        #expect(worse["accuracy"]?["adjustedP"]?.number.map { abs($0 - 4 / 4096) < 1e-9 } == true)
        #expect(worse["flips"]?["list"]?.array?.count == 12)
        #expect(rows.last?["accuracy"]?["outcome"]?.string == "undecided")
        #expect(rows.last?["repeats"]?["samples"]?.number == 12)
        #expect(try await compare("--format", "json").standardOutput == json.standardOutput)

        let markdown = try await compare("tiny@right-f16", "tiny@wrong-q4", "--format", "markdown")
        #expect(markdown.standardOutput.contains("**−100.0**"))
        #expect(markdown.standardOutput.contains("<code>another &#124; word</code>"))

        let ladder = try await compare("--ladder", "tiny", "--format", "json")
        #expect(ladder.status == 0, "\(ladder.standardError)")
        let tiny = try #require(try JSONValue(parsing: ladder.standardOutput)["ladders"]?.array?.first)
        #expect(tiny["reference"]?.string == "tiny@right-f16" && tiny["breaksAt"]?.string == "tiny@wrong-q4")
        let words = try await compare("--ladder", "--margin", "5")
        #expect(words.standardOutput.hasPrefix("tiny: quality breaks at wrong-q4: −100.0 points"))
    }

    @Test func `candidates of two runs are compared by name, and what differs between the runs is noted`() async throws
    {
        let first = try await run(["right-f16"])
        let samples = try workplace.read("words.jsonl").split(separator: "\n")
        let changed = #"{"id": "w1", "input": "another", "target": "another"}"#
        try workplace.write(
            "words.jsonl",
            ([Substring(changed)] + samples.dropFirst().dropLast() + [#"{"id": "w13", "input": "x", "target": "x"}"#])
                .joined(separator: "\n"))
        let second = try await run(["right-f16"], more: "rounds: 1\nsampling: {temperature: 0.5}")
        let output = try await compare("\(first):tiny@right-f16", "tiny@right-f16")
        #expect(output.status == 0, "\(output.standardError)")
        let text = output.standardOutput.replacingOccurrences(of: "\n", with: " ")
        for words in [
            "runs [1] \(first) and [2] \(second)", "differ in the sampling settings", "differ in the number of rounds",
            "1 sample that only tiny@right-f16 [1] was asked", "1 sample that only tiny@right-f16 [2] was asked",
            "1 sample that asks or expects something else now (words/w1)", "n = 10",
        ] {
            #expect(text.contains(words), "\(words) in \(text)")
        }
        #expect(try await compare("tiny@right-f16", "\(second):tiny@right-f16").status == 1)
    }

    @Test func `what cannot be compared says why, ends with 1, and what is written wrongly is answered`() async throws {
        let id = try await run(["right-f16", "right-q8"])
        func fails(_ arguments: [String], with words: String..., status: Int32 = 1) async throws {
            let output = try await CommandLineTool(
                ["compare"] + arguments + ["--db", workplace.database], folder: workplace.path
            ).finish()
            #expect(output.status == status, "\(arguments)")
            for word in words { #expect(output.standardError.contains(word), "\(word) in \(output.standardError)") }
        }
        try await fails(
            ["tiny@right-f1", "tiny@right-q8"], with: "no candidate tiny@right-f1", "Did you mean tiny@right-f16?")
        try await fails(
            ["nowhere:x", "tiny@right-q8"], with: "no candidate nowhere:x", "tiny@right-f16, tiny@right-q8")
        try await fails(["\(id):", "tiny@right-q8"], with: "without a candidate", "RUN:CANDIDATE")
        try await fails(["tiny@right-f16", "tiny@right-f16"], with: "named twice")
        try await fails([], with: "names no baseline", "tiny@right-f16, tiny@right-q8")
        try await fails(["tiny@right-f16", "--load", "4"], with: "was not measured at load 4", "measured at 1")
        try await fails(["tiny@right-f16", "--task", "wrods"], with: "no task wrods", "Did you mean words?")
        try await fails(["--ladder", "tyni"], with: "no two quantizations of a model tyni", "Did you mean tiny?")
        try await fails(["tiny@right-f16", "--margin", "2"], with: "--margin goes with --ladder", status: 64)
        try await fails(["--ladder", "--flips", "3"], with: "leave out --ladder", status: 64)
        try await fails(["--ladder", "--margin", "-2"], with: "--margin", status: 64)
        try await fails(["tiny@right-f16", "--flips", "some"], with: "some", status: 64)
        try await fails(["tiny@right-f16", "--run", "2019"], with: "there is no run 2019")

        // All of one side failed.
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(
                sql: "DELETE FROM score WHERE trial IN (SELECT id FROM trial WHERE candidate = 'tiny@right-q8')")
            try db.execute(
                sql: """
                    UPDATE trial SET ttft = NULL, ttfo = NULL, latency = NULL, decodeTPS = NULL, decodedTokens = NULL,
                        decodeSpan = NULL, outputTokens = NULL, charactersPerSecond = NULL
                    WHERE candidate = 'tiny@right-q8'
                    """)
        }
        let silent = try await compare("tiny@right-f16")
        #expect(silent.status == 1)
        #expect(silent.standardOutput.contains("cannot be compared in accuracy"))
        #expect(silent.standardError.contains("nothing of tiny@right-q8 could be held against the base"))
    }

    @Test
    func `what was not measured is left out where it was not named, and a ladder says that it claims nothing of it`()
        async throws
    {
        _ = try await run(["right-f16", "right-q8", "right-q4"])
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(
                sql: "DELETE FROM score WHERE trial IN (SELECT id FROM trial WHERE candidate = 'tiny@right-q8')")
            try db.execute(sql: "DELETE FROM trial WHERE candidate = 'tiny@right-q8'")
        }
        let others = try await compare("tiny@right-f16", "--format", "json")
        #expect(others.status == 0, "\(others.standardError)")
        #expect(others.standardError.contains("left out, since nothing of it was measured: tiny@right-q8"))
        let rows = try JSONValue(parsing: others.standardOutput)["candidates"]?.array
        #expect(rows?.compactMap { $0["candidate"]?.string } == ["tiny@right-q4"])
        let named = try await compare("tiny@right-f16", "tiny@right-q8", "tiny@right-q4")
        #expect(named.status == 1 && named.standardError.contains("nothing of tiny@right-q8 was measured"))

        let ladder = try await compare("--ladder", "--task", "words", "--format", "json")
        #expect(ladder.status == 0, "\(ladder.standardError)")
        let tiny = try #require(try JSONValue(parsing: ladder.standardOutput)["ladders"]?.array?.first)
        #expect(tiny["rungs"]?.array?.count == 3 && tiny["tasks"]?.array?.compactMap(\.string) == ["words"])
        #expect(tiny["notHeld"]?.array?.compactMap(\.string) == ["tiny@right-q8"])
        let statement = try #require(tiny["statement"]?.string)
        #expect(statement.hasPrefix("tiny: right-q4 is not surely worse than right-f16; the smallest loss"))
        #expect(statement.contains("right-q8 cannot be held against right-f16 in accuracy: nothing was measured."))

        // Nothing has a score: nothing can be claimed.
        try await DatabaseQueue(path: workplace.database).write { try $0.execute(sql: "DELETE FROM score") }
        for margin in [[], ["--margin", "5"]] {
            let silent = try await CommandLineTool(
                ["compare", "--ladder", "--db", workplace.database] + margin, folder: workplace.path
            ).finish()
            #expect(silent.status == 1)
            #expect(silent.standardError.contains("no rung of tiny could be held against its reference in accuracy"))
        }
    }

    @Test func `candidates of one quantization are no ladder`() async throws {
        _ = try await run(["right-f16", "right-q8"])
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(
                sql: """
                    UPDATE run SET plan = replace(plan, '"quantization":"right-q8"', '"quantization":"right-f16"')
                    """)
            try #require(db.changesCount == 1)
        }
        let output = try await compare("--ladder")
        #expect(output.status == 1 && output.standardError.contains("no two quantizations of one model"))
    }

    @Test func `a committed baseline file is a base, and shows what it answered where that is known`() async throws {
        _ = try await run(["right-f16", "wrong-q4"])
        let stored = try await compare("tiny@right-f16", "tiny@wrong-q4", "--format", "json")
        let written = try await CommandLineTool(
            ["gate", "--baseline", "tiny@right-f16", "--write-baseline", "base.json", "--db", workplace.database],
            folder: workplace.path
        ).finish()
        try #require(written.status == 0, "\(written.standardError)")
        let output = try await compare("base.json", "tiny@wrong-q4", "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardError.contains("base.json keeps digests of answers"))
        let (one, other) = (
            try JSONValue(parsing: output.standardOutput), try JSONValue(parsing: stored.standardOutput)
        )
        #expect(one["base"] == other["base"])
        let rows = (one["candidates"]?.array?.first, other["candidates"]?.array?.first)
        #expect(rows.0?["accuracy"] == rows.1?["accuracy"] && rows.0?["accuracy"] != nil)
        let flips = (rows.0?["flips"]?["list"]?.array?.first, rows.1?["flips"]?["list"]?.array?.first)
        #expect(flips.0?["base"] == .null && flips.1?["base"]?.string == "word 1")
        #expect(flips.0?["candidate"] == flips.1?["candidate"])
        // Held against all others of the run that it is of, it leaves out itself.
        let all = try await compare("base.json", "--format", "json")
        let names = try JSONValue(parsing: all.standardOutput)["candidates"]?.array
        #expect(names?.compactMap { $0["candidate"]?.string } == ["tiny@wrong-q4"])
        // Against its own stored run nothing differs, and equal answers are equal.
        let second = try await run(["right-f16"])
        let same = try await compare("base.json", "\(second):tiny@right-f16", "--format", "json")
        let row = try JSONValue(parsing: same.standardOutput)["candidates"]?.array?.first
        #expect(row?["flips"]?["changed"]?.number == 0 && row?["flips"]?["n"]?.number == 12)
        let missing = try await compare("gone.json", "tiny@wrong-q4")
        #expect(missing.status == 1 && missing.standardError.contains("no such file"))
    }
}
