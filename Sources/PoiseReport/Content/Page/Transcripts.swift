import PoiseCore

/// Samples with the responses to them, as far as they stand on the page.
package struct Transcripts: Hashable, Sendable {
    package init() {}
}
