import PoiseCore

/// What is said of waiting times at one load.
struct WaitWords {
    private let content: ReportContent
    private let load: Load
    private let waits: [WaitDistribution]
    private let pick: String?
    private let hasSameFirst: Bool

    /// - Parameter hasSameFirst: whether nobody thinks before the answer, so that TTFO is TTFT.
    init(_ content: ReportContent, load: Load, waits: [WaitDistribution], pick: String?, hasSameFirst: Bool) {
        self.content = content
        self.load = load
        self.waits = waits
        self.pick = pick
        self.hasSameFirst = hasSameFirst
    }

    func title(of kind: WaitDistribution.Kind) -> String {
        switch kind {
        case .ttft: "First token"
        case .ttfo: "First useful token"
        case .itl: isByChunk ? "Gaps between chunks" : "Gaps between tokens"
        case .latency: "Whole answer"
        }
    }

    func note(on kind: WaitDistribution.Kind, limit: Double?) -> String {
        let text =
            switch kind {
            case .ttft:
                hasSameFirst ? "TTFT, and TTFO too: nobody thinks first" : "TTFT: the first chunk, thinking included"
            case .ttfo: "TTFO: after any thinking"
            case .itl: "ITL: every gap counts, so that stalls stay visible"
            case .latency: "latency: until the last token"
            }
        return text + (limit.map { "; dashed, the limit of \(Numbers.time($0))" } ?? "")
    }

    /// What the profile allows of a kind, milliseconds.
    func limit(of kind: WaitDistribution.Kind) -> Double? {
        let metrics: [Metric] =
            switch kind {
            case .ttft: hasSameFirst ? [.ttft, .ttfo] : [.ttft]
            case .ttfo: [.ttfo]
            case .latency: [.latency]
            case .itl: []
            }
        let limits = content.detail?.choices.first { $0.load == load }?.profile.allLimits ?? []
        return metrics.compactMap { metric in
            limits.first { $0.figure == .metric(metric) && $0.side == .atMost }?.value
        }.min()
    }

    func sentences(_ view: FrontView) -> [String] {
        [
            "One hill for each candidate, on a logarithmic scale. The upright stroke is the median, the dot the 99th "
                + "percentile." + (load.isOpenLoop ? " Waits count from the moment at which a request was due." : ""),
            finding(view),
        ].filter { !$0.isEmpty }
    }

    /// Of the pick; else of the one with the shortest median.
    private func finding(_ view: FrontView) -> String {
        let kind: WaitDistribution.Kind = waits.contains { $0.kind == .ttfo } ? .ttfo : .latency
        let own = waits.filter { $0.kind == kind }
        let first = own.first { $0.candidate == pick } ?? own.min { $0.median < $1.median }
        guard let wait = first, let candidate = view.candidates.first(where: { $0.id == wait.candidate }) else {
            return ""
        }
        let what = kind == .ttfo ? (hasSameFirst ? "first token" : "first useful token") : "whole answer"
        let tail = wait.p99.map { ", and in one of a hundred responses after \(Numbers.time($0)) or more" } ?? ""
        let which = wait.candidate == pick ? "" : own.count > 1 ? ", the soonest," : ""
        return "With \(candidate.spoken)\(which) the \(what) comes after \(Numbers.time(wait.median)) (median)\(tail)."
    }

    /// From where the numbers are, and what they leave out.
    var caption: String {
        let counts = { (kind: WaitDistribution.Kind) in waits.filter { $0.kind == kind }.map(\.n) }
        let responses = counts(.latency).isEmpty ? counts(.ttft) : counts(.latency)
        let sentences = [
            "\(Wording.sentence(Wording.load(load))): \(Wording.n(counts: responses)) responses a candidate.",
            gaps(counts(.itl)),
            "Each hill is as high as its own peak; a scale leaves out the last hundredth on both sides.",
            waits.contains { $0.p99 == nil } ? "A 99th percentile stands where there are at least 100 waits." : "",
        ]
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func gaps(_ counts: [Int]) -> String {
        guard !counts.isEmpty else { return "" }
        let own = waits.filter { $0.kind == .itl }
        let sampled = own.compactMap(\.sampledTrials)
        var text = "Gaps are of "
        text +=
            sampled.isEmpty
            ? "all streams"
            : "\(range(sampled)) streams of each candidate, drawn by the run’s seed"
        text += ", \(Wording.n(counts: counts))"
        let zeros = own.reduce(0) { $0 + $1.zeros }
        if zeros > 0 {
            let share = Numbers.smallShare(Double(zeros) / Double(max(1, counts.reduce(0, +))))
            text +=
                "; \(share) of them took no time, since both chunks came in one network read: they count, and have no "
                + "place on this scale"
        }
        let damaged = own.reduce(0) { $0 + $1.damagedTrials }
        if damaged > 0 { text += "; \(Numbers.counted(damaged, "stored stream")) could not be read back" }
        text += "."
        if isByChunk { text += " A chunk holds more than one token, so that these are gaps between chunks." }
        return text
    }

    private func range(_ counts: [Int]) -> String {
        guard let least = counts.min(), let most = counts.max() else { return "" }
        return least == most ? Numbers.count(most) : "\(Numbers.count(least))–\(Numbers.count(most))"
    }

    /// More than 1.05 tokens a chunk on average, with any candidate.
    private var isByChunk: Bool {
        let own = Set(waits.filter { $0.kind == .itl }.map(\.candidate))
        return content.responses.contains { own.contains($0.key) && ($0.value.tokensPerChunk ?? 1) > 1.05 }
    }
}
