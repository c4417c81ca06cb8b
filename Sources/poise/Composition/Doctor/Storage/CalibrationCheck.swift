import Foundation
import PoiseCore
import PoiseReport

/// Whether this client's own error is known on this machine.
enum CalibrationCheck: DoctorCheck {
    static let name = "calibration"

    /// Kernels, firmware and neighbours change.
    private static let oldDays = 90.0

    /// - Parameters:
    ///   - calibration: nil where there is none.
    ///   - load: the most requests in flight that the suite names.
    static func finding(_ calibration: Calibration?, now: Date, load: Int?) -> Finding {
        guard let calibration else {
            return warning(
                "this client's own error is not known on this machine",
                "poise calibrate (a run makes a short one by itself)")
        }
        let days = age(of: calibration, now: now)
        let old = days.map { $0 < 1 ? "from today" : "\(Numbers.counted(Int($0), "day")) old" }
        let kind = calibration.isQuick ? "a short one" : "a whole one"
        let reach =
            calibration.largestLoadUnder1ms.map { "under 1 ms up to \(Numbers.counted($0, "stream"))" }
            ?? "over 1 ms already with one stream"
        let text = "\(reach); \(([kind] + [old].compactMap { $0 }).joined(separator: ", "))"
        let figures = (calibration.largestLoadUnder1ms.map { ["largestLoadUnder1ms": Double($0)] } ?? [:])
            .merging(days.map { ["calibrationDays": $0] } ?? [:]) { $1 }
        let isShort = load.map { load in calibration.loads.allSatisfy { $0.streams < load } } ?? false
        if isShort, let load {
            return warning(
                "\(text); the suite's largest load is \(Numbers.count(load))",
                "poise calibrate --streams 1,\(load)", figures)
        }
        if calibration.largestLoadUnder1ms == nil {
            return warning(text, "Calibrate again when the machine is quiet: poise calibrate", figures)
        }
        if let days, days > oldDays { return warning(text, "poise calibrate", figures) }
        return ok(text, figures)
    }

    private static func age(of calibration: Calibration, now: Date) -> Double? {
        let form = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let plain = Date.ISO8601FormatStyle()
        let measured = (try? form.parse(calibration.measuredAt)) ?? (try? plain.parse(calibration.measuredAt))
        return measured.map { max(0, now.timeIntervalSince($0) / 86_400) }
    }

    private static func calibration(at time: String, streams: [Int], error: Double = 0.2) -> Calibration {
        let quantiles = ErrorQuantiles(p50: error, p99: error, max: error)
        return Calibration(
            machine: "m", measuredAt: time, poiseVersion: poiseVersion, isQuick: false,
            loads: streams.map {
                LoadCalibration(
                    streams: $0, requests: 200, chunks: 2000, ttftError: quantiles, chunkError: quantiles,
                    cpuPerChunk: 9,
                    kernelShare: 0.5, serverLateness: quantiles)
            })
    }

    /// 2026-11-22, noon.
    private static let noon = Date(timeIntervalSince1970: 1_795_348_800)

    static let examples = [
        DoctorExample(
            "a whole one of today",
            finding(calibration(at: "2026-11-22T09:00:00.000Z", streams: [1, 32]), now: noon, load: 8),
            .ok, "under 1 ms up to 32 streams; a whole one, from today"),
        DoctorExample("none", finding(nil, now: noon, load: nil), .warning, "poise calibrate"),
        DoctorExample(
            "an old one", finding(calibration(at: "2026-01-22T09:00:00.000Z", streams: [1]), now: noon, load: nil),
            .warning,
            "304 days old"),
        DoctorExample(
            "of smaller loads",
            finding(calibration(at: "2026-11-20T09:00:00Z", streams: [1, 32]), now: noon, load: 256),
            .warning, "--streams 1,256"),
        DoctorExample(
            "of a busy machine",
            finding(calibration(at: "2026-11-22T09:00:00Z", streams: [1], error: 7), now: noon, load: 1), .warning,
            "quiet"),
    ]
}
