import Foundation

/// A regular expression of the user's own, whose search always ends.
///
/// In ICU's syntax. Where it backtracks too much on a text, the whole text counts as found: what could not be searched must
/// not be shown.
package struct RedactionPattern: Sendable {
    /// Why a pattern cannot be used.
    package struct Malformed: ExplainedError, Hashable {
        package let pattern: String
        package let reason: String
        /// The character that is wrong, from 1; nil where that is not known.
        package let character: Int?

        package var what: String { "the regular expression “\(pattern)” cannot be read: \(reason)" }
        package var place: String? { character.map { "character \($0)" } }
        package var remedy: String? {
            "Put a backslash before a character that means itself: . ( ) [ ] { } * + ? | ^ $ \\"
        }
    }

    private let expression: NSRegularExpression

    /// As it was written.
    package var text: String { expression.pattern }

    package init(_ pattern: String) throws(Malformed) {
        if pattern.isEmpty { throw Malformed(pattern: pattern, reason: "it is empty", character: nil) }
        do {
            expression = try NSRegularExpression(pattern: pattern)
        } catch {
            let fault = PatternFault(in: pattern)
            throw Malformed(
                pattern: pattern, reason: fault?.reason ?? "its syntax is wrong", character: fault.map { $0.offset + 1 }
            )
        }
        if expression.firstMatch(in: "", range: NSRange(location: 0, length: 0)) != nil {
            throw Malformed(pattern: pattern, reason: "it matches an empty text, so everywhere", character: nil)
        }
    }

    /// Bytes of UTF-8, in order.
    func ranges(in text: String) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        let whole = NSRange(text.startIndex..., in: text)
        var budget = SearchBudget(length: whole.length)
        var isGivenUp = false
        expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: whole) {
            match, flags, stop in
            if let match, let found = Range(match.range, in: text) {
                let start = text.utf8.distance(from: text.startIndex, to: found.lowerBound)
                ranges.append(start..<start + text.utf8.distance(from: found.lowerBound, to: found.upperBound))
            } else if flags.contains(.internalError) {
                isGivenUp = true
            } else if flags.contains(.progress), budget.isSpent() {
                isGivenUp = true
                stop.pointee = true
            }
        }
        return isGivenUp ? [0..<text.utf8.count] : ranges
    }
}

/// What is wrong with a regular expression, as far as its brackets and repeats tell; ICU itself does not say.
struct PatternFault: Hashable {
    let reason: String
    /// Characters before it.
    let offset: Int

    init?(in pattern: String) {
        var groups: [Int] = []
        var bracket: Int?
        var isEscaped = false
        var repeats = false
        for (offset, character) in pattern.enumerated() {
            if isEscaped {
                (isEscaped, repeats) = (false, true)
                continue
            }
            if character == "\\" {
                isEscaped = true
            } else if bracket != nil {
                if character == "]" { (bracket, repeats) = (nil, true) }
            } else {
                switch character {
                case "[": bracket = offset
                case "(":
                    groups.append(offset)
                    repeats = false
                case ")":
                    guard groups.popLast() != nil else {
                        self.init("a bracket closes that was never opened", offset)
                        return
                    }
                    repeats = true
                case "*", "+":
                    guard repeats else {
                        self.init("there is nothing before “\(character)” to repeat", offset)
                        return
                    }
                case "|": repeats = false
                default: repeats = true
                }
            }
        }
        if let bracket {
            self.init("the bracket [ is never closed", bracket)
        } else if let open = groups.last {
            self.init("the bracket ( is never closed", open)
        } else if isEscaped {
            self.init("it ends in a backslash", pattern.count - 1)
        } else {
            return nil
        }
    }

    private init(_ reason: String, _ offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
