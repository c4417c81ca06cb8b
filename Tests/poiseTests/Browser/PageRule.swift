import Foundation
import PoiseCore
import Testing

/// A rule that a page is held to, in `Rules/NAME.js`; `Rules/NAME.html` has pages that it accepts and rejects.
enum PageRule: String, CaseIterable, Sendable {
    case bidi, charts, contrast, cut, foreign, inside, overlap, references, sideways, structure, targets

    /// What depends on the width of the window.
    static let ofLayout: [PageRule] = [.sideways, .cut, .overlap, .inside, .targets, .contrast]
    /// What is the same in every window.
    static let ofMarkup: [PageRule] = [.references, .structure, .charts, .foreign, .bidi]

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Rules")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    /// An expression whose value is the list of findings.
    func expression() throws -> String {
        let rule = try Self.text("\(rawValue).js").split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0.hasPrefix("//") }.joined(separator: "\n")
        return "(() => {\n\(try Self.text("prelude.js"))\nreturn (\(rule))()\n})()"
    }

    struct Example: Sendable {
        let rule: PageRule
        let isAccepted: Bool
        let what: String
        let body: String
    }

    /// Each begins with a line `<!-- accepted: what it shows -->` or `<!-- rejected: … -->`.
    func examples() throws -> [Example] {
        try Self.text("\(rawValue).html").components(separatedBy: "<!-- ").dropFirst().map { part in
            let pieces = part.components(separatedBy: " -->\n")
            let head = (pieces.first ?? "").components(separatedBy: ": ")
            try #require(pieces.count == 2 && head.count >= 2 && ["accepted", "rejected"].contains(head[0]), "\(part)")
            return Example(
                rule: self, isAccepted: head[0] == "accepted", what: head.dropFirst().joined(separator: ": "),
                body: pieces[1])
        }
    }
}

extension BrowserPage {
    /// Where the page breaks a rule, a text each.
    func findings(_ rule: PageRule) async throws -> [String] {
        try await strings(try rule.expression()).map { "\(rule): \($0)" }
    }

    func findings(_ rules: [PageRule]) async throws -> [String] {
        var all: [String] = []
        for rule in rules { all += try await findings(rule) }
        return all
    }
}
