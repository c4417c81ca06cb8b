import PoiseCore

@testable import PoiseGrading

extension FuzzTarget {
    /// Answers of a hostile model to every check, with the samples and options of the check's own examples.
    static let answers = FuzzTarget(name: "answers") { bytes in
        guard let (settings, rest) = bytes.chosen(among: checks),
            let (setting, answer) = rest.chosen(among: settings)
        else { return }
        let text = String(decoding: answer, as: UTF8.self)
        let score = setting.check.score(text, for: setting.sample)
        try promise(score.value.map { (0...1).contains($0) } ?? true, "\(setting.name): a score of \(score)")
        try promiseEqual(setting.check.score(text, for: setting.sample), score, "\(setting.name): graded again")
        // Two candidates would else be compared over different samples; `math` and searches that were given up say so.
        if setting.alwaysScores, !text.utf8.isEmpty {
            let isScored = setting.check.score("x", for: setting.sample).value != nil
            try promiseEqual(score.value != nil, isScored, "\(setting.name): the answer decides whether it is scored")
        }
    }

    /// A formula as an answer to another one, in two lines: it is read alike each time, and equals itself.
    static let mathematics = FuzzTarget(name: "mathematics") { bytes in
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let first = lines.first, let whole = wholeMath else { return }
        for (target, answer) in [(first, lines.last ?? ""), (lines.last ?? "", first)] {
            let sample = Sample(id: "s", input: .text("…"), target: [target])
            let score = whole.score(answer, for: sample)
            try promiseEqual(whole.score(answer, for: sample), score, "graded again")
        }
        let itself = whole.score(first, for: Sample(id: "s", input: .text("…"), target: [first]))
        try promise(itself.value ?? 1 == 1, "a formula that is not itself: \(itself)")
    }

    private static let wholeMath = try? MathCheck(options: ["extract": .string("none")])

    /// A check with the options and the sample of one of its examples.
    private struct Setting: Sendable {
        let name: String
        let check: any TextCheck
        let sample: Sample
        let alwaysScores: Bool
    }

    /// For each check the settings that its examples have, in their order.
    private static let checks: [[Setting]] = CheckCatalog.textChecks.map { type in
        let name = type.specification.name
        var known: Set<[String]> = []
        return type.examples.compactMap { example in
            let key = [JSONValue.object(example.options).text] + example.sample.target + ["\0"] + example.sample.choices
            guard known.insert(key).inserted, let check = try? type.init(options: example.options) else { return nil }
            let searches = name == "regex" || example.options["pattern"] != nil || name == "json_schema"
            return Setting(
                name: name, check: check, sample: example.sample, alwaysScores: name != "math" && !searches)
        }
    }
}
