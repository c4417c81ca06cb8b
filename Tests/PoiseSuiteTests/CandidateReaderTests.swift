import PoiseCore
import Testing

@testable import PoiseSuite

struct CandidateReaderTests {
    private func problems(_ candidates: String, environment: [String: String]? = nil) throws -> [String] {
        try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidates)])
            .problems(environment: environment)
    }

    private static let address = "base_url: \"http://localhost:1/v1\""

    @Test(arguments: [
        ("  - model: m", "3:5: a candidate without “serve” and without “endpoint”"),
        (
            "  - model: m\n    serve: {file: ../Models/tiny-s-f16.gguf}\n    endpoint: {\(address)}",
            "5:15: a candidate with both “serve” and “endpoint”"
        ),
        ("  - endpoint: {\(address)}", "3:5: a candidate without “model”"),
        ("  - m", "3:5: expected a candidate, found the text \"m\""),
        ("  - model: m\n    serve: x", "4:12: expected “serve”, found the text \"x\""),
        ("  - model: m\n    serve: {threads: 2}", "4:12: “serve” without “file”"),
        (
            "  - model: m\n    serve: {file: ../Models/tiny-l.gguf}",
            "4:19: the model file “../Models/tiny-l.gguf” does not exist"
        ),
        ("  - model: m\n    serve: {file: ../Models}", "4:19: the model file “../Models” is a folder"),
        (
            "  - model: m\n    serve: {engine: lama.cpp, file: ../Models/tiny-s-f16.gguf}",
            "4:21: “lama.cpp” is not known here"
        ),
        (
            "  - model: m\n    serve: {file: ../Models/tiny-s-f16.gguf, port: 70000}",
            "4:52: expected a whole number from 1 to 65535, found the number 70000"
        ),
        (
            "  - model: m\n    serve: {file: ../Models/tiny-s-f16.gguf, gpu_layers: -1}",
            "4:58: expected a whole number from 0 to 999, or “all”, found the number -1"
        ),
        (
            "  - model: m\n    serve: {file: ../Models/tiny-s-f16.gguf, gpu_layers: some}",
            "4:58: expected a whole number from 0 to 999, or “all”, found the text \"some\""
        ),
        ("  - model: m\n    endpoint: {model: x}", "4:15: “endpoint” without “base_url”"),
        (
            "  - model: m\n    endpoint: {base_url: localhost}",
            "4:26: “localhost” is not an http or https address"
        ),
        (
            "  - model: m\n    endpoint: {\(address), api_key_env: sk-proj-abc123}",
            "4:64: this looks like a key and not like the name of a variable"
        ),
        (
            "  - model: m\n    endpoint: {\(address)}\n    price: {input: -1}",
            "5:20: expected a number of at least 0, found the number -1"
        ),
        (
            "  - model: m\n    endpoint: {\(address)}\n  - model: m\n    endpoint: {\(address)}",
            "5:5: a second candidate “m”; the first is on line 3"
        ),
    ])
    func `a wrong candidate is told with its line and column`(candidate: String, problem: String) throws {
        let problems = try problems(candidate)
        #expect(problems.contains("Suites/ladder.yaml:\(problem)"), "\(problems)")
    }

    @Test(arguments: [("", nil), (", gpu_layers: 0", 0), (", gpu_layers: 20", 20), (", gpu_layers: all", 999)])
    func `layers go to a GPU as the suite says`(written: String, layers: Int?) throws {
        let candidate = "  - model: m\n    serve: {file: ../Models/tiny-s-f16.gguf\(written)}"
        let plan = try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidate)]).load()
        guard case .managed(let engine) = plan.candidates.first?.serving else {
            Issue.record("no engine")
            return
        }
        #expect(engine.gpuLayers == layers)
        #expect(engine.asksForGPU == ((layers ?? 0) > 0))
    }

    @Test func `a missing model file says where it was looked for and what to do`() throws {
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: m\n    serve: {file: ../Models/tiny-s-f61.gguf}")
        ])
        #expect(
            try workspace.remedies() == [
                "Looked for Models/tiny-s-f61.gguf. Did you mean “tiny-s-f16.gguf”? "
                    + "Download or quantize it first, or correct the path."
            ]
        )
    }

    @Test func `a key in the file is never repeated in a message`() throws {
        let secret = "sk-proj-Zx81kQ"
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: m\n    endpoint: {\(Self.address), api_key_env: \(secret)}")
        ])
        let error = #expect(throws: InvalidSuite.self) { try workspace.load() }
        #expect(error?.errorDescription?.contains(secret) == false)
    }

    @Test func `a variable that is not set is told where the environment is known`() throws {
        let candidate = "  - model: m\n    endpoint: {\(Self.address), api_key_env: MY_KEY}"
        #expect(try problems(candidate) == [])
        #expect(try problems(candidate, environment: ["MY_KEY": "x"]) == [])
        let expected = ["Suites/ladder.yaml:4:64: the environment variable MY_KEY is not set"]
        #expect(try problems(candidate, environment: [:]) == expected)
        #expect(try problems(candidate, environment: ["MY_KEY": ""]) == expected)
    }

    @Test func `a candidate's settings go over the suite's`() throws {
        let candidate = """
              - model: a
                endpoint: {\(Self.address)}
                sampling: {temperature: null, top_p: 0.9, top_k: 40, stop: "###"}
              - model: b
                endpoint: {\(Self.address)}
            sampling: {temperature: 0.5, seed: 7, max_tokens: 32}
            """
        let plan = try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(candidate)]).load()
        #expect(
            plan.candidates.map(\.sampling) == [
                SamplingSettings(temperature: nil, topP: 0.9, topK: 40, maxTokens: 32, seed: 7, stop: ["###"]),
                SamplingSettings(temperature: 0.5, maxTokens: 32, seed: 7),
            ]
        )
    }
}
