import PoiseCore

/// How the numbers of a front's x axis are taken, in a sentence.
enum FrontMethods {
    /// Of the front that every run ends with, where it is known how each candidate's speed was taken.
    static func decodeSpeed(_ content: ReportContent, _ view: FrontView) -> String {
        let rounds = rounds(content)
        let summed = view.drawn.filter { $0.point.decodeTPSMethod == .ratioOfSums }
        guard !summed.isEmpty else { return "Speeds are medians over trials in \(rounds)." }
        let names = summed.count > 4 ? Numbers.counted(summed.count, "candidate") : Wording.names(summed)
        return "Speeds are of \(rounds): medians over trials, and all tokens over all time where fewer than 10 trials "
            + "decoded at least 8 (\(names))."
    }

    /// Of any front.
    static func sentence(_ metric: Metric, _ content: ReportContent) -> String {
        let rounds = rounds(content)
        switch metric {
        case .decodeTPS:
            return
                "Speeds are of \(rounds): medians over trials, and all tokens over all time where fewer than 10 trials "
                + "decoded at least 8."
        case .ttft, .ttfo, .latency: return "Times are medians over trials in \(rounds)."
        case .charactersPerSecond: return "Speeds are medians over trials in \(rounds)."
        case .outputTokens: return "Lengths are medians over trials in \(rounds)."
        case .throughput:
            return "Throughput is the output tokens of all completed trials, of whatever task, over the time from the "
                + "first start to the last end of each of \(rounds)."
        case .timeToCorrect: return "The time is all waiting divided by all correct answers, in \(rounds)."
        case .tokensToCorrect:
            return "The tokens are all that were written divided by all correct answers, in \(rounds)."
        case .costToCorrect: return "The cost is what all responses cost divided by all correct answers, in \(rounds)."
        case .memory: return "Memory is the most that the engine’s process held, in whatever task."
        }
    }

    private static func rounds(_ content: ReportContent) -> String {
        content.rounds == 1 ? "one round" : "\(Numbers.count(content.rounds)) rounds"
    }
}
