import PoiseCore

/// The client's own error in words: what it was when it was calibrated, and how late it woke while it measured.
enum ClientErrorWords {
    static let notCalibrated = "not measured on this machine; `poise calibrate` measures it"

    /// The calibrated loads nearest to those of the run, ascending.
    static func nearest(_ content: ReportContent) -> [LoadCalibration] {
        guard let calibration = content.calibration else { return [] }
        let found = content.measuredLoads.compactMap { content.streams(at: $0) }
            .compactMap { calibration.load(nearest: $0) }
        return Set(found).sorted { $0.streams < $1.streams }
    }

    /// Whole sentences for the page.
    static func sentences(_ content: ReportContent) -> [String] {
        calibrated(content) + lag(content)
    }

    /// One line for the terminal.
    static func line(_ content: ReportContent) -> String {
        let woke =
            worst(content).map { "; while it measured it woke up to \(time($0.lag.p99)) late at p99" }
            ?? typical(content).map { "; while it measured it woke \(time($0)) late at p50" } ?? ""
        guard content.calibration != nil, let load = nearest(content).last else {
            return "The client’s own error: \(notCalibrated)\(woke)."
        }
        return "The client’s own error at \(streams(load.streams)), p50 and p99: TTFT \(pair(load.ttftError)), gaps "
            + "between chunks \(pair(load.chunkError))\(woke)."
    }

    private static func calibrated(_ content: ReportContent) -> [String] {
        guard let calibration = content.calibration else {
            return ["The error of this client’s times was \(notCalibrated)."]
        }
        var sentences = nearest(content).map { load in
            "\(place(content)), with \(streams(load.streams)), this client’s TTFT was wrong by \(pair(load.ttftError)) (p50 and "
                + "p99) and its gaps between chunks by \(pair(load.chunkError)); a chunk took it "
                + "\(Numbers.threeDigits(load.cpuPerChunk)) µs of CPU, \(Numbers.percent(load.kernelShare, 0))% of that the "
                + "kernel’s."
        }
        sentences.append(
            calibration.largestLoadUnder1ms.map {
                "Of the loads that were tried, both errors are under 1 ms at p99 up to \(streams($0))."
            }
                ?? "Already with \(streams(calibration.loads.first?.streams ?? 1)) not both errors are under 1 ms: something "
                + "else kept the machine busy.")
        if let most = content.measuredLoads.compactMap({ content.streams(at: $0) }).max(),
            let tried = calibration.loads.last?.streams, most > tried
        {
            sentences.append("The run had \(streams(most)); no more than \(Numbers.count(tried)) were tried.")
        }
        let when = "Poise \(calibration.poiseVersion), \(Wording.dateAndTime(calibration.measuredAt))"
        sentences.append(
            calibration.isQuick
                ? "That is from a check of a few seconds (\(when)); `poise calibrate` tries more loads for longer."
                : "Measured against an endpoint that logs when each chunk left (\(when)).")
        return sentences
    }

    /// Of several machines, the one whose client was calibrated worst stands for all.
    private static func place(_ content: ReportContent) -> String {
        content.nodes.count > 1 ? "On the machine of \(content.nodes.count) where it was largest" : "On this machine"
    }

    private static func lag(_ content: ReportContent) -> [String] {
        guard let typical = typical(content) else { return [] }
        let woke =
            "While it measured, the thread that reads the clock woke \(time(typical)) late at p50 (median of "
            + "\(Numbers.counted(content.lags.count, "level")))"
        guard let worst = worst(content) else { return ["\(woke)."] }
        return [
            "\(woke); at worst \(time(worst.lag.p99)) at p99 and \(time(worst.lag.max)) at most: \(worst.candidate), "
                + "\(Wording.load(worst.load))."
        ]
    }

    /// The median of the levels' p50; nil where none was measured.
    private static func typical(_ content: ReportContent) -> Double? {
        content.lags.isEmpty ? nil : content.lags.map(\.lag.p50).sorted()[content.lags.count / 2]
    }

    /// The level whose p99 is the largest, of those that have one; of several the first.
    private static func worst(_ content: ReportContent) -> LevelLag? {
        content.lags.filter(\.lag.hasTail).reduce(nil) { worst, level in
            worst.map { $0.lag.p99 >= level.lag.p99 } ?? false ? worst : level
        }
    }

    private static func streams(_ count: Int) -> String { Numbers.counted(count, "stream") }

    private static func pair(_ errors: ErrorQuantiles) -> String {
        "\(number(errors.p50)) and \(number(errors.p99)) ms"
    }

    static func time(_ milliseconds: Double) -> String { number(milliseconds) + " ms" }

    /// Two digits that matter, also of microseconds.
    static func number(_ milliseconds: Double) -> String {
        Numbers.fixed(milliseconds, milliseconds < 0.0995 ? 3 : milliseconds < 9.95 ? 2 : 1)
    }
}
