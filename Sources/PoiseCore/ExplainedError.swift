package import Foundation

/// An error that says what failed, where, and what to do.
package protocol ExplainedError: LocalizedError, Sendable {
    /// What failed, as a clause without a full stop.
    var what: String { get }
    /// Where: `path:line`, a sample, a candidate.
    var place: String? { get }
    /// What the reader can do about it.
    var remedy: String? { get }
}

extension ExplainedError {
    public var errorDescription: String? {
        let located = place.map { "\($0): \(what)" } ?? what
        return remedy.map { "\(located)\n  \($0)" } ?? located
    }

    // Stated here, so that a conforming type need not import Foundation for the defaults.
    public var failureReason: String? { what }
    public var recoverySuggestion: String? { remedy }
    public var helpAnchor: String? { nil }
}
