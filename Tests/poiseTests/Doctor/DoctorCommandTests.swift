import Foundation
import PoiseCore
import PoiseSimulator
import PoiseStore
import Testing

/// `poise doctor` as users run it, against endpoints, engines and databases that are well and that are not.
@Suite(.serialized) struct DoctorCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private struct Document: Decodable {
        struct Finding: Decodable {
            let check: String
            let status: String
            let found: String
            let remedy: String?
            let figures: [String: Double]
        }

        struct Group: Decodable {
            let title: String
            let findings: [Finding]

            subscript(check: String) -> Finding? { findings.first { $0.check == check } }
        }

        let isSound: Bool
        let counts: [String: Int]
        let groups: [Group]

        /// The group whose title begins so.
        subscript(title: String) -> Group? { groups.first { $0.title.hasPrefix(title) } }
    }

    private func doctor(
        _ arguments: String..., environment: [String: String] = [:], folder: String = CommandLineTool.root
    ) async throws -> (output: CommandLineTool.Output, document: Document) {
        let output = try await CommandLineTool(
            ["doctor", "--format", "json", "--db", workplace.database] + arguments, environment: environment,
            folder: folder
        ).finish()
        let document = try #require(
            try? JSONDecoder().decode(Document.self, from: Data(output.standardOutput.utf8)),
            "\(output.standardOutput)\(output.standardError)")
        #expect(output.status == (document.isSound ? 0 : 1))
        #expect(document.counts["failed"] == document.groups.flatMap(\.findings).count { $0.status == "failed" })
        return (output, document)
    }

    private func configuration(
        _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.schedule.timeToFirstToken = .milliseconds(100)
        configuration.schedule.interTokenGap = .milliseconds(5)
        configuration.models = ["sim"]
        change(&configuration)
        return configuration
    }

    @Test(.timeLimit(.minutes(5)))
    func `each fault of an endpoint is found, named, and said what to do about; a healthy one has none`() async throws {
        let faults: [(name: String, configuration: SimulatorConfiguration)] = [
            (
                // Slow enough that a busy machine cannot make one burst of it.
                "sound",
                configuration {
                    $0.models = ["sound", "other"]
                    $0.schedule.interTokenGap = .milliseconds(25)
                }
            ),
            ("whole", configuration { $0.faults = .always(.ignoresStream) }),
            ("buffered", configuration { $0.faults = .always(.coalesced(events: 1000)) }),
            ("uncounted", configuration { $0.schedule.usageChunk = .never }),
            (
                "uncapped",
                configuration {
                    $0.honoursMaxTokens = false; $0.schedule.tokens = 40
                }
            ),
            ("leaking", configuration { $0.schedule.answer = .text("ready<|im_end|>\n<|im_start|>user") }),
            ("locked", configuration { $0.apiKey = "a-key-of-the-test" }),
        ]
        var simulators: [Simulator] = []
        for fault in faults { simulators.append(try await Simulator.start(fault.configuration)) }
        let suite = try workplace.writeSuite(
            zip(faults, simulators).map { ($0.name, $1.baseURL) } + [("nobody", "http://127.0.0.1:1/v1")])
        let (output, document) = try await doctor(suite, "--timeout", "60s")
        for simulator in simulators { await simulator.shutdown() }

        func status(_ candidate: String, _ check: String) -> String? { document["\(candidate):"]?[check]?.status }
        #expect(output.status == 1)
        // Asking says first what it asks.
        #expect(output.standardError.contains("9 tiny requests"))

        let sound = try #require(document["sound:"])
        #expect(sound.findings.allSatisfy { $0.status != "failed" }, "\(sound.findings)")
        for check in ["connection", "model", "answer", "chat template", "thinking", "usage", "max_tokens", "seed"] {
            #expect(sound[check]?.status == "ok", "\(check): \(sound[check]?.found ?? "missing")")
        }
        #expect(sound["engine"]?.found.hasPrefix("simulated") == true)
        #expect(sound["max_tokens"]?.figures["outputTokens"] == 8)
        #expect(sound["model"]?.found.contains("of 2 models") == true)

        #expect(status("whole", "streaming") == "failed")
        #expect(status("buffered", "streaming") == "failed")
        #expect(document["buffered:"]?["streaming"]?.remedy?.contains("proxy_buffering off") == true)
        #expect(status("uncounted", "usage") == "warning")
        #expect(status("uncapped", "max_tokens") == "failed")
        #expect(document["uncapped:"]?["max_tokens"]?.figures["outputTokens"] == 40)
        #expect(document["leaking:"]?["chat template"]?.found.contains("<|im_start|>") == true)
        #expect(status("leaking", "chat template") == "failed")
        #expect(status("locked", "answer") == "failed")
        #expect(document["locked:"]?["answer"]?.remedy?.contains("api_key_env") == true)
        #expect(document["nobody:"]?.findings.map(\.status) == ["failed"])
        #expect(document["nobody:"]?["connection"]?.found.contains("nothing answers") == true)
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }

    @Test(.timeLimit(.minutes(2)))
    func `an endpoint that hangs is given up at the limit, and said to hang`() async throws {
        let simulator = try await Simulator.start(configuration { $0.faults = .always(.hang) })
        let suite = try workplace.writeSuite([("sim", simulator.baseURL)])
        let (output, document) = try await doctor(suite, "--timeout", "1s")
        await simulator.shutdown()
        #expect(output.status == 1)
        let failed = try #require(document["sim:"]?.findings.last)
        #expect(failed.status == "failed" && failed.found.contains("within 1 s"), "\(failed)")
    }

    @Test(.timeLimit(.minutes(1)))
    func `with --offline nothing is asked`() async throws {
        let simulator = try await Simulator.start(configuration())
        let suite = try workplace.writeSuite([("sim", simulator.baseURL)])
        let (_, document) = try await doctor(suite, "--offline")
        let asked = simulator.requests.count
        await simulator.shutdown()
        #expect(document["sim:"]?.findings.map(\.status) == ["skipped"])
        #expect(asked == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a key that is not set is a finding, and nothing is sent`() async throws {
        try workplace.write(
            "keyed.yaml",
            """
            name: keyed
            candidates:
              - model: m
                endpoint: {base_url: "http://127.0.0.1:1/v1", model: m, api_key_env: POISE_TEST_NO_SUCH_KEY}
            tasks: [words.yaml]
            """)
        let (output, document) = try await doctor("\(workplace.path)/keyed.yaml")
        #expect(output.status == 1)
        let finding = document["m:"]?["answer"]
        #expect(finding?.status == "failed" && finding?.found.contains("POISE_TEST_NO_SUCH_KEY") == true)
        #expect(finding?.remedy?.contains("export") == true)
    }

    @Test(.timeLimit(.minutes(2)))
    func `a real engine with a real model is started once, asked and ended`() async throws {
        try workplace.write(
            "real.yaml",
            """
            name: real
            candidates:
              - model: tiny-xs
                quantization: f16
                serve: {engine: llama.cpp, file: "\(CommandLineTool.root)/Models/tiny-xs-f16.gguf", threads: 1}
              - model: again
                quantization: f16
                serve: {engine: llama.cpp, file: "\(CommandLineTool.root)/Models/tiny-xs-f16.gguf", threads: 1}
            tasks: [words.yaml]
            """)
        let (_, document) = try await doctor("\(workplace.path)/real.yaml", "--timeout", "60s", "--trust")
        let group = try #require(document["tiny-xs@f16 and again@f16: llama.cpp"])
        #expect(document["Installation"]?["llama.cpp"]?.status == "ok")
        for check in ["weights", "start", "engine", "usage", "temperature 0", "thinking"] {
            #expect(group[check]?.status == "ok", "\(check): \(group[check]?.found ?? "missing")")
        }
        // So small a model may end before any cap.
        #expect(["ok", "skipped"].contains(group["max_tokens"]?.status))
        #expect((group["start"]?.figures["loadTime"] ?? 0) > 0)
        #expect(group["weights"]?.figures["bytes"] == 253_984)
    }

    @Test(.timeLimit(.minutes(1)))
    func `without an engine the candidates that need one fail, and are told how to get it`() async throws {
        let suite = try workplace.writeEngineSuite()
        let (output, document) = try await doctor(
            suite, environment: ["PATH": "/usr/bin:/bin", "POISE_PYTHON": "/nonexistent/python3"])
        #expect(output.status == 1)
        let engine = document["Installation"]?["llama.cpp"]
        #expect(engine?.status == "failed" && engine?.remedy?.contains("make setup") == true)
        #expect(document["tiny-s@f16"]?["weights"]?.status == "ok")
        #expect(document["tiny-s@f16"]?["start"]?.status == "skipped")
    }

    @Test(.timeLimit(.minutes(1)))
    func `weights that are cut off are found without an engine`() async throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: "\(CommandLineTool.root)/Models/tiny-xs-f16.gguf"))
        try whole.prefix(1000).write(to: URL(fileURLWithPath: "\(workplace.path)/cut.gguf"))
        try workplace.write(
            "cut.yaml",
            """
            name: cut
            candidates: [{model: cut, serve: {engine: llama.cpp, file: cut.gguf}}]
            tasks: [words.yaml]
            """)
        let (output, document) = try await doctor("\(workplace.path)/cut.yaml")
        #expect(output.status == 1)
        #expect(document["cut:"]?["weights"]?.found.contains("ends within its header") == true)
    }

    @Test(.timeLimit(.minutes(2)))
    func `a judge is asked a rubric's question, and one whose grade cannot be read fails`() async throws {
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
            "words.yaml", "name: words\nsamples: words.jsonl\ngraders: [{check: exact}, {rubric: verdict}]\n")
        let sound = try await Simulator.start(configuration { $0.schedule.answer = .text("It is right.\nGRADE: C") })
        let vague = try await Simulator.start(configuration { $0.schedule.answer = .text("It depends on much.") })
        let suite = try workplace.writeSuite(
            [("sim", sound.baseURL)],
            more: """
                judges:
                  - {model: sound, endpoint: {base_url: "\(sound.baseURL)"}}
                  - {model: vague, endpoint: {base_url: "\(vague.baseURL)"}}
                """)
        let (output, document) = try await doctor(suite, "--timeout", "60s")
        await sound.shutdown()
        await vague.shutdown()
        #expect(output.status == 1)
        #expect(document["Judge sound:"]?["grades"]?.status == "ok")
        #expect(document["Judge sound:"]?["grades"]?.found.contains("“C” for right of the rubric verdict") == true)
        #expect(document["Judge vague:"]?["grades"]?.status == "failed")
    }

    // MARK: Databases

    private func makeDatabase() throws {
        let store = try RunStore(path: workplace.database, creating: true)
        withExtendedLifetime(store) {}
    }

    private var bytes: Data { get throws { try Data(contentsOf: URL(fileURLWithPath: workplace.database)) } }

    @Test(.timeLimit(.minutes(1)))
    func `a sound database is told to be, and no byte of it or beside it changes`() async throws {
        try makeDatabase()
        let before = try bytes
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(workplace.path)/out").sorted()
        let (_, document) = try await doctor()
        for check in ["database", "permissions", "schema", "integrity", "unfinished runs"] {
            #expect(document["Database"]?[check]?.status == "ok", "\(check)")
        }
        #expect(document["Database"]?["calibration"]?.status == "warning")
        #expect(try bytes == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(workplace.path)/out").sorted() == files)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a damaged database fails, and says how to save what is sound`() async throws {
        try makeDatabase()
        try workplace.change(
            """
            INSERT INTO calibration (machine, measuredAt, isQuick, result)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
            SELECT 'machine ' || i, '2026', 0, hex(zeroblob(400)) FROM n
            """)
        try workplace.change("PRAGMA user_version = 1")
        var damaged = try bytes
        // Amid the rows, and not in the first pages, which hold the schema.
        let middle = damaged.count / 2 / 4096 * 4096
        damaged.replaceSubrange(middle..<middle + 4096, with: Data(repeating: 0xA5, count: 4096))
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: workplace.database + suffix) }
        try damaged.write(to: URL(fileURLWithPath: workplace.database))
        let (output, document) = try await doctor()
        #expect(output.status == 1)
        let failed = try #require(document["Database"]?.findings.filter { $0.status == "failed" })
        #expect(failed.contains { $0.remedy?.contains(".recover") == true }, "\(failed)")
        #expect(document["Database"]?["integrity"]?.status == "failed")
        #expect(try bytes == damaged)
    }

    @Test(.timeLimit(.minutes(1)))
    func `what others can read, and what is no database, is found`() async throws {
        try makeDatabase()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: workplace.database)
        let (_, readable) = try await doctor()
        let permissions = readable["Database"]?["permissions"]
        #expect(permissions?.status == "warning")
        #expect(permissions?.remedy == "chmod 600 \(workplace.database)")

        try Data("this is a shopping list, and no database at all".utf8)
            .write(to: URL(fileURLWithPath: workplace.database))
        let (output, document) = try await doctor()
        #expect(output.status == 1)
        #expect(document["Database"]?["database"]?.status == "failed")
    }

    // MARK: The command

    @Test(.timeLimit(.minutes(1)))
    func `people get lines under headings, a remedy below what is not well, and a last line that counts`() async throws
    {
        let output = try await CommandLineTool(
            ["doctor", "--db", workplace.database], environment: ["COLUMNS": "80"], folder: workplace.path
        ).finish()
        let lines = output.standardOutput.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for title in ["Installation", "Machine", "Disk", "Database"] { #expect(lines.contains(title)) }
        #expect(lines.dropLast().last?.contains(#/^\d+ ok, \d+ warnings?, \d+ failed/#) == true)
        #expect(!output.standardOutput.contains("\u{1B}"))
        #expect(output.standardError.contains("watching the machine"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `an invalid suite is wrong usage, and so is a limit of nothing`() async throws {
        try workplace.write("bad.yaml", "name: bad\ncandidates: []\n")
        #expect(try await CommandLineTool.run("doctor", "\(workplace.path)/bad.yaml").status == 64)
        #expect(try await CommandLineTool.run("doctor", "--timeout", "0s").status == 64)
    }
}
