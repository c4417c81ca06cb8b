import PoiseCore
import PoiseReport

/// A text as it stands on a page: what is secret blacked out, and its middle cut out where it is too long.
struct TranscriptText {
    /// Characters of one text, in Unicode scalars.
    static let longest = 20_000
    /// What is looked at beyond a cut, so that a secret that stands across it is found whole.
    private static let margin = 4_000

    var redaction: Redaction

    mutating func shown(_ text: String) -> String {
        // No scalar has fewer bytes than one: the common case needs no counting.
        guard text.utf8.count > Self.longest else { return redaction.redacting(text) }
        let scalars = text.unicodeScalars
        let count = scalars.count
        guard count > Self.longest else { return redaction.redacting(text) }
        let half = Self.longest / 2
        let head = redaction.redacting(String(scalars.prefix(half + Self.margin)))
        let tail = redaction.redacting(String(scalars.suffix(half + Self.margin)))
        let left = Numbers.count(count - Self.longest)
        return "\(String(head.unicodeScalars.prefix(half)))\n\n[… \(left) characters are left out here …]\n\n"
            + String(tail.unicodeScalars.suffix(half))
    }
}
