import Foundation
import PoiseCore

/// axe-core, which `make axe` takes from PyPI: no part of the project, and only here where somebody installed it.
enum Axe {
    /// nil where it is not installed.
    static let script: String? = {
        let named = ProcessInfo.processInfo.environment["POISE_AXE"]
        let path = named ?? "\(CommandLineTool.root)/.build/axe/axe_playwright_python/axe.min.js"
        return try? String(contentsOfFile: path, encoding: .utf8)
    }()

    static var isAwaited: Bool { script != nil || Chromium.isNeeded }

    /// What a page breaks of WCAG 2.2 AA and of axe's good practices; an element a line.
    ///
    /// - Parameter rules: all of them where none is named.
    static func violations(on page: BrowserPage, rules: [String] = []) async throws -> [String] {
        guard let script else { throw BrowserError("axe-core is not installed: run make axe") }
        if try await page.isTrue("!window.axe") { try await page.evaluate("\(script)\n;0") }
        let only = rules.isEmpty ? "" : ", runOnly: \(JSONValue.array(rules.map { .string($0) }).text)"
        let found = try await page.evaluate(
            """
            axe.run(document, { resultTypes: ['violations']\(only) }).then(result => result.violations.flatMap(rule =>
                rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.target.join(' ')}`)))
            """)
        guard let texts = found.array?.compactMap(\.string) else { throw BrowserError("axe gave no list") }
        return texts
    }
}
