import Foundation
import GRDB
import PoiseSimulator
import Testing

/// Against endpoints that hand their clients' keys back, in pieces, in every way that servers write one.
@Suite(.serialized) struct CanaryTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    @Test(arguments: [
        Canary.key, "a \(Canary.key.replacingOccurrences(of: "&", with: "&amp;")) b",
        Data("Bearer \(Canary.key)".utf8).base64EncodedString(), Data("x:\(Canary.key)".utf8).base64EncodedString(),
        Canary.key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
    ])
    func `the search finds a key in a file, however it is written there`(_ text: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("nothing".utf8).write(to: folder.appendingPathComponent("one"))
        try Data(("{\"key\": \"" + text + "\"}").utf8).write(to: folder.appendingPathComponent("other"))
        #expect(Canary.finds(in: folder.path) == (2, ["other"]))
    }

    @Test func `a test that leaves the key in a file fails`() throws {
        withKnownIssue {
            let workplace = try Workplace()
            try workplace.write("leak.txt", Canary.key)
        }
    }

    private func echoing(_ faults: [SimulatorFaults.Rule] = []) async throws -> Simulator {
        var configuration = SimulatorConfiguration()
        configuration.apiKey = Canary.key
        configuration.faults = SimulatorFaults([.init(.echoesKey)] + faults)
        return try await Simulator.start(configuration)
    }

    @Test func `an endpoint that repeats the key in its answers is told on, and the key is not kept`() async throws {
        let simulator = try await echoing()
        let suite = try workplace.writeSuite([("parrot", simulator.baseURL)])
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        await simulator.shutdown()
        #expect(output.status == 0, "\(output.standardError)")
        #expect(simulator.requests.contains { $0.headers["authorization"] == "(left out)" })
        let answers: [String] = try workplace.rows("SELECT response FROM trial WHERE NOT isWarmup").map {
            $0["response"]
        }
        #expect(answers.count == 12)
        #expect(Set(answers) == ["You sent Bearer [key], or ?key=Bearer%20[key], or QmVhcmVyI[key]."])
        let page = try workplace.read("out/small.html")
        let warning = "parrot: its server repeats the key of its requests in what it answers"
        #expect(output.standardError.contains("warning: \(warning)"), "\(output.standardError)")
        #expect(page.contains(warning))
    }

    @Test(arguments: [SimulatorFault.status(500), .status(401), .error(afterChunks: 1), .ignoresStream])
    func `a key that comes back in an error or in one piece is not kept either`(fault: SimulatorFault) async throws {
        let simulator = try await echoing([.init(fault, on: .requests([1...4]))])
        let suite = try workplace.writeSuite([("parrot", simulator.baseURL)], more: "warmup: 0")
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        await simulator.shutdown()
        let texts = try workplace.rows(
            "SELECT coalesce(failureMessage, response) AS text FROM trial UNION SELECT message FROM failedAttempt"
        ).map { $0["text"] as String? }
        #expect(texts.contains { $0?.contains("[key]") == true }, "\(texts) \(output.standardError)")
    }

    @Test func `a key comes from a file that nobody else may read, and from no other`() async throws {
        let simulator = try await echoing()
        let key = FileManager.default.temporaryDirectory.appendingPathComponent("poise-key-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: key) }
        func run(mode: Int) async throws -> CommandLineTool.Output {
            try Data("\(Canary.key)\n".utf8).write(to: URL(fileURLWithPath: key))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
            try workplace.write(
                "suite.yaml",
                """
                name: small
                candidates:
                  - {model: parrot, endpoint: {base_url: "\(simulator.baseURL)", api_key_file: "\(key)"}}
                tasks: [words.yaml]
                """)
            return try await CommandLineTool.run(
                "run", "\(workplace.path)/suite.yaml", "--db", workplace.database, "--no-calibrate", "--trust")
        }
        let open = try await run(mode: 0o640)
        #expect(open.status == 64)
        #expect(open.standardError.contains("others may read or change the file with the key (its mode is 0640)"))
        #expect(open.standardError.contains("chmod 600 \(key)"))
        let closed = try await run(mode: 0o600)
        #expect(closed.status == 0, "\(closed.standardError)")
        #expect(
            try workplace.rows("SELECT count(*) FROM trial WHERE status = 'completed'").first?[0] as Int? ?? 0 >= 12)
        await simulator.shutdown()
    }

    @Test func `a run does not keep the password of an address that was typed`() async throws {
        let simulator = try await echoing()
        let suite = try workplace.writeSuite([("parrot", simulator.baseURL)])
        let page = "\(workplace.path)/https:/me:hunter22@host/page.html"
        let output = try await CommandLineTool.run(
            "run", suite, "--db", workplace.database, "--no-calibrate", "--html",
            page.replacing("https:/", with: "https://"))
        await simulator.shutdown()
        #expect(output.status == 0, "\(output.standardError)")
        let command: String = try #require(try workplace.rows("SELECT command FROM run").first)["command"]
        #expect(command.contains("https://[key]@host") && !command.contains("hunter22"), "\(command)")
    }
}
