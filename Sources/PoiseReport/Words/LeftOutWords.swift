import PoiseCore

/// What of the database is not on the page.
enum LeftOutWords {
    static func sentences(_ content: ReportContent) -> [String] {
        let sampled = (content.detail?.waits ?? []).compactMap(\.sampledTrials)
        guard let most = sampled.max() else { return [] }
        return [
            "Of each candidate and load the gaps of at most \(Numbers.count(most)) streams were read, drawn by the run’s "
                + "seed; all other numbers are of every trial."
        ]
    }
}
