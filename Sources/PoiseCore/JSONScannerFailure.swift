extension JSONScanner {
    /// Why text is not the JSON that it should be, and where.
    package struct Failure: ExplainedError, Hashable {
        package enum Reason: Hashable, Sendable {
            /// A byte that cannot stand here, or a value of another kind than the one that was asked for.
            case unexpected
            case ended
            case controlCharacter, escape, encoding
            case number
            /// Some parsers, Foundation's JSONSerialization among them, take it.
            case trailingComma
            case tooDeep
        }

        package let reason: Reason
        /// Bytes before the place.
        package let offset: Int

        package init(reason: Reason, offset: Int) {
            self.reason = reason
            self.offset = offset
        }

        package var what: String {
            switch reason {
            case .unexpected: "something else was expected"
            case .ended: "the text ends too early"
            case .controlCharacter: "a string holds a control character"
            case .escape: "a string holds an escape that is none"
            case .encoding: "a string is not UTF-8"
            case .number: "a number is malformed"
            case .trailingComma: "a comma is followed by nothing"
            case .tooDeep: "arrays and objects lie more than \(JSONScanner.maximumDepth) deep"
            }
        }
        package var place: String? { "byte \(offset)" }
        package var remedy: String? { nil }
    }
}
