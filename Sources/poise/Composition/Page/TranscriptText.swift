import PoiseCore
import PoiseReport

/// A text as it stands on a page: what is secret blacked out, and its middle cut out where it is too long.
struct TranscriptText {
    /// Characters of one text, in Unicode scalars.
    static let longest = 20_000

    var redaction: Redaction

    mutating func shown(_ text: String) -> String {
        // Blacked out first, so that a secret of any length that stands across the cut is found whole.
        let clean = redaction.redacting(text)
        // No scalar has fewer bytes than one: the common case needs no counting.
        guard clean.utf8.count > Self.longest else { return clean }
        let scalars = clean.unicodeScalars
        let count = scalars.count
        guard count > Self.longest else { return clean }
        let half = Self.longest / 2
        let left = Numbers.count(count - Self.longest)
        return "\(String(scalars.prefix(half)))\n\n[… \(left) characters are left out here …]\n\n"
            + String(scalars.suffix(half))
    }
}
