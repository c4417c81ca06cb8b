import PoiseCore

/// A regular expression is found in the answer.
struct RegexCheck: ReadingCheck {
    static let specification = CheckSpecification(
        name: "regex",
        summary: """
            A regular expression (ICU syntax) is found anywhere in the answer; `^` and `$` are its ends, `(?m)` makes \
            them those of lines. What the first group matches is read as the answer.
            """,
        options: [
            .init(name: "pattern", summary: "The expression (default: any of the targets).", kind: .pattern),
            .init(name: "ignore_case", summary: "Whether case is ignored (default false).", kind: .bool),
        ] + Extraction.options()
    )

    let extraction: Extraction
    private let pattern: BoundedExpression?
    private let ignoresCase: Bool

    init(options: [String: JSONValue]) throws(GraderError) {
        let options = try CheckOptions(options, of: Self.specification)
        extraction = try Extraction(options)
        ignoresCase = options.bool("ignore_case", default: false)
        guard let source = options.string("pattern") else {
            pattern = nil
            return
        }
        guard !source.isEmpty, let compiled = try? BoundedExpression(source, ignoringCase: ignoresCase) else {
            throw options.bad("pattern", "is empty", remedy: "Give an expression, or leave it out to use the targets.")
        }
        pattern = compiled
    }

    func expectation(from sample: Sample) throws(Unscorable) -> [BoundedExpression] {
        if let pattern { return [pattern] }
        var expressions: [BoundedExpression] = []
        for target in try targets(of: sample) {
            guard let expression = try? BoundedExpression(target, ignoringCase: ignoresCase) else {
                throw Unscorable(reason: "the target \(target.quoted) is not a regular expression")
            }
            expressions.append(expression)
        }
        return expressions
    }

    func verdict(on text: String, expecting expressions: [BoundedExpression]) throws(Unscorable) -> Verdict {
        for expression in expressions {
            switch expression.search(text) {
            case .found(let match): return .right(match, "the pattern is found")
            case .absent: continue
            case .exhausted:
                // The one case in which the answer has a say in whether it can be scored: neither result is known.
                throw Unscorable(reason: "the pattern backtracks so much on this response that the search was given up")
            }
        }
        return .wrong(text, "the pattern is not found")
    }

    private static let date: [String: JSONValue] = ["pattern": .string(#"^(\d{4})-\d\d-\d\d$"#)]

    static let examples: [CheckExample] = [
        .init(.right, "2026-11-21", options: date, reads: "2026", why: "found; the first group is what was read"),
        .init(.right, "2026-11-21\n", options: date, why: "white space around the answer is not part of it"),
        .init(.wrong, "On 2026-11-21.", options: date, why: "the ends are those of the answer"),
        .init(
            .right, "So:\n2026-11-21\nDone", options: ["pattern": .string(#"(?m)^\d{4}-\d\d-\d\d$"#)],
            reads: "2026-11-21", why: "or of a line, where asked for"),
        .init(.right, "colour", target: "colou?r", reads: "colour", why: "the target is the pattern"),
        .init(.right, "gray", target: "colou?r", "gr[ae]y", why: "any of several targets"),
        .init(.wrong, "Colour", target: "colour", why: "case counts"),
        .init(.right, "Colour", target: "colour", options: ["ignore_case": .bool(true)], why: "unless it is ignored"),
        .init(.right, "naïve 東京", options: ["pattern": .string(#"\p{Han}+"#)], reads: "東京", why: "Unicode classes"),
        .init(.wrong, "", options: ["pattern": .string("^$")], reads: "", why: "an empty answer is always wrong"),
        .init(.unscored, "colour", why: "no target and no pattern"),
        .init(.unscored, "colour", target: "colou(r", why: "the target is no expression"),
        .init(
            .unscored, String(repeating: "a", count: 40) + "!", options: ["pattern": .string("(a+)+$")],
            why: "a pattern that would take years is given up"),
    ]
}
