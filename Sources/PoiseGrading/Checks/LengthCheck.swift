import PoiseCore

/// The answer is no longer than it may be.
struct LengthCheck: ReadingCheck {
    static let specification = CheckSpecification(
        name: "length",
        summary: "The answer is within the limits that are given, of which there is at least one.",
        options: [
            .init(name: "max_lines", summary: "Lines that are not blank.", kind: .number),
            .init(name: "max_words", summary: "Words, separated by white space.", kind: .number),
            .init(name: "max_characters", summary: "Characters as a reader sees them.", kind: .number),
        ]
    )

    let extraction = Extraction.none
    private let lines: Int?
    private let words: Int?
    private let characters: Int?

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        lines = try options.whole("max_lines", in: 1...1_000_000)
        words = try options.whole("max_words", in: 1...1_000_000)
        characters = try options.whole("max_characters", in: 1...1_000_000)
        if lines == nil, words == nil, characters == nil {
            throw .missingOption(
                check: Self.specification.name, option: "max_words", expected: "a number, or another limit")
        }
    }

    /// Nothing is expected of the sample.
    func expectation(from sample: Sample) {}

    func verdict(on text: String, expecting expectation: Void) -> Verdict {
        let measures = [
            lines.map { limit in
                let count = text.split(whereSeparator: \.isNewline).count { !$0.allSatisfy(\.isWhitespace) }
                return (name: "lines", count: count, limit: limit)
            },
            words.map { (name: "words", count: text.split(whereSeparator: \.isWhitespace).count, limit: $0) },
            characters.map { (name: "characters", count: text.count, limit: $0) },
        ]
        let exceeded = measures.compactMap { $0 }.filter { $0.count > $0.limit }
        if exceeded.isEmpty { return .right(text, "it is within the limits") }
        let counts = exceeded.map { "\($0.count) \($0.name), where \($0.limit) may be" }
        return .wrong(text, "it has \(counts.joined(separator: "; "))")
    }

    static let examples: [CheckExample] = [
        .init(.right, "nedrag", options: ["max_lines": .number(1)], why: "one line"),
        .init(.right, "\nnedrag\n\n", options: ["max_lines": .number(1)], why: "blank lines do not count"),
        .init(.wrong, "nedrag\nis it", options: ["max_lines": .number(1)], why: "two lines"),
        .init(.right, "one two  three", options: ["max_words": .number(3)], why: "the limit itself may be"),
        .init(.wrong, "one two three four", options: ["max_words": .number(3)], why: "a word too many"),
        .init(.right, "👩‍👩‍👧é", options: ["max_characters": .number(2)], why: "characters as a reader sees them"),
        .init(.wrong, "abc", options: ["max_characters": .number(2)], why: "a character too many"),
        .init(
            .wrong, "one two", options: ["max_lines": .number(1), "max_words": .number(1)], why: "all limits must hold"),
        .init(.wrong, " ", options: ["max_words": .number(3)], reads: "", why: "an empty answer is a wrong answer"),
    ]
}
