import PoiseCore

/// The answer is a target, but for case, punctuation, white space and the ways of writing the same character.
struct NormalizedCheck: ReadingCheck {
    static let specification = CheckSpecification(
        name: "normalized",
        summary: """
            The answer is a target after Unicode NFKC, with case, punctuation at the edges of words and white space \
            ignored; quotes and dashes count as their ASCII forms.
            """,
        options: [
            .init(name: "ignore_case", summary: "Whether case is ignored (default true).", kind: .bool),
            .init(
                name: "ignore_punctuation",
                summary: "Whether punctuation at the edges of words is ignored (default true).", kind: .bool),
            .init(
                name: "ignore_articles", summary: "Whether a, an and the are ignored (default false).", kind: .bool),
        ] + Extraction.options()
    )

    let extraction: Extraction
    private let normalization: TextNormalization

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        extraction = try Extraction(options)
        normalization = TextNormalization(
            ignoresCase: options.bool("ignore_case", default: true),
            ignoresPunctuation: options.bool("ignore_punctuation", default: true),
            ignoresArticles: options.bool("ignore_articles", default: false))
    }

    func expectation(from sample: Sample) throws(Unscorable) -> [String] {
        var expected: [String] = []
        for target in try targets(of: sample) {
            let normalized = normalization.apply(to: target)
            // A target that is only punctuation would be equal to any other such answer.
            if normalized.isEmpty { throw Unscorable(reason: "nothing is left of the target \(target.quoted)") }
            expected.append(normalized)
        }
        return expected
    }

    func verdict(on text: String, expecting expected: [String]) -> Verdict {
        let normalized = normalization.apply(to: text)
        return expected.contains(normalized)
            ? .right(text, "it is the target")
            : .wrong(text, "expected \(expected.quotedList), read \(normalized.quoted)")
    }

    static let examples: [CheckExample] = [
        .init(.right, "PARIS", target: "Paris", reads: "PARIS", why: "case"),
        .init(.right, "**Paris.**", target: "Paris", why: "Markdown and a full stop"),
        .init(.right, "“New   York”", target: "New York", why: "quotes and white space"),
        .init(.right, "It’s five o’clock", target: "it's five o'clock", why: "typographic apostrophes"),
        .init(.right, "Ｐａｒｉｓ", target: "Paris", why: "full-width letters, by NFKC"),
        .init(.right, "STRASSE", target: "Straße", why: "ß folds to ss"),
        .init(.right, "−5", target: "-5", why: "a minus sign is a minus"),
        .init(.right, "Pa\u{AD}ris\u{200B}", target: "Paris", why: "invisible characters"),
        .init(
            .right, "The Eiffel Tower", target: "Eiffel Tower", options: ["ignore_articles": .bool(true)],
            why: "articles, where asked for"),
        .init(.wrong, "The Eiffel Tower", target: "Eiffel Tower", why: "articles count unless asked for"),
        .init(
            .wrong, "A", target: "The", options: ["ignore_articles": .bool(true)],
            why: "an article that is the whole answer stays"),
        .init(.wrong, "5", target: "-5", why: "a sign before a digit is not punctuation"),
        .init(.wrong, "314", target: "3.14", why: "a point inside a number is not punctuation"),
        .init(.wrong, "C", target: "C#", why: "and a # after a letter is not either"),
        .init(.wrong, "C", target: "C++", why: "symbols count"),
        .init(.wrong, "Paris, France", target: "Paris", why: "another word"),
        .init(
            .wrong, "paris", target: "Paris", options: ["ignore_case": .bool(false)], why: "case, where it is to count"),
        .init(.wrong, "...", target: "Paris", why: "nothing but punctuation"),
        .init(.wrong, "  ", target: "Paris", reads: "", why: "an empty answer is a wrong answer"),
        .init(.unscored, "Paris", why: "the sample has no target"),
        .init(.unscored, "!", target: "?", why: "nothing is left of the target"),
    ]
}
