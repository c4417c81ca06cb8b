import Foundation
import GRDB
import PoiseCore
import Testing

@testable import poise

/// On real llama.cpp with the demo's tiny models; `make setup` installs both.
@Suite(.serialized) struct DivergenceCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func engineSuite() throws -> String {
        func candidate(_ model: String, _ quantization: String) -> String {
            """
              - model: \(model)
                quantization: \(quantization)
                serve:
                  engine: llama.cpp
                  file: "\(CommandLineTool.root)/Models/quantized/\(model)-\(quantization).gguf"
                  threads: 1
            """
        }
        try workplace.write(
            "ladder.yaml",
            """
            name: ladder
            candidates:
            \(candidate("tiny-xs", "f16"))
            \(candidate("tiny-xs", "q4_0"))
            \(candidate("tiny-s", "f16"))
            tasks: ["\(CommandLineTool.root)/Datasets/tiny/count.yaml", "\(CommandLineTool.root)/Datasets/tiny/json.yaml"]
            baseline: tiny-xs@f16
            warmup: 0
            """)
        return "\(workplace.path)/ladder.yaml"
    }

    private func divergence(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(["divergence", "--db", workplace.database] + arguments).finish()
    }

    private struct Document: Decodable {
        let divergences: [Divergence]
    }

    @Test func `a quantization is some way off, and that is kept; another file than the run's is refused`()
        async throws
    {
        let run = try await CommandLineTool.run(
            "run", try engineSuite(), "--trust", "--limit", "6", "--db", workplace.database)
        try #require(run.status == 0, "\(run.standardError)")
        let output = try await divergence(
            "--candidate", "tiny-xs@q4_0", "--candidate", "tiny-xs@q4_0", "--samples", "4", "--format", "json")
        try #require(output.status == 0, "\(output.standardError)")
        let found = try JSONDecoder().decode(Document.self, from: Data(output.standardOutput.utf8)).divergences
        try #require(found.map(\.candidate) == ["tiny-xs@q4_0"])
        let quantized = found[0]
        #expect(quantized.samples == 8 && quantized.leftOut == 0)
        #expect(quantized.tokens > 80)
        #expect(quantized.meanKL > 1e-4 && quantized.meanKL < 2)
        #expect(quantized.sameTop > 0.5)
        #expect(try #require(quantized.meanKLLow) < quantized.meanKL)
        #expect(quantized.isWhole)
        #expect(abs(try #require(quantized.covered) - 1) < 1e-4)

        let rows = try workplace.rows("SELECT * FROM divergence ORDER BY candidate")
        #expect(rows.map { $0["meanKL"] as Double } == [quantized.meanKL])
        #expect(rows.allSatisfy { ($0["reference"] as String) == "tiny-xs@f16" })

        // Fewer tokens see less of it, and the table says so.
        let table = try await divergence("--samples", "4", "--top", "3")
        #expect(table.status == 0)
        #expect(table.standardOutput.contains("tiny-xs@q4_0"))
        #expect(
            table.standardOutput.split(separator: "\n").joined(separator: " ")
                .contains("all others as one: at most what it is"))
        #expect(table.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let coarse = try workplace.rows("SELECT meanKL, top FROM divergence WHERE candidate = 'tiny-xs@q4_0'")
        #expect(coarse.map { $0["top"] as Int } == [3])
        #expect(coarse[0]["meanKL"] <= quantized.meanKL + 1e-9)
        #expect(coarse[0]["meanKL"] > 0.0)

        let itself = try await divergence("--candidate", "tiny-xs@f16")
        #expect(itself.status == 1)
        #expect(itself.standardError.contains("tiny-xs@f16 is the reference"))
        let other = try await divergence("--candidate", "tiny-s@f16")
        #expect(other.status == 1)
        #expect(other.standardError.contains("it is tiny-s, and tiny-xs@f16 is tiny-xs"))
        let alone = try await divergence("--reference", "tiny-s@f16")
        #expect(alone.status == 1)
        #expect(alone.standardError.contains("no candidate of tiny-s beside tiny-s@f16"))
        let unknown = try await divergence("--candidate", "tiny-xs@q4")
        #expect(unknown.status == 1)
        #expect(unknown.standardError.contains("Did you mean tiny-xs@q4_0?"))
        let load = try await divergence("--load", "7")
        #expect(load.status == 1)
        #expect(load.standardError.contains("no responses at load 7"))
        let task = try await divergence("--task", "jso")
        #expect(task.status == 1)
        #expect(task.standardError.contains("Did you mean json?"))

        // As if the run had asked another file by this name.
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(
                sql: """
                    UPDATE engine SET modelFile = json_set(modelFile, '$.sha256', 'feedfacefeedfacefeed')
                    WHERE candidate = 'tiny-xs@q4_0'
                    """)
        }
        let changed = try await divergence("--samples", "1")
        #expect(changed.status == 1)
        #expect(changed.standardError.contains("another model than in the run"))
        #expect(changed.standardError.contains("feedfacefeedface…"))
    }

    @Test(arguments: [["--samples", "0"], ["--top", "0"], ["--top", "x"]])
    func `numbers that make no sense are wrong usage`(_ arguments: [String]) async throws {
        #expect(try await CommandLineTool(["divergence"] + arguments).finish().status == 64)
    }

    @Test func `a simulated endpoint has no distribution, and that is said`() async throws {
        let server = try CommandLineTool(["simulate", "--port", "0"])
        defer { server.process.terminate() }
        var address = ""
        while !address.contains("\n") {
            guard let pipe = server.process.standardOutput as? Pipe else { break }
            address += String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        }
        let port = try #require(Int(address.split(separator: ":").last?.prefix { $0.isNumber } ?? ""))
        let url = "http://127.0.0.1:\(port)/v1"
        try workplace.write(
            "simulated.yaml",
            """
            name: simulated
            candidates:
              - {model: m, quantization: f16, endpoint: {base_url: "\(url)", model: m}}
              - {model: m, quantization: q4_0, endpoint: {base_url: "\(url)", model: m}}
            tasks: [words.yaml]
            baseline: m@f16
            """)
        let run = try await CommandLineTool.run(
            "run", "\(workplace.path)/simulated.yaml", "--db", workplace.database)
        try #require(run.status == 0, "\(run.standardError)")
        let output = try await divergence()
        #expect(output.status == 1)
        #expect(output.standardOutput.isEmpty)
        #expect(output.standardError.contains("the endpoint is simulated"))
        #expect(try workplace.rows("SELECT * FROM divergence").isEmpty)
    }

    @Test func `a reference without responses is an error`() async throws {
        try workplace.write(
            "silent.yaml",
            """
            name: silent
            candidates:
              - {model: m, quantization: f16, endpoint: {base_url: "http://127.0.0.1:9/v1", model: m}}
              - {model: m, quantization: q4_0, endpoint: {base_url: "http://127.0.0.1:9/v1", model: m}}
            tasks: [words.yaml]
            """)
        _ = try await CommandLineTool.run("run", "\(workplace.path)/silent.yaml", "--db", workplace.database)
        let output = try await divergence("--reference", "m@f16", "--candidate", "m@q4_0")
        #expect(output.status == 1)
        #expect(output.standardError.contains("no stored responses at load 1"))
    }
}
