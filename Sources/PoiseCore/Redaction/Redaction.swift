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
        var range: Range<Int>
        var kind: RedactedKind
        /// The lowest is the surest.
        var rank: Int
    }

    /// In order, none over another: where some meet, all that they cover is one, of the user's own pattern or else of the
    /// kind that is surest.
    private func spans(of text: String, _ bytes: [UInt8]) -> [Span] {
        var found: [Span] = []
        for pattern in patterns {
            found += pattern.ranges(in: text).map { Span(range: $0, kind: .pattern, rank: -1) }
        }
        if hasOwnRules {
            for kind in RedactedKind.allCases where kind != .pattern {
                found += Self.ranges(of: kind, in: bytes).map { Span(range: $0, kind: kind, rank: kind.rawValue) }
            }
        }
        found.sort { ($0.range.lowerBound, $0.rank) < ($1.range.lowerBound, $1.rank) }
        return found.reduce(into: []) { spans, span in
            guard !span.range.isEmpty else { return }
            guard let last = spans.last, span.range.lowerBound < last.range.upperBound else {
                return spans.append(span)
            }
            let surest = span.rank < last.rank ? span : last
            spans[spans.count - 1] = Span(
                range: last.range.lowerBound..<max(last.range.upperBound, span.range.upperBound), kind: surest.kind,
                rank: surest.rank)
        }
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
}
