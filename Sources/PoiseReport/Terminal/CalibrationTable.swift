package import PoiseCore

/// A calibration as a table of at most 80 columns: a line for each load.
package enum CalibrationTable {
    package static func text(_ calibration: Calibration) -> String {
        let names = ["streams", "p50", "p99", "max", "p50", "p99", "max", "µs/chunk", "share"]
        let rows = calibration.loads.map { load in
            [Numbers.count(load.streams)] + cells(load.ttftError) + cells(load.chunkError) + [
                Numbers.fixed(load.cpuPerChunk, 1), "\(Numbers.fixed(load.kernelShare * 100, 0))%",
            ]
        }
        let widths = (0..<9).map { column in
            ([names] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
        }
        let lines = ([names] + rows).map { row in
            zip(row, widths).map { TerminalText.padded($0, to: $1, right: true) }.joined(separator: "  ")
        }
        return ([groups(widths)] + lines + ["", verdict(calibration)]).joined(separator: "\n") + "\n"
    }

    /// The names over the groups of columns, each at its group's right end.
    private static func groups(_ widths: [Int]) -> String {
        func span(_ columns: Range<Int>) -> Int { widths[columns].reduce(0, +) + 2 * (columns.count - 1) }
        return [
            TerminalText.padded("", to: widths[0]),
            TerminalText.padded("TTFT error, ms", to: span(1..<4), right: true),
            TerminalText.padded("chunk error, ms", to: span(4..<7), right: true),
            TerminalText.padded("CPU", to: widths[7], right: true),
            TerminalText.padded("kernel", to: widths[8], right: true),
        ].joined(separator: "  ")
    }

    private static func cells(_ errors: ErrorQuantiles) -> [String] {
        [errors.p50, errors.p99, errors.max].map { Numbers.fixed($0, 3) }
    }

    private static func verdict(_ calibration: Calibration) -> String {
        guard let largest = calibration.largestLoadUnder1ms else {
            return
                "The errors pass 1 ms already with \(Numbers.counted(calibration.loads.first?.streams ?? 0, "stream")):\n"
                + "something else keeps this machine busy."
        }
        return "99% of the errors stay under 1 ms up to \(Numbers.count(largest)) streams at once."
    }
}
