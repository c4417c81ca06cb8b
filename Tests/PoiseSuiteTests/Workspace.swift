import Foundation
import PoiseCore
import PoiseSuite

/// A temporary folder with a suite that is sound, to be bent by one file at a time.
final class Workspace {
    let folder: String

    init(_ changes: [String: String] = [:], without missing: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.path + "/poise-suite-" + UUID().uuidString
        // A checkout, whose files a suite may read.
        try FileManager.default.createDirectory(atPath: folder + "/.git", withIntermediateDirectories: true)
        for (path, text) in Self.good.merging(changes, uniquingKeysWith: { $1 }) where !missing.contains(path) {
            try write(text, to: path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var suite: String { folder + "/Suites/ladder.yaml" }

    func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    func write(_ data: Data, to path: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    func load(
        limit: Int? = nil, environment: [String: String]? = nil, granted: Set<String> = []
    ) throws -> Plan {
        try SuiteLoader(checks: Self.checks, environment: environment, granted: granted)
            .load(suiteAt: suite, limit: limit)
    }

    /// The problems of a load as `path:line:column: what`, paths from this folder; empty where it went well.
    func problems(environment: [String: String]? = nil, granted: Set<String> = []) throws -> [String] {
        try found(environment: environment, granted: granted).map { problem in
            "\(problem.place): \(problem.what)".replacingOccurrences(of: folder + "/", with: "")
        }
    }

    /// What the problems say was expected, paths from this folder.
    func remedies() throws -> [String] {
        try found().map { ($0.expected ?? "").replacingOccurrences(of: folder + "/", with: "") }
    }

    private func found(
        environment: [String: String]? = nil, granted: Set<String> = []
    ) throws -> [InvalidSuite.Problem] {
        do {
            _ = try load(environment: environment, granted: granted)
            return []
        } catch let error as InvalidSuite {
            return error.problems
        }
    }

    /// Checks of every kind of option, so that these tests hang on no real one.
    static let checks: [CheckSpecification] = [
        .init(name: "exact", summary: "The answer is the target.", options: []),
        .init(
            name: "number", summary: "The number is the target's.",
            options: [
                .init(name: "extract", summary: "Which number.", kind: .oneOf(["last_number", "first_number"])),
                .init(name: "tolerance", summary: "How far off it may be.", kind: .number),
                .init(name: "signed", summary: "Whether the sign counts.", kind: .bool),
            ]
        ),
        .init(
            name: "contains_all", summary: "All texts are in the answer.",
            options: [.init(name: "of", summary: "The texts.", kind: .strings, isRequired: true)]
        ),
        .init(
            name: "regex", summary: "A pattern is found.",
            options: [
                .init(name: "pattern", summary: "The pattern.", kind: .pattern, isRequired: true),
                .init(name: "flavour", summary: "A word.", kind: .string),
            ]
        ),
        .init(
            name: "json_schema", summary: "The JSON is valid.",
            options: [.init(name: "schema", summary: "The schema.", kind: .mapping, isRequired: true)]
        ),
    ]

    static let good: [String: String] = [
        "Suites/ladder.yaml": """
        name: tiny-ladder
        description: Three sizes of a toy model at two quantizations, on what they know.

        candidates:
          - model: tiny-{size}                     # a matrix: every size × every quantization
            matrix:
              size: [xs, s, m]
              quantization: [f16, q4_0]
            serve:                                 # Poise starts and ends the engine
              engine: llama.cpp
              file: ../Models/tiny-{size}-{quantization}.gguf
              threads: 1
          - model: qwen3-8b                        # an endpoint that is there already
            quantization: q4_k_m
            endpoint:
              base_url: http://127.0.0.1:11434/v1
              model: qwen3:8b-q4_K_M
              api_key_env: OPENAI_API_KEY          # the name of a variable, never a key
            price: {input: 0.05, output: 0.20, per: million tokens, currency: USD, source: price list, date: 2026-11-01}

        tasks: [../Datasets/tiny/*.yaml]           # relative to this file
        sampling: {temperature: 0, max_tokens: 96, seed: 1}
        epochs: 1
        rounds: 2
        load: [1, 4]
        warmup: 3
        profile: chat
        baseline: tiny-m@f16
        gate:
          - accuracy: {non_inferior_by: 0.03}
          - decodeTPS: {at_least: 0.95 of baseline}
          - ttfo: {at_most: 500 ms}

        """,
        "Datasets/tiny/add.yaml": """
        name: add
        title: Sums of two numbers up to 999
        license: Apache-2.0
        use_case: reasoning
        samples: add.jsonl
        prompt: "{input}"                          # or a list of messages
        max_tokens: 16
        graders:
          - check: number
            extract: last_number
          - rubric: conciseness                    # Rubrics/conciseness.yaml

        """,
        "Datasets/tiny/add.jsonl": """
        {"id": "add-1", "input": "Add 47 and 85.", "target": "132", "metadata": {"facts": ["47", "85"]}}
        {"id": "add-2", "input": "Add 1 and 2.", "target": "3", "metadata": {"facts": ["1", "2"]}}

        """,
        "Rubrics/conciseness.yaml": """
        name: conciseness
        description: Short and to the point.
        criteria:
          - name: covers the facts
            weight: 3
            check: contains_all
            of: "{metadata.facts}"
          - name: is one number
            required: true
            check: regex
            pattern: '^\\d{1,4}$'

        """,
        "Models/tiny-xs-f16.gguf": "", "Models/tiny-s-f16.gguf": "", "Models/tiny-m-f16.gguf": "",
        "Models/tiny-xs-q4_0.gguf": "", "Models/tiny-s-q4_0.gguf": "", "Models/tiny-m-q4_0.gguf": "",
    ]

    /// The good suite with one line of it replaced.
    static func suite(replacing line: String, with other: String) -> String {
        replacing(line, with: other, in: "Suites/ladder.yaml")
    }

    static func replacing(_ text: String, with other: String, in path: String) -> String {
        (good[path] ?? "").replacingOccurrences(of: text, with: other)
    }

    /// The sentence that a problem is when it stands in the suite.
    static func suiteWithCandidate(_ lines: String) -> String {
        """
        name: one
        candidates:
        \(lines)
        tasks: ../Datasets/tiny/add.yaml

        """
    }
}
