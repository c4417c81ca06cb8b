import PoiseCore

/// What a comparison says, as sentences that the terminal, the Markdown and the JSON share.
struct ComparisonWords {
    let comparison: Comparison

    /// A candidate's name; where several runs are compared, with the number of its run.
    func label(_ side: ComparedSide) -> String {
        let runs = comparison.runs
        guard runs.count > 1, let number = runs.firstIndex(of: side.run) else { return side.candidate }
        return "\(side.candidate) [\(number + 1)]"
    }

    /// `tiny-m@f16 and 2 others, one request at a time, run 20261121-…`
    var heading: String {
        let runs = comparison.runs
        let others = Numbers.list(comparison.rows.map { label($0.candidate) })
        let run =
            runs.count == 1
            ? "run \(runs[0])"
            : "runs " + Numbers.list(runs.enumerated().map { "[\($0.offset + 1)] \($0.element)" })
        let tasks = comparison.tasks.map { ", \($0.count == 1 ? "task" : "tasks") \(Numbers.list($0))" } ?? ""
        return "\(others) against \(label(comparison.base)); \(Wording.load(comparison.load))\(tasks); \(run)."
    }

    /// What can be said of one candidate, accuracy first.
    func verdict(_ row: ComparisonRow) -> String {
        [accuracy(row), speed(row)].joined(separator: " ")
    }

    private func accuracy(_ row: ComparisonRow) -> String {
        let (name, base) = (label(row.candidate), label(comparison.base))
        guard let change = row.accuracy else {
            return "\(name) and \(base) cannot be compared in accuracy: \(whyNoAccuracy(row.counted))."
        }
        guard change.n > 1 else {
            return "\(name) and \(base) have one scored sample in common "
                + "(\(Self.points(change.difference)) points), which does not say how much that varies."
        }
        let evidence = "\(Self.pointsWithInterval(change)), n = \(Numbers.count(change.n))"
        return switch change.outcome {
        case .better: "\(name) is right more often than \(base): \(evidence)."
        case .worse: "\(name) is right less often than \(base): \(evidence)."
        case .undecided: "\(name) cannot be told apart from \(base) in accuracy: \(evidence)."
        }
    }

    func whyNoAccuracy(_ counted: CountedSamples) -> String {
        if counted.common == 0 {
            return counted.changed.isEmpty
                ? "no sample was asked of both" : "no sample asks and expects the same of both"
        }
        if counted.otherGraders == counted.common { return "other versions of the graders scored them" }
        return "no sample has a score on both sides"
    }

    private func speed(_ row: ComparisonRow) -> String {
        switch row.whyNoSpeeds {
        case .otherMachine(let base, let candidate):
            return "Their speeds are not comparable: \(label(comparison.base)) was measured on \(base), "
                + "\(label(row.candidate)) on \(candidate)."
        case .nothingTimed: return "Nothing was timed on both sides."
        case nil: break
        }
        guard let change = row.measures.first(where: { $0.metric != .outputTokens }) else { return "" }
        let name = MetricWords.name(change.metric)
        let ratio = "\(Self.ratio(change.ratio.value))×" + (Self.interval(change.ratio).map { " (\($0))" } ?? "")
        return switch change.outcome {
        case .undecided: "In \(name), they cannot be told apart: \(ratio)."
        case .better, .worse: "In \(name), it is \(MetricWords.direction(change) ?? ""): \(ratio)."
        }
    }

    /// What the comparison of one candidate leaves out; nil where it leaves out nothing.
    func leftOut(_ row: ComparisonRow) -> String? {
        let counted = row.counted
        func only(_ count: Int, _ side: ComparedSide) -> String? {
            count == 0 ? nil : "\(Numbers.counted(count, "sample")) that only \(label(side)) was asked"
        }
        func unscored(_ count: Int, _ side: ComparedSide) -> String? {
            count == 0 ? nil : "\(Numbers.count(count)) without a score of \(label(side))"
        }
        let shown = counted.changed.prefix(3)
        let rest = counted.changed.count - shown.count
        let changed =
            counted.changed.isEmpty
            ? nil
            : "\(Numbers.counted(counted.changed.count, "sample")) that \(counted.changed.count == 1 ? "asks or expects" : "ask or expect") "
                + "something else now (\(shown.joined(separator: ", "))\(rest > 0 ? " and \(Numbers.count(rest)) more" : ""))"
        let graders =
            counted.otherGraders == 0
            ? nil : "\(Numbers.count(counted.otherGraders)) whose scores come from other versions of graders"
        let parts = [
            only(counted.onlyBase, comparison.base), only(counted.onlyCandidate, row.candidate), changed,
            unscored(counted.unscoredBase, comparison.base), unscored(counted.unscoredCandidate, row.candidate),
            graders,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : "Left out against \(label(row.candidate)): \(Numbers.list(parts))."
    }

    /// Flips of one candidate in numbers.
    func flips(_ row: ComparisonRow) -> String {
        let flips = row.flips
        guard flips.n > 0 else { return "\(label(row.candidate)): no sample has a score on both sides." }
        var text =
            "\(label(row.candidate)): \(Numbers.count(flips.lost)) lost, \(Numbers.count(flips.gained)) gained, "
            + "of \(Numbers.counted(flips.n, "sample"))"
        if let agreement = flips.agreement {
            text +=
                "; \(Numbers.counted(flips.changed, "answer")) changed, \(Numbers.percent(agreement.value))% are the same "
                + "(\(Numbers.percentRange(agreement.low, agreement.high)))"
        }
        return text + "."
    }

    /// How often candidates flip by themselves, so that flips are not read as more than they are.
    var noise: String {
        let sides =
            [(comparison.base, comparison.baseRepeats)] + comparison.rows.map { ($0.candidate, $0.repeats) }
        let known = sides.filter { $0.1.samples > 0 }
        guard !known.isEmpty else {
            return "Each sample was asked once, so how often a candidate answers otherwise by itself is not known."
        }
        if known.count == sides.count, known.allSatisfy({ $0.1.answersDiffer == 0 && $0.1.correctnessDiffers == 0 }) {
            return "Asked the same again, every candidate gave the same answers: no flip is noise of repeating."
        }
        let parts = sides.map { side, repeats in
            repeats.samples == 0
                ? "\(label(side)) was asked each sample once"
                : "\(label(side)) gave other answers to \(Numbers.count(repeats.answersDiffer)) of "
                    + "\(Numbers.counted(repeats.samples, "sample")), right and wrong ones to "
                    + "\(Numbers.count(repeats.correctnessDiffers))"
        }
        return "Asked the same again, " + parts.joined(separator: "; ") + ". About so much is noise of repeating."
    }

    /// What the numbers of the tables are.
    func method(tasks: Bool) -> String {
        let adjusted = "p is of no difference, by Holm's correction over the \(tasks ? "table" : "candidates")"
        let methods = Set(comparison.rows.compactMap { $0.accuracy?.method })
        let how = [
            methods.contains(.mcNemar) ? "exact McNemar test and Newcombe's paired interval" : nil,
            methods.contains(.mover) ? "Newcombe's interval over as many samples as the scores are worth (MOVER)" : nil,
        ].compactMap(\.self)
        return adjusted + (how.isEmpty ? "" : " (\(how.joined(separator: "; ")))") + "; intervals are 95%."
    }

    // MARK: - Numbers

    /// With its sign: `+1.5`, `−0.4`, `0.0`.
    static func points(_ share: Double) -> String {
        let text = Numbers.fixed(share * 100, 1)
        return share > 0 && text != "0.0" ? "+\(text)" : text
    }

    /// `−0.4 points (−1.6 to 0.7)`
    static func pointsWithInterval(_ change: AccuracyChange) -> String {
        "\(points(change.difference)) points"
            + (change.low == nil ? "" : " (\(Numbers.percentRange(change.low, change.high)))")
    }

    static func ratio(_ value: Double) -> String {
        Numbers.fixed(value, value < 9.995 ? 2 : value < 99.5 ? 1 : 0)
    }

    static func interval(_ ratio: RatioEstimate) -> String? {
        guard let low = ratio.low, let high = ratio.high, low.isFinite else { return nil }
        return "\(self.ratio(low))–\(self.ratio(high))"
    }

    /// `<0.001`, `0.008`, `0.62`
    static func p(_ value: Double?) -> String {
        guard let value else { return Numbers.undefined }
        if value < 0.0005 { return "<0.001" }
        return Numbers.fixed(value, value < 0.0995 ? 3 : 2)
    }
}

/// Metrics in the words of tables.
enum MetricWords {
    static func name(_ metric: Metric) -> String {
        switch metric {
        case .decodeTPS: "decode speed"
        case .ttft: "TTFT"
        case .ttfo: "TTFO"
        case .latency: "latency"
        case .charactersPerSecond: "characters/s"
        case .throughput: "throughput"
        case .outputTokens: "output tokens"
        case .timeToCorrect: "time to correct"
        case .tokensToCorrect: "tokens to correct"
        case .costToCorrect: "cost to correct"
        case .memory: "memory"
        }
    }

    /// A value with its unit.
    static func value(_ value: Double, of metric: Metric) -> String {
        switch metric.unit {
        case .tokensPerSecond: "\(Numbers.threeDigits(value)) tok/s"
        case .charactersPerSecond: "\(Numbers.threeDigits(value)) /s"
        case .milliseconds: Numbers.time(value)
        case .tokens: Numbers.trimmed((value * 10).rounded() / 10)
        case .currency: Numbers.threeDigits(value)
        case .bytes: Numbers.bytes(Int64(value))
        }
    }

    /// Where the data show one: `faster`, `later`, `shorter`.
    static func direction(_ change: MetricChange) -> String? {
        let isBetter: Bool
        switch change.outcome {
        case .undecided: return nil
        case .better: isBetter = true
        case .worse: isBetter = false
        }
        return switch change.metric {
        case .decodeTPS, .charactersPerSecond, .throughput: isBetter ? "faster" : "slower"
        case .ttft, .ttfo, .latency, .timeToCorrect: isBetter ? "sooner" : "later"
        case .outputTokens, .tokensToCorrect: isBetter ? "shorter" : "longer"
        case .costToCorrect: isBetter ? "cheaper" : "dearer"
        case .memory: isBetter ? "smaller" : "larger"
        }
    }
}
