/// How late the client's I/O thread woke for instants that were due, while it measured.
///
/// What arrives at a moment is stamped as late as the thread would have woken for it; so these are the errors of the
/// stamps themselves, whatever kept the thread: its own work, the engine, another program.
package struct ClientLag: Hashable, Codable, Sendable {
    package var samples: Int
    /// Milliseconds.
    package var p50: Double
    package var p99: Double
    package var max: Double
    /// CPU time of the client's process during the level, seconds.
    package var cpu: Double

    package init(samples: Int, p50: Double, p99: Double, max: Double, cpu: Double) {
        self.samples = samples
        self.p50 = p50
        self.p99 = p99
        self.max = max
        self.cpu = cpu
    }

    /// - Parameter histogram: of the times by which it woke late; nil where it has none.
    package init?(of histogram: TimeHistogram, cpu: Double) {
        guard let p50 = histogram.quantile(0.5), let p99 = histogram.quantile(0.99) else { return nil }
        self.init(
            samples: histogram.samples, p50: Double(p50) / 1e6, p99: Double(p99) / 1e6,
            max: Double(histogram.max) / 1e6, cpu: cpu)
    }

    /// Whether the samples are enough for a p99: of fewer it is the largest, one hiccup of the machine.
    package var hasTail: Bool { samples >= 100 }
}

/// How late the client woke in one level: one candidate at one load in one round.
package struct LevelLag: Hashable, Codable, Sendable {
    package var candidate: String
    package var load: Load
    package var round: Int
    package var lag: ClientLag

    package init(candidate: String, load: Load, round: Int, lag: ClientLag) {
        self.candidate = candidate
        self.load = load
        self.round = round
        self.lag = lag
    }
}
