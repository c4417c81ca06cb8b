import Foundation
import Testing

/// What is tried in a real browser: one browser for all of it, and one test after the other.
@Suite(.serialized, .enabled(if: Chromium.isAwaited, "no Chromium on PATH: nothing of the page is tried in a browser"))
struct BrowserTests {}

/// What a test in a browser could not do, or waited for in vain.
struct BrowserError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Expects that a rule has found nothing, and says what it has found.
func expectNothing(
    _ findings: [String], _ where: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        findings.isEmpty, "\(`where`())\n\(findings.prefix(30).joined(separator: "\n"))", sourceLocation: sourceLocation
    )
}
