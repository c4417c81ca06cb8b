/// Blacks out what looks personal or secret in texts that leave the database, and counts what it blacked out.
///
/// By scanners that go over a text once: a million characters without a space take no longer than as many words. What is
/// found is what has the shape (and, where there is one, the checksum) of such a thing; a name or a street has none.
package struct Redaction: Sendable {
    /// Over all texts so far.
    package private(set) var counts = RedactionCounts()
    /// Whether e-mail addresses, numbers and keys are looked for.
    package let hasOwnRules: Bool
    private let patterns: [RedactionPattern]

    /// - Parameters:
    ///   - hasOwnRules: whether e-mail addresses, numbers and keys are looked for.
    ///   - patterns: the user's own, which come first.
    package init(hasOwnRules: Bool = true, patterns: [RedactionPattern] = []) {
        self.hasOwnRules = hasOwnRules
        self.patterns = patterns
    }

    /// Leaves every text as it is.
    package static let none = Redaction(hasOwnRules: false)

    /// Whether nothing is ever changed.
    package var isIdle: Bool { !hasOwnRules && patterns.isEmpty }

    /// The text with every find replaced by its kind in brackets.
    package mutating func redacting(_ text: String) -> String {
        guard !isIdle, !text.isEmpty else { return text }
        let bytes = Array(text.utf8)
        let spans = spans(of: text, bytes)
        guard !spans.isEmpty else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var end = 0
        for span in spans {
            result += bytes[end..<span.range.lowerBound]
            result += span.kind.replacement.utf8
            end = span.range.upperBound
            counts[span.kind] += 1
        }
        result += bytes[end...]
        return String(decoding: result, as: UTF8.self)
    }

    package mutating func redacting(_ text: String?) -> String? {
        text.map { redacting($0) }
    }

    private struct Span {
        let range: Range<Int>
        let kind: RedactedKind
    }

    /// In order, none over another: where two meet, the user's own pattern and then the kind that is surest stays.
    private func spans(of text: String, _ bytes: [UInt8]) -> [Span] {
        var spans: [Span] = []
        for pattern in patterns {
            spans = Self.adding(pattern.ranges(in: text), .pattern, to: spans)
        }
        guard hasOwnRules else { return spans }
        for kind in RedactedKind.allCases where kind != .pattern {
            spans = Self.adding(Self.ranges(of: kind, in: bytes), kind, to: spans)
        }
        return spans
    }

    private static func ranges(of kind: RedactedKind, in bytes: [UInt8]) -> [Range<Int>] {
        switch kind {
        case .key: KeyScanner.ranges(in: bytes)
        case .email: EmailScanner.ranges(in: bytes)
        case .iban: IBANScanner.ranges(in: bytes)
        case .card: CardScanner.ranges(in: bytes)
        case .ipAddress: IPAddressScanner.ranges(in: bytes)
        case .phone: PhoneScanner.ranges(in: bytes)
        case .pattern: []
        }
    }

    /// Merges two lists in order; of the second what meets nothing of the first.
    private static func adding(_ ranges: [Range<Int>], _ kind: RedactedKind, to spans: [Span]) -> [Span] {
        guard !ranges.isEmpty else { return spans }
        var merged: [Span] = []
        merged.reserveCapacity(spans.count + ranges.count)
        var index = 0
        for range in ranges where !range.isEmpty {
            while index < spans.count, spans[index].range.upperBound <= range.lowerBound {
                merged.append(spans[index])
                index += 1
            }
            let isFree = index == spans.count || spans[index].range.lowerBound >= range.upperBound
            if isFree, (merged.last?.range.upperBound ?? 0) <= range.lowerBound {
                merged.append(Span(range: range, kind: kind))
            }
        }
        return merged + spans[index...]
    }
}
