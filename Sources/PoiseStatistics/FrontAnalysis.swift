package import PoiseCore

/// From trials to the points of the front: estimates, intervals, membership and its probability.
///
/// The same observations and the same seed give the same points, bit for bit, in whatever order they come.
package struct FrontAnalysis: Sendable {
    /// Set apart from other draws under the run's seed; a load adds itself.
    private static let stream: UInt64 = 0x6672_6F6E_7400_0000

    private let resamples: Int
    private let seed: UInt64

    /// - Parameter resamples: joint bootstrap resamples for each load.
    package init(resamples: Int = 10_000, seed: UInt64) {
        self.resamples = max(0, resamples)
        self.seed = seed
    }

    /// A point for each candidate, in their order, at each load that anything was observed at, ascending.
    ///
    /// A candidate that nothing was measured of has a point with nothing in it, so that it is not forgotten.
    /// - Parameter observations: trials that count, without warm-up; those of other candidates are left out.
    package func points(from observations: [Observation], candidates: [Candidate]) -> [FrontPoint] {
        let known = Set(candidates.map(\.id))
        let byLoad = Dictionary(grouping: observations.filter { known.contains($0.candidate) }, by: \.load)
        let loads = byLoad.sorted { $0.key < $1.key }.map { load, observations in
            points(of: LoadTable(load: load, observations: observations, candidates: candidates))
        }
        return candidates.indices.flatMap { index in loads.map { $0[index] } }
    }

    private func points(of table: LoadTable) -> [FrontPoint] {
        let generator = SeededGenerator(seed: seed, stream: Self.stream &+ table.load.stream)
        let bootstrap = JointBootstrap(of: table, resamples: resamples, generator: generator)
        let once = CountVector([Double](repeating: 1, count: table.samples * table.rounds))
        let speeds = table.columns.map { $0.speed.estimate(weights: once) }
        let positions = zip(table.columns, speeds).map { column, speed in
            column.accuracy.estimate.flatMap { accuracy in
                speed.map { FrontPosition(accuracy: accuracy, speed: $0) }
            }
        }
        let front = FrontPosition.front(of: positions)
        return table.columns.indices.map { index in
            let column = table.columns[index]
            let outcome = bootstrap.candidates[index]
            let accuracy = column.accuracy.interval()
            return FrontPoint(
                candidate: column.candidate.id, model: column.candidate.model,
                quantization: column.candidate.quantization, load: table.load, n: column.accuracy.n,
                unscored: column.accuracy.unscored, accuracy: column.accuracy.estimate, accuracyLow: accuracy?.low,
                accuracyHigh: accuracy?.high, accuracyMethod: column.accuracy.method, decodeTPS: speeds[index],
                decodeTPSLow: outcome.speed?.low, decodeTPSHigh: outcome.speed?.high,
                decodeTPSMethod: column.speed.method, decodeTPSTrials: column.speed.trials,
                ttft: median(of: column.measurements.compactMap(\.ttft)),
                ttfo: median(of: column.measurements.compactMap(\.ttfo)),
                latency: median(of: column.measurements.compactMap(\.latency)),
                timeToCorrect: column.measurements.timeToCorrect, onFront: front[index],
                frontProbability: outcome.frontProbability,
                queueDelay: median(of: column.measurements.compactMap(\.queueDelay)),
                throughput: column.measurements.throughput
            )
        }
    }
}
