import PoiseCore

/// What of an answer is compared: all of it, or the part in which it states its result.
struct Extraction: Hashable, Sendable {
    enum Method: String, CaseIterable, Sendable {
        /// The whole answer.
        case none
        case lastNumber = "last_number"
        case firstNumber = "first_number"
        /// The last line that is not blank.
        case finalLine = "final_line"
        /// What follows the last marker on its line, or on the next one where nothing does.
        case after
        /// What stands in the last `\boxed{…}`.
        case boxed
        /// The last code fence; the whole answer where there is none.
        case fencedCode = "fenced_code"
    }

    /// What was read, or why there is nothing.
    enum Reading: Hashable, Sendable {
        case text(String)
        case nothing(String)
    }

    static let none = Extraction(method: .none)
    /// How most prompts ask for the result.
    static let defaultMarker = "Answer:"

    let method: Method
    let marker: String

    init(method: Method, marker: String = defaultMarker) {
        self.method = method
        self.marker = marker
    }

    /// Reads `extract` and `marker`.
    init(_ options: CheckOptions) throws(GraderError) {
        self.init(
            method: options.string("extract").flatMap(Method.init) ?? .none,
            marker: try Self.marker(options) ?? "Answer:"
        )
    }

    /// The marker where one is given: it needs `extract: after`, and must not be blank.
    static func marker(_ options: CheckOptions) throws(GraderError) -> String? {
        guard let marker = options.string("marker") else { return nil }
        guard options.string("extract") == Method.after.rawValue else {
            throw options.bad("marker", "is used only by `extract: after`", remedy: "Add `extract: after`.")
        }
        guard !marker.isBlank else {
            throw options.bad("marker", "is blank", remedy: "Give the words that stand before the answer.")
        }
        return marker
    }

    /// The two options, for the specification of a check.
    static func options(
        _ methods: [String] = Method.allCases.map(\.rawValue), default standard: String = Method.none.rawValue
    ) -> [CheckSpecification.Option] {
        [
            .init(
                name: "extract", summary: "What of the answer is compared (default \(standard)).", kind: .oneOf(methods)
            ),
            .init(
                name: "marker",
                summary: "The words before the result, for `extract: after` (default “\(defaultMarker)”).",
                kind: .string),
        ]
    }

    /// Reads an answer; what comes out is never blank.
    func read(_ answer: String) -> Reading {
        let (found, absence): (String?, String) =
            switch method {
            case .none: (answer, "the response is empty")
            case .lastNumber: (NumberReading.all(in: answer).last?.text, "the response holds no number")
            case .firstNumber: (NumberReading.all(in: answer).first?.text, "the response holds no number")
            case .finalLine: (finalLine(of: answer), "the response is empty")
            case .after: (Self.text(after: marker, in: answer), "nothing stands after \(marker.quoted) in the response")
            case .boxed: (Self.boxed(in: answer), "the response holds no \\boxed{…}")
            case .fencedCode: (fencedBlocks(in: answer).last ?? answer, "the code fence in the response is empty")
            }
        guard let text = found?.trimmed, !text.isEmpty else { return .nothing(absence) }
        return .text(text)
    }

    private func finalLine(of answer: String) -> String? {
        answer.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
    }

    /// What follows the last occurrence of a marker, in any case, without the emphasis around it.
    private static func text(after marker: String, in answer: String) -> String? {
        let characters = Array(answer)
        // Character by character: lowercasing the whole text could change its length.
        let wanted = marker.trimmed.map { $0.lowercased() }
        guard characters.count >= wanted.count else { return nil }
        let starts = stride(from: characters.count - wanted.count, through: 0, by: -1)
        let start = starts.first { start in
            wanted.indices.allSatisfy { characters[start + $0].lowercased() == wanted[$0] }
        }
        guard let start else { return nil }
        return characters[(start + wanted.count)...]
            .split(whereSeparator: \.isNewline)
            .map { withoutEmphasis(String($0).trimmed) }
            .first { !$0.isEmpty }
    }

    /// Without Markdown's strong emphasis at either end, which may belong to the marker, and without a pair of marks.
    private static func withoutEmphasis(_ text: String) -> String {
        var rest = Substring(text).trimmed
        var isDone = false
        while !isDone {
            isDone = true
            for mark in ["**", "__"] {
                if rest.hasPrefix(mark) { (rest, isDone) = (rest.dropFirst(2).trimmed, false) }
                if rest.hasSuffix(mark) { (rest, isDone) = (rest.dropLast(2).trimmed, false) }
            }
            for mark in ["*", "_", "`"] where rest.count > 2 && rest.hasPrefix(mark) && rest.hasSuffix(mark) {
                (rest, isDone) = (rest.dropFirst().dropLast().trimmed, false)
            }
        }
        return String(rest)
    }

    /// The content of the last `\boxed{…}` whose braces are balanced, without a `\text{…}` around it.
    static func boxed(in answer: String) -> String? {
        let command = Array("\\boxed{")
        let characters = Array(answer)
        guard characters.count > command.count else { return nil }
        for start in stride(from: characters.count - command.count, through: 0, by: -1)
        where characters[start..<(start + command.count)].elementsEqual(command) {
            if let content = balanced(characters[(start + command.count)...]) { return unwrapped(content) }
        }
        return nil
    }

    /// What stands before the brace that closes the one before the text; nil where none does.
    private static func balanced(_ characters: ArraySlice<Character>) -> String? {
        // No result is longer, and the limit keeps a long text of unclosed boxes from taking quadratic time.
        let limit = 2000
        var depth = 1
        for (index, character) in zip(characters.indices, characters).prefix(limit) {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            if depth == 0 { return String(characters[..<index]) }
        }
        return nil
    }

    private static func unwrapped(_ content: String) -> String {
        let inner = content.trimmed
        for command in ["text", "textbf", "mathrm", "mathbf", "mbox"] {
            let opening = "\\\(command){"
            if inner.hasPrefix(opening), inner.hasSuffix("}") {
                return String(inner.dropFirst(opening.count).dropLast())
            }
        }
        return inner
    }
}
