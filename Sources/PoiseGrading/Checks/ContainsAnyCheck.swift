import PoiseCore

/// The answer contains one of the texts at least.
struct ContainsAnyCheck: ReadingCheck {
    static let specification = CheckSpecification(
        name: "contains_any",
        summary: "The answer contains at least one of the texts, by whole words.",
        options: TextSearch.options + Extraction.options()
    )

    let extraction: Extraction
    private let expected: ExpectedTexts
    private let search: TextSearch

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        extraction = try Extraction(options)
        expected = try ExpectedTexts(options)
        search = TextSearch(options)
    }

    func expectation(from sample: Sample) throws(Unscorable) -> [String] {
        try expected.texts(for: sample) { () throws(Unscorable) in try targets(of: sample) }
    }

    func verdict(on text: String, expecting texts: [String]) -> Verdict {
        guard let found = search.found(texts, in: text).first else {
            return .wrong(text, "none of \(texts.quotedList) is in it")
        }
        return .right(text, "it contains \(found.quoted)")
    }

    static let examples: [CheckExample] = [
        .init(.right, "The capital is Oslo.", target: "Oslo", why: "the only target"),
        .init(.right, "Peking, of course.", target: "Beijing", "Peking", why: "one of two targets"),
        .init(.wrong, "Shanghai", target: "Beijing", "Peking", why: "neither"),
        .init(
            .right, "I cannot help with that.", options: ["of": .array([.string("cannot"), .string("can't")])],
            why: "a list of the file"),
        .init(
            .right, "It was Ada.", metadata: ["author": .string("Ada")], options: ["of": .string("{metadata.author}")],
            why: "a text of the metadata"),
        .init(
            .right, "by Ada Lovelace", metadata: ["author": .string("Ada")],
            options: ["of": .string("by {metadata.author}")], why: "a template with words around it"),
        .init(.wrong, "1969", target: "69", "96", why: "parts of a number are not in it"),
        .init(.wrong, "It is −5.", target: "5", why: "nor is a number without its sign"),
        .init(.right, "3–5", target: "5", why: "a dash between numbers is no sign"),
        .init(.wrong, "C++", target: "C", why: "C++ is another word"),
        .init(.right, "It is _Oslo_.", target: "Oslo", why: "emphasis"),
        .init(.wrong, "Oslo_2", target: "Oslo", why: "a line inside a word"),
        .init(.wrong, "peking", target: "Peking", why: "case counts"),
        .init(.right, "peking", target: "Peking", options: ["ignore_case": .bool(true)], why: "unless it is ignored"),
        .init(
            .wrong, "Oslo?\nBergen", target: "Oslo", options: ["extract": .string("final_line")], reads: "Bergen",
            why: "only the last line counts here"),
        .init(.wrong, "\n", target: "Oslo", reads: "", why: "an empty answer is a wrong answer"),
        .init(.unscored, "Oslo", why: "no target and no texts"),
        .init(.unscored, "Oslo", options: ["of": .string("{metadata.city}")], why: "the sample has no such metadata"),
    ]
}
