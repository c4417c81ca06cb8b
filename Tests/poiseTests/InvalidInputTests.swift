import Foundation
import Testing

/// What a user gets who made a mistake: what, where, what to do, and the right exit code.
@Suite struct InvalidInputTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func run(_ suite: String) async throws -> CommandLineTool.Output {
        try await CommandLineTool.run("run", suite, "--db", workplace.database)
    }

    private func goodSuite(more: String = "") throws -> String {
        try workplace.writeSuite([("m", "http://127.0.0.1:9/v1")], more: more)
    }

    @Test func `an unknown key is named with its line and the nearest known one`() async throws {
        let output = try await run(try goodSuite(more: "rouns: 2"))
        #expect(output.status == 64)
        #expect(output.standardError.contains("suite.yaml:6"))
        #expect(output.standardError.contains("rouns"))
        #expect(output.standardError.contains("rounds"))
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }

    @Test func `a dataset that is missing is named where it is asked for`() async throws {
        try FileManager.default.removeItem(atPath: "\(workplace.path)/words.jsonl")
        let output = try await run(try goodSuite())
        #expect(output.status == 64)
        #expect(output.standardError.contains("words.yaml:2"))
        #expect(output.standardError.contains("words.jsonl"))
    }

    @Test func `a line that is not JSON is named with its number`() async throws {
        let good = try workplace.read("words.jsonl")
        try workplace.write("words.jsonl", good + "\n{\"id\": \"w13\", \"input\": ")
        let output = try await run(try goodSuite())
        #expect(output.status == 64)
        #expect(output.standardError.contains("words.jsonl:13"))
    }

    @Test func `a suite that is not there is an invalid suite`() async throws {
        let output = try await run("\(workplace.path)/nowhere.yaml")
        #expect(output.status == 64)
        #expect(output.standardError.contains("nowhere.yaml"))
    }

    @Test func `a model file that is not there is found before anything starts`() async throws {
        try workplace.write(
            "suite.yaml",
            """
            name: small
            candidates:
              - model: m
                serve: {engine: llama.cpp, file: missing.gguf}
            tasks: [words.yaml]
            """)
        let output = try await run("\(workplace.path)/suite.yaml")
        #expect(output.status == 64)
        #expect(output.standardError.contains("suite.yaml:4"))
        #expect(output.standardError.contains("missing.gguf"))
    }

    @Test func `without an engine the error says how to get one`() async throws {
        let suite = try workplace.writeEngineSuite()
        let output = try await CommandLineTool.run(
            "run", suite, "--db", workplace.database,
            environment: ["PATH": "/nowhere", "POISE_PYTHON": "/nowhere/python3"])
        #expect(output.status == 1)
        #expect(output.standardError.contains("llama-server on PATH"))
        #expect(output.standardError.contains("make setup"))
    }

    @Test func `wrong usage ends with 64`() async throws {
        #expect(try await CommandLineTool.run("run").status == 64)
        #expect(try await CommandLineTool.run("fly").status == 64)
        #expect(try await CommandLineTool.run("run", "x.yaml", "--limit", "0").status == 64)
        #expect(try await CommandLineTool.run("simulate", "--ttft", "fast").status == 64)
    }

    @Test func `a database that is not there is no run`() async throws {
        for command in ["front", "report", "grade", "runs"] {
            let output = try await CommandLineTool.run(command, "--db", workplace.database)
            #expect(output.status == 1, "\(command)")
            #expect(output.standardError.contains("there is no database"), "\(command)")
        }
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }
}
