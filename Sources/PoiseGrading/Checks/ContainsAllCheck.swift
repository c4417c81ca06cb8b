import PoiseCore

/// The answer contains all of the texts.
struct ContainsAllCheck: ReadingCheck {
    static let specification = CheckSpecification(
        name: "contains_all",
        summary: "The answer contains all of the texts, each by whole words.",
        options: TextSearch.options + [
            .init(
                name: "partial",
                summary: "Whether the score is the share of texts found (default false: all or nothing).",
                kind: .bool)
        ] + Extraction.options()
    )

    let extraction: Extraction
    private let expected: ExpectedTexts
    private let search: TextSearch
    private let isPartial: Bool

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        extraction = try Extraction(options)
        expected = try ExpectedTexts(options)
        search = TextSearch(options)
        isPartial = options.bool("partial", default: false)
    }

    func expectation(from sample: Sample) throws(Unscorable) -> [String] {
        try expected.texts(for: sample) { () throws(Unscorable) in try targets(of: sample) }
    }

    func verdict(on text: String, expecting texts: [String]) -> Verdict {
        let found = search.found(texts, in: text)
        if found.count == texts.count { return .right(text, "it contains \(texts.quotedList)") }
        let missing = texts.filter { !found.contains($0) }
        return Verdict(
            value: isPartial ? Double(found.count) / Double(texts.count) : 0, answer: text,
            explanation: "\(found.count) of \(texts.count) found; missing: \(missing.quotedList)")
    }

    private static let moon = "Armstrong landed on the Moon in 1969."
    private static let facts: [String: JSONValue] = ["facts": .array([.string("Moon"), .string("1969")])]
    private static let ofFacts: [String: JSONValue] = ["of": .string("{metadata.facts}")]

    static let examples: [CheckExample] = [
        .init(.right, "The capital is Oslo.", target: "Oslo", why: "the target is in the answer"),
        .init(.right, moon, metadata: facts, options: ofFacts, why: "all of a list in the metadata"),
        .init(.wrong, "He landed in 1969.", metadata: facts, options: ofFacts, why: "one of two is missing"),
        .init(
            .partly, "He landed in 1969.", metadata: facts, options: ofFacts.merging(["partial": .bool(true)]) { $1 },
            why: "one of two is half, where asked for"),
        .init(
            .wrong, "He landed.", metadata: facts, options: ofFacts.merging(["partial": .bool(true)]) { $1 },
            why: "none of two"),
        .init(
            .right, moon, options: ["of": .array([.string("1969"), .string("Moon")])], why: "a list; order is nothing"),
        .init(.wrong, "25", target: "5", why: "5 is not in 25"),
        .init(.wrong, "It costs 5.20", target: "5", why: "nor in 5.20"),
        .init(.right, "It costs 5.", target: "5", why: "a full stop is not a decimal point"),
        .init(.wrong, "A category", target: "cat", why: "a cat is not in a category"),
        .init(
            .right, "A category", target: "cat", options: ["whole_words": .bool(false)], why: "but its letters are"),
        .init(.right, "我住在东京的中心", target: "东京", why: "scripts without spaces have no edges of words"),
        .init(.wrong, "oslo", target: "Oslo", why: "case counts"),
        .init(.right, "oslo", target: "Oslo", options: ["ignore_case": .bool(true)], why: "unless it is ignored"),
        .init(
            .right, "New\nYork’s mayor", target: "New York's", why: "line breaks and typographic quotes do not count"),
        .init(.wrong, "", target: "Oslo", reads: "", why: "an empty answer is a wrong answer"),
        .init(.unscored, moon, options: ofFacts, why: "the sample has no such metadata"),
        .init(.unscored, moon, why: "no target and no texts"),
    ]
}
