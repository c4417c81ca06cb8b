import PoiseCore

/// What each number of the page means.
enum MethodDefinitions {
    /// - Parameter content: of all machines on the page.
    static func all(_ content: ReportContent) -> [MethodsView.Fact] {
        typealias Fact = MethodsView.Fact
        let points = content.parts.flatMap(\.points)
        let methods = Set(points.compactMap(\.accuracyMethod))
        let intervals = intervals(methods)
        let isSummed = points.contains { $0.decodeTPSMethod == .ratioOfSums }
        let exception =
            isSummed
            ? "; where fewer than 10 did, Σ(N − n₁) / Σ(last − first): "
                + Numbers.list(
                    points.filter { $0.decodeTPSMethod == .ratioOfSums }
                        .map { Set(points.map(\.load)).count > 1 ? "\($0.candidate) at load \($0.load)" : $0.candidate }
                ) : ""
        let isOpen = points.contains { $0.load.isOpenLoop }
        let start = isOpen ? "started, at an arrival rate − scheduled" : "started"
        let ofLoads = [
            Fact(
                name: "throughput",
                text:
                    "output tokens of completed trials / (last end − first start) of the load; of several rounds, sum over "
                    + "sum"
            )
        ]
        let ofRates = [
            Fact(
                name: "queueDelay",
                text: "started − scheduled: how long a request that was due waited to go out; median over trials")
        ]
        let hasShared = points.contains { $0.isShared && $0.throughput != nil }
        return [
            Fact(
                name: "right",
                text: "the mean score of the scored samples; one that could not be scored is in no denominator"),
            Fact(
                name: "decodeTPS",
                text:
                    "(N − n₁) / (last − first token-bearing chunk), N output tokens without an end token that no "
                    + "chunk carries, n₁ of them in the first chunk; the median over trials that decoded at "
                    + "least 8 tokens\(exception)"
            ),
            Fact(
                name: "ttft", text: "first chunk with thinking, answer or tool call − \(start); median over trials"),
            Fact(
                name: "ttfo",
                text: "first chunk with answer or tool call, after any thinking − \(start); median over trials"),
            Fact(name: "latency", text: "last token-bearing chunk − \(start); median over trials"),
            Fact(
                name: "timeToCorrect",
                text:
                    "Σ latency / number correct, a score between 0 and 1 counting as that part; ∞ where nothing was correct"
            ),
            Fact(
                name: "on the front",
                text:
                    "no other candidate at this load is at least as good on both axes and better on one; the share is "
                    + "that of \(Numbers.count(content.resamples)) joint resamples, the same samples drawn for all"
            ),
            Fact(
                name: "intervals",
                text: "95%; right answers: \(intervals); speeds: a bootstrap over samples, and over rounds from 3 on"
            ),
            Fact(
                name: "axes",
                text: "right answers on a linear axis that is cut to the data; speed on a logarithmic one where the "
                    + "largest end is at least \(Numbers.fixed(AxisScale.logarithmicFrom, 0)) times the smallest"
            ),
        ] + (hasShared ? ofLoads : []) + (isOpen ? ofRates : []) + WaitDefinitions.all(content)
            + DecisionDefinitions.all(content)
    }

    /// How accuracies got their intervals.
    private static func intervals(_ methods: Set<FrontPoint.AccuracyMethod>) -> String {
        let others = [
            methods.contains(.effectiveWilson) ? "Wilson over as many samples as the scores are worth" : nil,
            methods.contains(.bootstrap) ? "a bootstrap over samples" : nil,
        ].compactMap(\.self).joined(separator: " or ")
        guard !others.isEmpty else { return "Wilson, one 0/1 score a sample" }
        return methods.contains(.wilson) ? "Wilson where every sample has one 0/1 score, else \(others)" : others
    }
}
