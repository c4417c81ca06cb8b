import PoiseCore

extension FuzzTarget {
    /// Stored timelines, be they damaged: what is read can be written and read again, and has numbers.
    static let timeline = FuzzTarget(name: "timeline") { bytes in
        let timeline: Timeline
        do throws(Timeline.CodingFailure) {
            timeline = try Timeline(decoding: bytes)
        } catch {
            return try promise(!error.what.isEmpty, "refused without a reason")
        }
        let again = try Timeline(decoding: timeline.encoded())
        try promiseEqual(again, timeline, "a timeline, written and read")
        _ = timeline.coalescing
        try promise(timeline.gaps.allSatisfy { $0 >= 0 }, "a gap below 0")
        var report = ServerReport()
        report.completionTokens = bytes.count
        for finish in ["stop", "length", nil] {
            let metrics = TrialMetrics(timeline: timeline, report: report, finishReason: finish)
            try promise(metrics.decodeTPS.map { $0 > 0 } ?? true, "a speed that is none: \(metrics)")
        }
    }
}
