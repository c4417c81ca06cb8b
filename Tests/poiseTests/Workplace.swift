import Foundation
import GRDB
import Testing

/// A folder with a suite, a task and a dataset, there for one test.
final class Workplace: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write(
            "words.jsonl",
            (1...12).map { #"{"id": "w\#($0)", "input": "word \#($0)", "target": "word \#($0)"}"# }
                .joined(separator: "\n"))
        try write(
            "words.yaml",
            """
            name: words
            samples: words.jsonl
            prompt: "{input}"
            graders:
              - check: exact
            """)
    }

    deinit {
        Canary.check(path)
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { "\(path)/out/run.sqlite" }

    /// Suites get the key of `Canary` for their endpoints.
    func write(_ name: String, _ text: String) throws {
        try Data(Canary.inserted(into: text).utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// A suite over endpoints: name → base URL.
    func writeSuite(_ endpoints: [(name: String, url: String)], more: String = "warmup: 1") throws -> String {
        let candidates = endpoints.map {
            """
              - model: \($0.name)
                endpoint: {base_url: "\($0.url)", model: \($0.name)}
            """
        }
        try write(
            "suite.yaml",
            """
            name: small
            candidates:
            \(candidates.joined(separator: "\n"))
            tasks: [words.yaml]
            \(more)
            """)
        return "\(path)/suite.yaml"
    }

    /// A suite over the real tiny model, served by the engine; all that it names lies beside it.
    func writeEngineSuite(more: String = "", serve: String = "") throws -> String {
        for file in ["Models/tiny-s-f16.gguf"]
            + ["count", "json"].flatMap({ ["\($0).yaml", "\($0).jsonl"] }).map({
                "Datasets/tiny/\($0)"
            })
        {
            let place = "\(path)/\(file.split(separator: "/").last ?? "")"
            guard !FileManager.default.fileExists(atPath: place) else { continue }
            try FileManager.default.copyItem(atPath: "\(CommandLineTool.root)/\(file)", toPath: place)
        }
        try write(
            "engine.yaml",
            """
            name: engine
            candidates:
              - model: tiny-s
                quantization: f16
                serve: {engine: llama.cpp, file: "\(path)/tiny-s-f16.gguf", threads: 1\(serve)}
            tasks: [count.yaml, json.yaml]
            \(more)
            """)
        return "\(path)/engine.yaml"
    }

    /// Trials so far; 0 while there is no database yet.
    func trialCount(where condition: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: database) else { return 0 }
        return (try? rows("SELECT * FROM trial WHERE \(condition)").count) ?? 0
    }

    func rows(_ sql: String) throws -> [Row] {
        var configuration = Configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: database, configuration: configuration)
            .read { try Row.fetchAll($0, sql: sql) }
    }

    /// Makes a stored run another, as a power cut would.
    func change(_ sql: String) throws {
        try DatabaseQueue(path: database).write { try $0.execute(sql: sql) }
    }

    /// Waits until so many trials are there, or the command has ended without them.
    func wait(for count: Int, where condition: String, of tool: CommandLineTool) async throws {
        while try trialCount(where: condition) < count {
            try #require(tool.process.isRunning, "it ended before")
            await Task.yield()
        }
    }
}
