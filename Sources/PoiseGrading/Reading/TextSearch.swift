import PoiseCore

/// Looks for texts in an answer, by whole words: 5 is not in 25.
struct TextSearch: Sendable {
    static let options: [CheckSpecification.Option] = [
        ExpectedTexts.option,
        .init(name: "ignore_case", summary: "Whether case is ignored (default false).", kind: .bool),
        .init(
            name: "whole_words", summary: "Whether a text must not be part of a longer word or number (default true).",
            kind: .bool),
    ]

    private let normalization: TextNormalization
    private let wholeWords: Bool

    init(_ options: CheckOptions) {
        normalization = TextNormalization(ignoresCase: options.bool("ignore_case", default: false))
        wholeWords = options.bool("whole_words", default: true)
    }

    /// Those of the texts that the answer contains, in their order.
    func found(_ texts: [String], in answer: String) -> [String] {
        let haystack = Array(normalization.apply(to: answer))
        return texts.filter { contains(Array(normalization.apply(to: $0)), in: haystack) }
    }

    private func contains(_ needle: [Character], in haystack: [Character]) -> Bool {
        guard let first = needle.first, needle.count <= haystack.count else { return false }
        return (0...(haystack.count - needle.count)).contains { start in
            guard haystack[start] == first else { return false }
            let end = start + needle.count
            guard haystack[start..<end].elementsEqual(needle) else { return false }
            return !wholeWords || (!isInside(haystack, start) && !isInside(haystack, end))
        }
    }

    /// Whether a position is inside a word or a number.
    private func isInside(_ text: [Character], _ position: Int) -> Bool {
        guard position > 0, position < text.count else { return false }
        let (left, right) = (text[position - 1], text[position])
        let before = position > 1 ? text[position - 2] : " "
        let after = position + 1 < text.count ? text[position + 1] : " "
        if isWordCharacter(left), isWordCharacter(right) { return true }
        // The line of x_1 is inside a word; that of _x_ is emphasis.
        if left == "_", isWordCharacter(right) { return isWordCharacter(before) }
        if right == "_", isWordCharacter(left) { return isWordCharacter(after) }
        // The minus of -5 is inside a number, that of 3-5 is not; C++ and C# are words.
        if left == "-", right.isNumber { return !isWordCharacter(before) && !")]}%".contains(before) }
        if left.isLetter, "+#".contains(right) { return !isWordCharacter(after) }
        // The point of 5.2 and the comma of 1,234 are inside a number.
        func isPoint(_ character: Character) -> Bool { character == "." || character == "," }
        if isPoint(left), right.isNumber { return before.isNumber }
        if left.isNumber, isPoint(right) { return after.isNumber }
        return false
    }

    /// Digits, and letters of scripts that put spaces between words (Latin, Greek, Cyrillic); in the others there is no
    /// edge to look for.
    private func isWordCharacter(_ character: Character) -> Bool {
        if character.isNumber { return true }
        guard character.isLetter, let scalar = character.unicodeScalars.first else { return false }
        return scalar.value <= 0x52F || (0x1E00...0x1FFF).contains(scalar.value)
    }
}
