import PoiseCore
import Testing

@testable import PoiseGrading

@Suite struct SimilarityCheckTests {
    /// Answers with given vectors, or with an error.
    private struct FixedEmbedder: Embedder {
        var vectors: [[Double]] = []
        var failure: RequestFailure?

        func embeddings(of texts: [String], at endpoint: EmbeddingEndpoint) throws -> [[Double]] {
            if let failure { throw failure }
            return vectors
        }
    }

    private func score(
        _ embedder: FixedEmbedder, targets: [String] = ["Oslo"], options: [String: JSONValue] = [:]
    ) async throws -> Score {
        let options = minimalOptions(of: SimilarityCheck.specification).merging(options) { $1 }
        var services = GradingServices()
        services.embeddings = embedder
        return try await SimilarityCheck(options: options).score("Rome", for: sample(target: targets), with: services)
    }

    @Test(
        arguments: [
            ([3.0, 0], [7.0, 0], 1), ([1, 1], [1, 0], 0.5.squareRoot()), ([1, 0], [0, 1], 0), ([1, 0], [-1, 0], 0),
            ([1e200, 1e200], [1e200, 0], 0.5.squareRoot()), ([1e-200, 1e-200], [1e-200, 0], 0.5.squareRoot()),
            ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], 1),
        ] as [([Double], [Double], Double)])
    func `the score is the cosine, at least 0`(_ a: [Double], _ b: [Double], _ expected: Double) async throws {
        let value = try #require(try await score(FixedEmbedder(vectors: [a, b])).value)
        #expect(abs(value - expected) < 1e-15)
    }

    @Test(arguments: [
        ["base_url": "http://me:hunter22@host/v1"], ["api_key_env": "hf_hunter22hunter22hunter22hunter22"],
        ["api_key_env": "PATH"], ["api_key_file": "key"], ["api_key_file": "/key", "api_key_env": "A_KEY"],
    ])
    func `a key stands in no option, and is where only its owner sees it`(_ keys: [String: String]) {
        let options = minimalOptions(of: SimilarityCheck.specification).merging(keys.mapValues(JSONValue.string)) { $1 }
        let error = #expect(throws: GraderError.self) { try SimilarityCheck(options: options) }
        #expect(error?.errorDescription?.contains("hunter22") == false)
    }

    @Test func `the best target counts, and is named`() async throws {
        let embedder = FixedEmbedder(vectors: [[1, 1], [1, 0], [2, 2], [0, 1]])
        let score = try await score(embedder, targets: ["Oslo", "Roma", "Bergen"])
        #expect(score == .scored(value: 1, answer: "Rome", explanation: "cosine 1.000 with “Roma”"))
    }

    @Test func `a threshold is reached by what equals it`() async throws {
        let embedder = FixedEmbedder(vectors: [[3, 4], [1, 0]])
        #expect(try await score(embedder, options: ["threshold": .number(0.6)]).value == 1)
        #expect(
            try await score(embedder, options: ["threshold": .number(0.61)])
                == .scored(value: 0, answer: "Rome", explanation: "cosine 0.600 with “Oslo”, below 0.610"))
    }

    @Test(
        arguments: [
            ([[1, 0]], "1 embeddings came for 2 texts"), ([[1, 0], [1, 0, 0]], "2 and 3 dimensions"),
            ([[], []], "0 and 0 dimensions"), ([[0, 0], [1, 0]], "no direction"), ([[1, .nan], [1, 0]], "no number"),
            ([[1, 0], [.infinity, 0]], "no number"),
        ] as [([[Double]], String)])
    func `vectors that cannot be compared leave it unscored`(_ vectors: [[Double]], _ why: String) async throws {
        guard case .unscored(let reason) = try await score(FixedEmbedder(vectors: vectors)) else {
            Issue.record("it was scored")
            return
        }
        #expect(reason.contains(why))
    }

    @Test func `an endpoint that fails leaves it unscored, with its words and what to do`() async throws {
        let failure = RequestFailure(kind: .unauthorized, message: "it answered 401", remedy: "Export the key.")
        #expect(
            try await score(FixedEmbedder(failure: failure))
                == .unscored(reason: "no embeddings: it answered 401; Export the key."))
    }

    @Test(
        arguments: [
            ("base_url", .string("localhost:8080")), ("threshold", .number(80)), ("threshold", .number(-0.1)),
        ] as [(String, JSONValue)])
    func `an option that cannot be used is an error that names it`(_ name: String, _ value: JSONValue) {
        let options = minimalOptions(of: SimilarityCheck.specification).merging([name: value]) { $1 }
        let error = #expect(throws: GraderError.self) { try SimilarityCheck(options: options) }
        #expect(error?.what.contains("“\(name)”") == true)
    }
}
