import Foundation
import PoiseCore

/// A regular expression whose search always ends.
///
/// NSRegularExpression (ICU) and not Swift's Regex: both backtrack, but ICU reports its progress while it searches, so a
/// search can be stopped. The limit counts those reports, so that every machine stops at the same point and gives the
/// same score; only in texts of many pages time counts too.
struct BoundedExpression: Sendable {
    /// Why a pattern cannot be used.
    struct Malformed: Error {}

    enum Outcome: Hashable, Sendable {
        case found(String)
        case absent
        /// The search was given up: the pattern backtracks too much on this text.
        case exhausted
    }

    /// What of a match is read.
    enum Part: Hashable, Sendable {
        /// The first group that took part, or all of the match where none did.
        case firstGroup
        /// A group by its number; 0 is all of the match.
        case number(Int)
        case name(String)
    }

    /// Which match of several is read.
    enum Occurrence: String, CaseIterable, Sendable {
        case first, last
    }

    private let expression: NSRegularExpression

    init(_ pattern: String, ignoringCase: Bool) throws(Malformed) {
        do {
            expression = try NSRegularExpression(pattern: pattern, options: ignoringCase ? [.caseInsensitive] : [])
        } catch {
            throw Malformed()
        }
    }

    /// Whether the pattern has such a group.
    func has(_ part: Part) -> Bool {
        switch part {
        case .firstGroup: true
        case .number(let number): (0...expression.numberOfCaptureGroups).contains(number)
        case .name(let name): expression.pattern.contains("(?<\(name)>")
        }
    }

    /// The first match, or the last, in which the wanted part took part.
    func search(_ text: String, for part: Part = .firstGroup, in occurrence: Occurrence = .first) -> Outcome {
        var found: NSTextCheckingResult?
        let isFinished = enumerate(text) { match in
            guard Self.range(of: part, in: match).location != NSNotFound else { return true }
            found = match
            return occurrence == .last
        }
        guard isFinished else { return .exhausted }
        return found.map { .found((text as NSString).substring(with: Self.range(of: part, in: $0))) } ?? .absent
    }

    /// How often it is found, one match after the other; nil where the search was given up.
    func count(in text: String) -> Int? {
        var count = 0
        let isFinished = enumerate(text) { _ in
            count += 1
            return true
        }
        return isFinished ? count : nil
    }

    /// Goes through the matches until `next` says no.
    ///
    /// - Returns: false where the search was given up.
    private func enumerate(_ text: String, _ next: (NSTextCheckingResult) -> Bool) -> Bool {
        let whole = NSRange(text.startIndex..., in: text)
        var budget = SearchBudget(length: whole.length)
        var isFinished = true
        withoutActuallyEscaping(next) { next in
            expression.enumerateMatches(in: text, options: [.reportProgress, .reportCompletion], range: whole) {
                match, flags, stop in
                if let match {
                    if !next(match) { stop.pointee = true }
                } else if flags.contains(.internalError) {
                    isFinished = false
                } else if flags.contains(.progress), budget.isSpent() {
                    isFinished = false
                    stop.pointee = true
                }
            }
        }
        return isFinished
    }

    private static func range(of part: Part, in match: NSTextCheckingResult) -> NSRange {
        switch part {
        case .firstGroup:
            let groups = (0..<match.numberOfRanges).map { match.range(at: $0) }
            return groups.dropFirst().first { $0.location != NSNotFound } ?? match.range
        case .number(let number): return match.range(at: number)
        case .name(let name): return match.range(withName: name)
        }
    }
}
