import Foundation
import PoiseCore

/// The answer of a response whose server left the model's thinking in it, between `<think>` and `</think>`.
///
/// The client takes such thinking out as it arrives; responses that were stored before it did still have it.
struct InlineReasoning: Hashable, Sendable {
    /// What is graded.
    let answer: String
    /// The thinking never ended: nothing that stands in it is an answer, and the response has none.
    let isUnclosed: Bool

    /// An answer beside which the thinking stands already is taken as it is: tags in it are its own.
    init(_ response: Response) {
        if response.reasoning.isEmpty {
            self.init(response.answer)
        } else {
            self.init(answer: response.answer, isUnclosed: false)
        }
    }

    private init(answer: String, isUnclosed: Bool) {
        self.answer = answer
        self.isUnclosed = isUnclosed
    }

    /// Takes out thinking at the start only; later on, the tags are what the answer talks about.
    ///
    /// Some templates write the opening tag into the prompt, so that a response holds the closing one alone.
    init(_ response: String) {
        // Most responses have no tag at all, which is quickly seen.
        guard response.utf8.contains(UInt8(ascii: "<")) else {
            (answer, isUnclosed) = (response, false)
            return
        }
        var rest = response[...]
        if !Self.opens(rest), let end = rest.range(of: Self.closing), !rest[..<end.lowerBound].contains(Self.opening) {
            rest = rest[end.upperBound...]
        }
        while Self.opens(rest) {
            guard let end = rest.range(of: Self.closing) else {
                (answer, isUnclosed) = ("", true)
                return
            }
            rest = rest[end.upperBound...]
        }
        (answer, isUnclosed) = (String(rest), false)
    }

    private static let opening = "<think>"
    private static let closing = "</think>"

    private static func opens(_ text: Substring) -> Bool { text.drop(while: \.isWhitespace).hasPrefix(opening) }
}
