import PoiseCore

/// The six facts beside the answer: a number, whose it is, and its interval.
struct PageFact {
    let title: String
    let number: String
    let unit: String
    let lines: [String]
    /// A mark before the number, as markup; empty where there is none.
    var glyph = ""

    static func six(_ content: ReportContent, _ view: FrontView) -> [PageFact] {
        [
            mostRight(view), fastest(view), firstToken(view), timeToCorrect(view), memory(content, view),
            front(view),
        ]
    }

    private static func mostRight(_ view: FrontView) -> PageFact {
        guard let best = AnswerText.best(view.candidates.filter { $0.point.accuracy != nil }).first else {
            return undefined("Most right", "no answer could be scored")
        }
        let range = Numbers.percentRange(best.point.accuracyLow, best.point.accuracyHigh)
        return PageFact(
            title: "Most right", number: Numbers.percent(best.accuracy) + "%", unit: "",
            lines: [best.spoken, "\(range), \(Wording.unbroken("n = " + Numbers.count(best.point.n)))"]
        )
    }

    private static func fastest(_ view: FrontView) -> PageFact {
        guard let best = AnswerText.fastest(view.candidates.filter { $0.speed > 0 }).first else {
            return undefined("Fastest", "no decode speed")
        }
        return PageFact(
            title: "Fastest", number: Numbers.threeDigits(best.speed), unit: "tok/s",
            lines: [best.spoken, Numbers.range(best.point.decodeTPSLow, best.point.decodeTPSHigh)]
        )
    }

    private static func firstToken(_ view: FrontView) -> PageFact {
        least("First token", view, "median, shortest", "no token was streamed", \.ttft)
    }

    private static func timeToCorrect(_ view: FrontView) -> PageFact {
        least("Time to a correct answer", view, "mean, shortest", "no answer scored as right", \.timeToCorrect)
    }

    private static func least(
        _ title: String, _ view: FrontView, _ kind: String, _ otherwise: String, _ value: (FrontPoint) -> Double?
    ) -> PageFact {
        let known = view.candidates.compactMap { candidate in
            value(candidate.point).flatMap { $0.isFinite ? (candidate, $0) : nil }
        }
        guard let best = known.min(by: { ($0.1, $0.0.order) < ($1.1, $1.0.order) }) else {
            return undefined(title, otherwise)
        }
        let parts = Numbers.time(best.1).split(separator: " ")
        return PageFact(
            title: title, number: String(parts.first ?? ""), unit: parts.dropFirst().joined(separator: " "),
            lines: [best.0.spoken, kind]
        )
    }

    private static func memory(_ content: ReportContent, _ view: FrontView) -> PageFact {
        let known = view.candidates.compactMap { candidate in
            content.engines[candidate.id]?.peakMemory.map { (candidate, $0) }
        }
        guard let best = known.min(by: { ($0.1, $0.0.order) < ($1.1, $1.0.order) }),
            let most = known.map(\.1).max()
        else { return undefined("Memory, peak", "not known") }
        let parts = Numbers.bytes(best.1).split(separator: " ")
        return PageFact(
            title: "Memory, peak", number: String(parts.first ?? ""),
            unit: parts.dropFirst().joined(separator: " "),
            lines: [best.0.spoken, "least; the most is \(Wording.unbroken(Numbers.bytes(most)))"]
        )
    }

    private static func front(_ view: FrontView) -> PageFact {
        let sure = view.front.count { ($0.point.frontProbability ?? 0) >= 0.95 }
        guard view.drawn.count > 1 else { return undefined("On the front", "nothing to compare") }
        let hasShares = view.front.contains { $0.point.frontProbability != nil }
        return PageFact(
            title: "On the front", number: Numbers.count(view.front.count),
            unit: "of \(Numbers.count(view.drawn.count))",
            lines: hasShares ? ["\(sure == 0 ? "none" : Numbers.count(sure)) of them in at least 95% of resamples"] : []
        )
    }

    private static func undefined(_ title: String, _ reason: String) -> PageFact {
        PageFact(title: title, number: Numbers.undefined, unit: "", lines: [reason])
    }
}
