import Foundation
import PoiseCore
import PoiseSuite
import Testing

@testable import poise

/// Suites that ask for more than their folder holds, and how they come to get it.
struct TrustTests {
    private let workplace: Workplace
    private let elsewhere: Workplace

    init() throws {
        workplace = try Workplace()
        elsewhere = try Workplace()
    }

    private var store: TrustStore { TrustStore(folder: "\(workplace.path)/data/trusted") }

    private func task(samples: String) throws -> String {
        try workplace.write(
            "far.yaml", "name: far\nsamples: \(samples)\nprompt: \"{input}\"\ngraders: [{check: exact}]\n")
        try workplace.write("answers.jsonl", #"{"id": "w1", "response": "word 1"}"#)
        return "\(workplace.path)/far.yaml"
    }

    private func grade(_ task: String, _ more: String..., data: String) async throws -> CommandLineTool.Output {
        try await CommandLineTool(
            ["grade", task, "--responses", "\(workplace.path)/answers.jsonl"] + more,
            environment: ["XDG_DATA_HOME": data]
        ).finish()
    }

    // MARK: The store

    @Test func `what was granted is there again, for this suite alone`() throws {
        let (one, other) = ("\(workplace.path)/words.yaml", "\(elsewhere.path)/words.yaml")
        #expect(try store.granted(to: one) == [])
        try store.remember(["reads /b"], of: one)
        try store.remember(["reads /a", "reads /b"], of: one)
        #expect(try store.granted(to: one) == ["reads /a", "reads /b"])
        #expect(try store.granted(to: "\(workplace.path)/./words.yaml") == ["reads /a", "reads /b"])
        #expect(try store.granted(to: other) == [])
    }

    @Test func `only this user can read it or write it, and what others can write is not believed`() throws {
        let suite = "\(workplace.path)/words.yaml"
        try store.remember(["reads /a"], of: suite)
        let file = store.file(of: suite)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(file) == 0o600)
        #expect(try mode(store.folder) == 0o700)
        for path in [file, store.folder] {
            let before = try mode(path) ?? 0
            try FileManager.default.setAttributes([.posixPermissions: before | 0o020], ofItemAtPath: path)
            #expect(throws: TrustStore.Failure.self) { try store.granted(to: suite) }
            try FileManager.default.setAttributes([.posixPermissions: before], ofItemAtPath: path)
        }
        #expect(try store.granted(to: suite) == ["reads /a"])
        try Data("{}".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: TrustStore.Failure.self) { try store.granted(to: suite) }
    }

    @Test func `it lies where the system has such files`() {
        #expect(TrustStore.ofUser(environment: ["XDG_DATA_HOME": "/d"], home: "/h").folder == "/d/poise/trusted")
        #if os(Linux)
            for environment in [[:], ["XDG_DATA_HOME": ""], ["XDG_DATA_HOME": "d"]] {
                #expect(
                    TrustStore.ofUser(environment: environment, home: "/h").folder
                        == "/h/.local/share/poise/trusted")
            }
        #endif
    }

    // MARK: The desk

    private func refusal(_ sentences: [String]) -> UntrustedSuite {
        UntrustedSuite(suite: "s", needs: sentences.map { TrustNeed(.file, $0, at: "s:1") }, isKnown: false)
    }

    @Test func `a file is loaded as often as it takes, and asked of the person each time`() throws {
        let suite = "\(workplace.path)/words.yaml"
        let desk = TrustDesk(store: store, isGiven: false) { $0.needs.allSatisfy { $0.object != "/no" } }
        var loads = 0
        let loaded = try desk.load(suite) { _ in
            loads += 1
            if loads < 3 { throw refusal(["/\(loads)"]) }
            return "loaded"
        }
        #expect(loaded == "loaded")
        #expect(try store.granted(to: suite) == ["reads /1", "reads /2"])
        #expect(throws: UntrustedSuite.self) { try desk.load(suite) { _ in throw refusal(["/no"]) } }
        #expect(try store.granted(to: suite) == ["reads /1", "reads /2"])
        let nobody = TrustDesk(store: store, isGiven: false, ask: nil)
        #expect(throws: UntrustedSuite.self) { try nobody.load(suite) { _ in throw refusal(["/3"]) } }
    }

    @Test func `the candidates of a stored run get what their suite was trusted with`() throws {
        let endpoint = Endpoint(baseURL: "https://far.example/v1", model: "m", apiKeyVariable: "TEAM_KEY")
        let candidate = Candidate(
            id: "m", model: "m", quantization: nil, serving: .endpoint(endpoint), sampling: SamplingSettings())
        let suite = "\(workplace.path)/words.yaml"
        let nobody = TrustDesk(store: store, isGiven: false, ask: nil)
        #expect(throws: UntrustedSuite.self) { try nobody.admit([candidate], of: suite) }
        try TrustDesk(store: store, isGiven: true, ask: nil).admit([candidate], of: suite)
        #expect(throws: Never.self) { try nobody.admit([candidate], of: suite) }
        #expect(throws: UntrustedSuite.self) { try nobody.admit([candidate], of: "\(elsewhere.path)/words.yaml") }
    }

    @Test func `an engine beside a suite is a program of its author's, unless Poise itself comes from there`() throws {
        let engine = ManagedEngine(engine: .llamaCpp, file: "\(workplace.path)/m.gguf")
        let candidate = Candidate(
            id: "m", model: "m", quantization: nil, serving: .managed(engine), sampling: SamplingSettings())
        let python = "\(workplace.path)/.venv/bin/python3"
        try FileManager.default.createDirectory(
            atPath: "\(workplace.path)/.venv/bin", withIntermediateDirectories: true)
        try workplace.write(".venv/bin/python3", "#!/bin/sh\ntouch \(workplace.path)/started\n")
        func needs(_ environment: [String: String], executable: String) -> [String] {
            EngineNeed.needs(
                of: [candidate], near: "\(workplace.path)/suite.yaml", environment: environment, executable: executable
            ).map(\.sentence).filter { $0.contains(workplace.path) }
        }
        #expect(needs(["PATH": "/nowhere"], executable: "/usr/bin/poise") == ["starts \(python)"])
        #expect(needs(["PATH": "/nowhere"], executable: "\(workplace.path)/.build/debug/poise") == [])
        #expect(needs(["PATH": "/nowhere", "POISE_PYTHON": "/usr/bin/python3"], executable: "/usr/bin/poise") == [])
        #expect(!EngineNeed.mayRun(python, for: "\(workplace.path)/suite.yaml", store: store))
        try store.remember(["starts \(python)"], of: "\(workplace.path)/suite.yaml")
        #expect(EngineNeed.mayRun(python, for: "\(workplace.path)/suite.yaml", store: store))
        #expect(!FileManager.default.fileExists(atPath: "\(workplace.path)/started"))
    }

    // MARK: The command

    @Test
    func `a task outside is refused with 64, granted with --trust, remembered, and refused when it asks for more`()
        async throws
    {
        let data = "\(workplace.path)/data"
        let far = try task(samples: "\(elsewhere.path)/words.jsonl")
        let refused = try await grade(far, data: data)
        #expect(refused.status == 64)
        #expect(refused.standardOutput == "")
        #expect(refused.standardError.contains("asks for more than its own folder holds"))
        #expect(refused.standardError.contains("words.jsonl   (\(far):2:10)"))
        #expect(refused.standardError.contains("--trust"))
        #expect(try await grade(far, "--trust", data: data).status == 0)
        #expect(try await grade(far, data: data).status == 0)
        // An edit that asks for nothing new.
        try workplace.write("far.yaml", try workplace.read("far.yaml") + "title: Far\n")
        #expect(try await grade(far, data: data).status == 0)
        try elsewhere.write("more.jsonl", try elsewhere.read("words.jsonl"))
        _ = try task(samples: "\(elsewhere.path)/more.jsonl")
        let more = try await grade(far, data: data)
        #expect(more.status == 64)
        #expect(more.standardError.contains("asks for more than it was trusted with"))
        #expect(!more.standardError.contains("words.jsonl"))
        #expect(try await grade(far, data: "\(workplace.path)/others").status == 64)
    }

    @Test func `nothing of a file outside gets into what is printed`() async throws {
        let far = try task(samples: "/etc/passwd")
        let refused = try await grade(far, data: "\(workplace.path)/data")
        #expect(refused.status == 64)
        #expect(!refused.standardError.contains("root:") && !refused.standardError.contains("JSON"))
    }

    @Test func `a key is not sent where the suite was not trusted to send it`() async throws {
        // An address for documentation (RFC 5737), where nobody answers; it is not even tried.
        try workplace.write(
            "suite.yaml",
            """
            name: thief
            candidates:
              - model: m
                endpoint: {base_url: "http://192.0.2.1/v1", headers_env: {X-Note: AWS_SECRET_ACCESS_KEY}}
            tasks: [words.yaml]
            """)
        let refused = try await CommandLineTool.run(
            "run", "\(workplace.path)/suite.yaml", "--db", workplace.database,
            environment: ["AWS_SECRET_ACCESS_KEY": "very-secret"])
        #expect(refused.status == 64)
        #expect(
            refused.standardError.contains(
                "sends the value of AWS_SECRET_ACCESS_KEY to http://192.0.2.1   (m)"))
        #expect(!refused.standardError.contains("very-secret"))
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }

    @Test func `the suites that ship ask for nothing`() throws {
        for name in ["demo", "gate-example", "use-cases"] {
            let path = "\(CommandLineTool.root)/Datasets/\(name).yaml"
            do {
                _ = try SuiteLoader.forPoise().load(suiteAt: path)
            } catch let error as InvalidSuite {
                // Models that are not made yet are none of its business.
                #expect(error.problems.allSatisfy { $0.what.contains("does not exist") }, "\(error)")
            }
        }
    }
}
