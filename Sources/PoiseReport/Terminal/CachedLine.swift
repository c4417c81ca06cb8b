import PoiseCore

/// What stands under the table where responses are from the cache: they are behind the accuracies and no speed.
package enum CachedLine {
    /// More candidates than this are summed up in one sentence.
    private static let mostListed = 4

    /// Empty where all responses were generated now.
    ///
    /// - Parameter width: columns of the terminal.
    package static func text(_ content: ReportContent, width: Int) -> String {
        content.parts.flatMap(sentences)
            .flatMap { TerminalText.wrapped($0, to: max(24, width)) }.map { $0 + "\n" }.joined()
    }

    private static func sentences(_ content: ReportContent) -> [String] {
        let counts = content.candidates.compactMap { candidate -> (name: String, cached: Int, all: Int?)? in
            let cached = content.cachedResponses[candidate.id]?.values.reduce(0, +) ?? 0
            return cached > 0 ? (candidate.id, cached, content.responses[candidate.id]?.responses) : nil
        }
        let end = "from the cache, with a score and without a speed."
        guard counts.count > mostListed else {
            return counts.map { "\(TerminalText.printable($0.name)): \(share($0.cached, of: $0.all)) are \(end)" }
        }
        let all = counts.compactMap(\.all)
        let whole = share(counts.reduce(0) { $0 + $1.cached }, of: all.count == counts.count ? all.reduce(0, +) : nil)
        return ["\(whole) of \(counts.count) candidates are \(end)"]
    }

    private static func share(_ cached: Int, of all: Int?) -> String {
        "\(Numbers.count(cached))\(all.map { " of \(Numbers.count($0))" } ?? "") responses"
    }
}
