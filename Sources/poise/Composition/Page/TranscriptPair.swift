import PoiseCore
import PoiseReport

/// Which two candidates a reader sees side by side before choosing others.
enum TranscriptPair {
    /// The pick, or else the most accurate one, held against the baseline, or else the next best.
    ///
    /// - Parameter candidates: those that were measured, in the suite's order.
    /// - Returns: nil where there are fewer than two.
    static func pair(
        of candidates: [String], at load: Load, _ content: ReportContent, _ choices: [Choice]
    ) -> Transcripts.Pair? {
        let points = content.points.filter { $0.load == load && candidates.contains($0.candidate) }
        let ranked = points.enumerated().sorted { left, right in
            (left.element.accuracy ?? -1, -left.offset) > (right.element.accuracy ?? -1, -right.offset)
        }.map(\.element.candidate)
        let decision = choices.first { $0.load == load }?.decision
        let all = ranked + candidates.filter { !ranked.contains($0) }
        guard let best = ([decision?.pick].compactMap(\.self) + all).first(where: candidates.contains) else {
            return nil
        }
        if let baseline = content.baseline, baseline != best, candidates.contains(baseline) {
            return Transcripts.Pair(base: baseline, candidate: best)
        }
        let next = [decision?.runnerUp?.candidate].compactMap(\.self) + all
        guard let other = next.first(where: { $0 != best && candidates.contains($0) }) else { return nil }
        // The baseline stays what others are held against.
        return content.baseline == best
            ? Transcripts.Pair(base: best, candidate: other) : Transcripts.Pair(base: other, candidate: best)
    }
}
