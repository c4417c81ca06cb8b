package import PoiseCore

/// A calibration as JSON: errors in milliseconds, CPU in microseconds, shares 0…1.
package enum CalibrationJSON {
    package static func text(_ calibration: Calibration) -> String {
        document(calibration).lines(depth: 3) + "\n"
    }

    static func document(_ calibration: Calibration) -> OrderedJSON {
        .object([
            ("loads", .array(calibration.loads.map(load))),
            ("largestLoadUnder1ms", .optional(calibration.largestLoadUnder1ms)),
            ("isQuick", .bool(calibration.isQuick)),
            ("measuredAt", .string(calibration.measuredAt)),
            ("machine", .string(calibration.machine)),
            ("poiseVersion", .string(calibration.poiseVersion)),
        ])
    }

    private static func load(_ load: LoadCalibration) -> OrderedJSON {
        .object([
            ("streams", .count(load.streams)),
            ("ttftError", quantiles(load.ttftError)),
            ("chunkError", quantiles(load.chunkError)),
            ("cpuPerChunk", .number(load.cpuPerChunk)),
            ("kernelShare", .number(load.kernelShare)),
            ("requests", .count(load.requests)),
            ("chunks", .count(load.chunks)),
            ("serverLateness", quantiles(load.serverLateness)),
        ])
    }

    private static func quantiles(_ errors: ErrorQuantiles) -> OrderedJSON {
        .object([("p50", .number(errors.p50)), ("p99", .number(errors.p99)), ("max", .number(errors.max))])
    }
}
