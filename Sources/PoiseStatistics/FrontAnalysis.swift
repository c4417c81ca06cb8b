package import PoiseCore

/// From trials to the places on the front: estimates, intervals, membership and its probability.
///
/// The same trials and the same seed give the same numbers, bit for bit, in whatever order they come and on however many
/// cores.
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

    /// A point of accuracy and decode speed for each candidate, in their order, at each load that anything was observed
    /// at, ascending.
    ///
    /// A candidate that nothing was measured of has a point with nothing in it, so that it is not forgotten.
    /// - Parameter observations: trials that count, without warm-up; those of other candidates are left out.
    package func points(from observations: [Observation], candidates: [Candidate]) -> [FrontPoint] {
        points(from: TrialColumns(observations), candidates: candidates)
    }

    /// The same of trials in columns, with every quantity.
    package func points(from trials: TrialColumns, candidates: [Candidate]) -> [FrontPoint] {
        byCandidate(loads(of: trials, candidates: candidates), candidates) { load, rows in
            let table = LoadTable(load: load, rows: rows, of: trials, candidates: candidates, withTypicalTimes: true)
            return zip(table.columns, standings(in: table)[0]).map { column, standing in
                FrontPoint(
                    candidate: column.candidate.id, model: column.candidate.model,
                    quantization: column.candidate.quantization, load: load, n: column.accuracy.n,
                    unscored: column.accuracy.unscored, accuracy: column.accuracy.estimate,
                    accuracyLow: standing.accuracy?.low, accuracyHigh: standing.accuracy?.high,
                    accuracyMethod: column.accuracy.method, decodeTPS: standing.estimate,
                    decodeTPSLow: standing.metric?.low, decodeTPSHigh: standing.metric?.high,
                    decodeTPSMethod: column.metrics[0].speedMethod, decodeTPSTrials: column.metrics[0].trials,
                    ttft: column.typical?.ttft, ttfo: column.typical?.ttfo, latency: column.typical?.latency,
                    timeToCorrect: column.typical?.timeToCorrect, onFront: standing.isOnFront,
                    frontProbability: standing.frontProbability, queueDelay: column.typical?.queueDelay,
                    throughput: column.typical?.throughput)
            }
        }
    }

    /// A place for each candidate on the front of any two axes, in the order of `points`.
    ///
    /// - Parameters:
    ///   - trials: with the quantities that the axes need; the score is the one that the axes speak of.
    ///   - memory: the most that each candidate's engine held, bytes.
    package func places(
        from trials: TrialColumns, candidates: [Candidate], axes: FrontAxes, memory: [String: Int64] = [:]
    ) -> [FrontPlace] {
        places(from: trials, candidates: candidates, metrics: [axes.x], scopes: [axes.tasks], memory: memory)[0][0]
    }

    /// The same on several x axes and of several sets of tasks, by the tasks and then by the axis.
    ///
    /// The resamples of a set of tasks are drawn once for all axes, and each axis has the numbers that it has alone.
    /// - Parameters:
    ///   - trials: with the quantities that all of the metrics need.
    ///   - scopes: the tasks whose trials count; empty for all.
    package func places(
        from trials: TrialColumns, candidates: [Candidate], metrics: [Metric], scopes: [[String]],
        memory: [String: Int64] = [:]
    ) -> [[[FrontPlace]]] {
        // By load, tasks, metric and candidate.
        let byLoad = loads(of: trials, candidates: candidates).map { load, rows in
            LoadTable.tables(
                load: load, rows: rows, of: trials, candidates: candidates, metrics: metrics, scopes: scopes,
                memory: memory
            ).map { places(in: $0) }
        }
        return scopes.indices.map { scope in
            metrics.indices.map { metric in
                candidates.indices.flatMap { index in byLoad.map { $0[scope][metric][index] } }
            }
        }
    }

    /// By metric, then in the candidates' order.
    private func places(in table: LoadTable) -> [[FrontPlace]] {
        standings(in: table).map { standings in
            zip(table.columns, standings).map { column, standing in
                FrontPlace(
                    candidate: column.candidate.id, model: column.candidate.model,
                    quantization: column.candidate.quantization, load: table.load, n: column.accuracy.n,
                    unscored: column.accuracy.unscored, x: Self.value(standing.estimate, standing.metric),
                    y: Self.value(column.accuracy.estimate, standing.accuracy), onFront: standing.isOnFront,
                    frontProbability: standing.frontProbability)
            }
        }
    }

    private static func value(_ estimate: Double?, _ interval: Interval?) -> FrontPlace.Value? {
        estimate.map { FrontPlace.Value(estimate: $0, low: interval?.low, high: interval?.high) }
    }

    /// The trials of each load, ascending.
    private func loads(of trials: TrialColumns, candidates: [Candidate]) -> [(load: Load, rows: [Int32])] {
        let known = Set(candidates.map(\.id))
        let isKnown = trials.candidates.map(known.contains)
        var rows = [[Int32]](repeating: [], count: trials.loads.count)
        for (row, place) in trials.places.enumerated() where isKnown[Int(place.candidate)] {
            rows[Int(place.load)].append(Int32(row))
        }
        return zip(trials.loads, rows).filter { !$1.isEmpty }.sorted { $0.0 < $1.0 }.map { (load: $0, rows: $1) }
    }

    private func byCandidate<Place>(
        _ loads: [(load: Load, rows: [Int32])], _ candidates: [Candidate],
        _ places: (Load, [Int32]) -> [Place]
    ) -> [Place] {
        let byLoad = loads.map { places($0.load, $0.rows) }
        return candidates.indices.flatMap { index in byLoad.map { $0[index] } }
    }

    // MARK: - One load

    /// What is known of one candidate beside its columns.
    private struct Standing {
        /// Of the metric.
        let estimate: Double?
        let metric: Interval?
        let accuracy: Interval?
        let isOnFront: Bool
        let frontProbability: Double?
    }

    /// By metric, then in the candidates' order.
    private func standings(in table: LoadTable) -> [[Standing]] {
        let generator = SeededGenerator(seed: seed, stream: Self.stream &+ table.load.stream)
        let bootstrap = JointBootstrap(of: table, resamples: resamples, generator: generator)
        let once = CountVector([Double](repeating: 1, count: table.samples * table.rounds))
        let accuracies = table.columns.map { $0.accuracy.interval() }
        return table.metrics.enumerated().map { place, metric in
            let estimates = table.columns.map { $0.metrics[place].estimate(weights: once) }
            let front = FrontPosition.front(
                of: zip(table.columns, estimates).map { column, estimate in
                    FrontPosition(
                        accuracy: column.accuracy.estimate, metric: estimate, isBetterHigher: metric.isBetterHigher)
                })
            return table.columns.indices.map { index in
                let outcome = bootstrap.outcomes[place][index]
                return Standing(
                    estimate: estimates[index], metric: outcome.metric, accuracy: accuracies[index],
                    isOnFront: front[index], frontProbability: outcome.frontProbability)
            }
        }
    }
}
