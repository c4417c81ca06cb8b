import Foundation

/// A regular expression whose search always ends.
///
/// NSRegularExpression (ICU) and not Swift's Regex: both backtrack, but ICU reports its progress while it searches, so a
/// search can be stopped. The limit counts those reports and not time, so that every machine stops at the same point
/// and gives the same score.
struct BoundedExpression: Sendable {
    /// Why a pattern cannot be used.
    struct Malformed: Error {}

    enum Outcome: Hashable, Sendable {
        case found(String)
        case absent
        /// The search was given up: the pattern backtracks too much on this text.
        case exhausted
    }

    /// Reports that a search may make beyond the one for each position of the text; about 10,000 steps of ICU lie
    /// between two of them, so this is a fraction of a second.
    private static let budget = 1000

    private let expression: NSRegularExpression

    init(_ pattern: String, ignoringCase: Bool) throws(Malformed) {
        do {
            expression = try NSRegularExpression(pattern: pattern, options: ignoringCase ? [.caseInsensitive] : [])
        } catch {
            throw Malformed()
        }
    }

    /// The first match: its first group where it has one, else all of it.
    func search(_ text: String) -> Outcome {
        let whole = NSRange(text.startIndex..., in: text)
        let limit = whole.length + Self.budget
        var reports = 0
        var outcome = Outcome.absent
        expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: whole) {
            match, flags, stop in
            if let match {
                outcome = .found(Self.text(of: match, in: text))
                stop.pointee = true
            } else if flags.contains(.internalError) {
                outcome = .exhausted
            } else if flags.contains(.progress) {
                reports += 1
                if reports > limit {
                    outcome = .exhausted
                    stop.pointee = true
                }
            }
        }
        return outcome
    }

    private static func text(of match: NSTextCheckingResult, in text: String) -> String {
        let groups = (0..<match.numberOfRanges).map { match.range(at: $0) }
        let range = groups.dropFirst().first { $0.location != NSNotFound } ?? match.range
        return (text as NSString).substring(with: range)
    }
}
