/// The client's own timing error on one machine, measured against an endpoint whose schedule is known.
package struct Calibration: Hashable, Codable, Sendable {
    /// Of the machine: `MachineFacts.identity`.
    package var machine: String
    /// ISO 8601, UTC.
    package var measuredAt: String
    package var poiseVersion: String
    /// The check of a few seconds that a run makes by itself where there is no calibration.
    package var isQuick: Bool
    /// By streams, ascending.
    package var loads: [LoadCalibration]

    package init(
        machine: String, measuredAt: String, poiseVersion: String, isQuick: Bool, loads: [LoadCalibration]
    ) {
        self.machine = machine
        self.measuredAt = measuredAt
        self.poiseVersion = poiseVersion
        self.isQuick = isQuick
        self.loads = loads.sorted { $0.streams < $1.streams }
    }

    /// The most streams up to which, at every load that was tried, 99% of the errors of both kinds are under 1 ms; of
    /// fewer than 100 errors the half of them, since the p99 of so few is the largest: one hiccup of the machine.
    ///
    /// nil where not even the smallest load is.
    package var largestLoadUnder1ms: Int? {
        loads.prefix(while: \.isUnder1ms).last?.streams
    }

    /// The largest p99 of either kind at any load, milliseconds; 0 where no load was tried.
    package var largestError: Double {
        loads.flatMap { [$0.ttftError.p99, $0.chunkError.p99] }.max() ?? 0
    }

    /// The load that was tried nearest to so many streams, the larger one of two.
    package func load(nearest streams: Int) -> LoadCalibration? {
        loads.min { (abs($0.streams - streams), -$0.streams) < (abs($1.streams - streams), -$1.streams) }
    }
}

/// The client's error with so many streams at once.
package struct LoadCalibration: Hashable, Codable, Sendable {
    package var streams: Int
    /// Requests, and chunks of them, that were compared.
    package var requests: Int
    package var chunks: Int
    /// |the client's TTFT − the endpoint's|, one for each stream: from the request's arrival to the instant that the
    /// first token left.
    package var ttftError: ErrorQuantiles
    /// |the client's gap between two chunks − the endpoint's|.
    package var chunkError: ErrorQuantiles
    /// CPU time of the client's process for each chunk, microseconds.
    package var cpuPerChunk: Double
    /// The kernel's part of it, 0…1.
    package var kernelShare: Double
    /// How late the endpoint itself was against its schedule: it is logged, and no part of the errors above.
    package var serverLateness: ErrorQuantiles

    package init(
        streams: Int, requests: Int, chunks: Int, ttftError: ErrorQuantiles, chunkError: ErrorQuantiles,
        cpuPerChunk: Double, kernelShare: Double, serverLateness: ErrorQuantiles
    ) {
        self.streams = streams
        self.requests = requests
        self.chunks = chunks
        self.ttftError = ttftError
        self.chunkError = chunkError
        self.cpuPerChunk = cpuPerChunk
        self.kernelShare = kernelShare
        self.serverLateness = serverLateness
    }

    var isUnder1ms: Bool {
        let ttft = requests >= 100 ? ttftError.p99 : ttftError.p50
        let chunk = chunks >= 100 ? chunkError.p99 : chunkError.p50
        return ttft < 1 && chunk < 1
    }
}

/// Quantiles of a time error, in milliseconds.
package struct ErrorQuantiles: Hashable, Codable, Sendable {
    package var p50: Double
    package var p99: Double
    package var max: Double

    package init(p50: Double, p99: Double, max: Double) {
        self.p50 = p50
        self.p99 = p99
        self.max = max
    }

    /// Nearest-rank quantiles of values in milliseconds; nil where there are none.
    package init?(of values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        func rank(_ share: Double) -> Double {
            sorted[min(sorted.count - 1, Swift.max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
        }
        self.init(p50: rank(0.5), p99: rank(0.99), max: sorted[sorted.count - 1])
    }
}
