import Foundation
import PoiseCore

/// The answer means about what a target means, by the angle between their embeddings.
struct SimilarityCheck: ExternalCheck {
    static let specification = CheckSpecification(
        name: "similarity",
        summary: "The cosine between the embeddings of answer and target, at least 0; of several targets the best.",
        options: [
            .init(
                name: "base_url", summary: "An OpenAI-compatible endpoint with /embeddings, up to and with /v1.",
                kind: .string, isRequired: true),
            .init(
                name: "model", summary: "The embedding model, as the endpoint names it.", kind: .string,
                isRequired: true),
            .init(name: "api_key_env", summary: "The name of the variable that holds the key.", kind: .string),
            .init(
                name: "api_key_file",
                summary:
                    "A file that holds the key, from / or ~, in place of api_key_env; only its owner may have access.",
                kind: .string),
            .init(
                name: "threshold", summary: "The least cosine that is right; the score is then 0 or 1.", kind: .number),
        ]
    )

    private let endpoint: EmbeddingEndpoint
    private let threshold: Double?

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        let baseURL = options.string("base_url") ?? ""
        guard baseURL.hasPrefix("http://") || baseURL.hasPrefix("https://") else {
            throw options.bad(
                "base_url", "is no address: \(baseURL.quoted)", remedy: "Give one such as http://127.0.0.1:8080/v1.")
        }
        if let address = URLComponents(string: baseURL), address.user != nil || address.password != nil {
            throw options.bad(
                "base_url", "holds a user or a password", remedy: "Name the variable that holds the key: api_key_env.")
        }
        threshold = options.number("threshold")
        if let threshold, !(0...1).contains(threshold) {
            throw options.bad("threshold", "is not from 0 to 1", remedy: "Give a cosine such as 0.8.")
        }
        let file = options.string("api_key_file")
        if let file, !file.hasPrefix("/"), !file.hasPrefix("~") {
            throw options.bad(
                "api_key_file", "is no path from / or ~", remedy: "Give the whole path, as in ~/.config/example/key.")
        }
        if file != nil, options.string("api_key_env") != nil {
            throw options.bad("api_key_file", "stands beside api_key_env", remedy: "Keep one of the two.")
        }
        let variable = options.string("api_key_env")
        if let variable, Redaction.withoutKeys(variable) != variable || ChildEnvironment.isHanded(on: variable) {
            throw options.bad(
                "api_key_env", "is not the name of a variable for a key",
                remedy: "Name one such as EXAMPLE_API_KEY; a key itself must not stand in a file.")
        }
        endpoint = EmbeddingEndpoint(
            baseURL: baseURL, model: options.string("model") ?? "", apiKeyVariable: variable,
            apiKeyFile: file)
    }

    func score(_ answer: String, for sample: Sample, with services: GradingServices) async -> Score {
        if sample.target.isEmpty { return .unscored(reason: "the sample has no target") }
        if sample.target.contains(where: \.isBlank) { return .unscored(reason: "a target of the sample is blank") }
        guard let embedder = services.embeddings else {
            return .unscored(reason: "there is nothing to ask for embeddings with")
        }
        // Asked for nothing: endpoints differ in what they make of an empty text.
        if answer.isBlank { return .scored(value: 0, answer: "", explanation: "the response is empty") }
        do {
            let texts = [answer] + sample.target
            let vectors = try await embedder.embeddings(of: texts, at: endpoint)
            guard vectors.count == texts.count else {
                return .unscored(reason: "\(vectors.count) embeddings came for \(texts.count) texts")
            }
            let cosines = try vectors.dropFirst().map { try Self.cosine(vectors[0], $0) }
            return verdict(on: answer, cosines: cosines, targets: sample.target)
        } catch let error as Unscorable {
            return .unscored(reason: error.reason)
        } catch {
            let reason = (error as? any ExplainedError).map { failure in
                [failure.what, failure.remedy].compactMap { $0 }.joined(separator: "; ")
            }
            return .unscored(reason: "no embeddings: \(reason ?? String(describing: error))")
        }
    }

    private func verdict(on answer: String, cosines: [Double], targets: [String]) -> Score {
        let (target, best) = zip(targets, cosines).max { $0.1 < $1.1 } ?? ("", 0)
        let cosine = "cosine \(Self.text(best)) with \(target.quoted)"
        guard let threshold else {
            return .scored(value: min(1, max(0, best)), answer: answer, explanation: cosine)
        }
        let isEnough = best >= threshold
        return .scored(
            value: isEnough ? 1 : 0, answer: answer,
            explanation: "\(cosine), \(isEnough ? "at least" : "below") \(Self.text(threshold))")
    }

    /// Three digits after the point, whatever the locale.
    private static func text(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1000).rounded())
        let digits = "\(thousandths % 1000)"
        let zeros = String(repeating: "0", count: 3 - digits.count)
        return "\(value < 0 && thousandths > 0 ? "−" : "")\(thousandths / 1000).\(zeros)\(digits)"
    }

    /// a·b / (|a| |b|); throws where a vector has no direction.
    static func cosine(_ a: [Double], _ b: [Double]) throws(Unscorable) -> Double {
        guard a.count == b.count, !a.isEmpty else {
            throw Unscorable(reason: "the embeddings have \(a.count) and \(b.count) dimensions")
        }
        guard a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else {
            throw Unscorable(reason: "an embedding holds what is no number")
        }
        // Scaled first: the squares of large components would be infinite, those of small ones 0.
        let (scaleA, scaleB) = (a.map { abs($0) }.max() ?? 0, b.map { abs($0) }.max() ?? 0)
        guard scaleA > 0, scaleB > 0 else { throw Unscorable(reason: "an embedding is all zeros: it has no direction") }
        var (product, squareA, squareB) = (0.0, 0.0, 0.0)
        for (left, right) in zip(a, b) {
            let (x, y) = (left / scaleA, right / scaleB)
            product += x * y
            squareA += x * x
            squareB += y * y
        }
        // One root of both: equal vectors then give exactly 1.
        return product / (squareA * squareB).squareRoot()
    }

    private static let asked: [String: JSONValue] = [
        "base_url": .string("http://127.0.0.1:8080/v1"), "model": .string("embedder"),
    ]

    private static func asked(threshold: Double) -> [String: JSONValue] {
        asked.merging(["threshold": .number(threshold)]) { $1 }
    }

    /// For an embedder that counts letters, as the tests have it: a text's vector is how often it has each of a to z.
    static let examples: [CheckExample] = [
        .init(
            .right, "Oslo", target: "Oslo", options: asked, reads: "Oslo", why: "the same text has the same embedding"),
        .init(.right, "solo", target: "Oslo", options: asked, why: "another text with the same embedding"),
        .init(.partly, "Oslo is it", target: "Oslo", options: asked, why: "the cosine is the score"),
        .init(.wrong, "Rumba", target: "Oslo", options: asked, why: "nothing in common"),
        .init(.right, "Rome", target: "Oslo", "Rome", options: asked, why: "the best of several targets counts"),
        .init(
            .right, "Oslo is it", target: "Oslo", options: asked(threshold: 0.5),
            why: "a threshold makes it right or wrong"),
        .init(.wrong, "Bergen", target: "Oslo", options: asked(threshold: 0.5), why: "below the threshold"),
        .init(.right, "Oslo", target: "Oslo", options: asked(threshold: 0.999), why: "the same text, all but rounding"),
        .init(.wrong, "", target: "Oslo", options: asked, reads: "", why: "an empty answer is a wrong answer"),
        .init(.wrong, " \n", target: "Oslo", options: asked(threshold: 0), reads: "", why: "a blank one too"),
        .init(.unscored, "Oslo", options: asked, why: "a sample without a target"),
        .init(.unscored, "Oslo", target: "Oslo", " ", options: asked, why: "a blank target is most likely a slip"),
        .init(.unscored, "42", target: "Oslo", options: asked, why: "an embedding of zeros has no direction"),
    ]
}
