import PoiseCore

/// Everything that was measured at one load: the samples and rounds that all candidates share, and each one's columns.
struct LoadTable: Sendable {
    /// Rounds from which on they are resampled too: of two, a draw with replacement is the same one half the time.
    static let leastRounds = 3

    let load: Load
    /// Samples that any candidate was asked.
    let samples: Int
    /// Rounds that a resample draws from; 1 where rounds are left as they are.
    let rounds: Int
    /// Whether more of the metric is better.
    let isBetterHigher: Bool
    /// In the candidates' order.
    let columns: [Columns]

    /// What one candidate measured.
    struct Columns: Sendable {
        let candidate: Candidate
        let accuracy: AccuracyColumn
        let metric: MetricColumn
        /// Nil where nobody asked for them.
        let typical: TypicalTimes?
        /// The trials themselves; empty where nobody asked for them.
        let measurements: [Measurement]
    }

    /// Numbers of a point that no interval is made of.
    struct TypicalTimes: Sendable {
        let ttft: Double?
        let ttfo: Double?
        let latency: Double?
        let timeToCorrect: Double?
        let queueDelay: Double?
        let throughput: Double?

        init(of measurements: [Measurement]) {
            ttft = median(of: measurements.compactMap(\.ttft))
            ttfo = median(of: measurements.compactMap(\.ttfo))
            latency = median(of: measurements.compactMap(\.latency))
            timeToCorrect = measurements.timeToCorrect
            queueDelay = median(of: measurements.compactMap(\.queueDelay))
            throughput = measurements.throughput
        }
    }

    /// - Parameters:
    ///   - rows: the trials of this load.
    ///   - axes: of which only the trials of the tasks count; a throughput is that of the whole level all the same.
    ///   - memory: bytes, by candidate.
    init(
        load: Load, rows: [Int32], of trials: TrialColumns, candidates: [Candidate], axes: FrontAxes = FrontAxes(),
        memory: [String: Int64] = [:], withTypicalTimes: Bool = false, withMeasurements: Bool = false
    ) {
        let tasks = Set(axes.tasks)
        let counts = trials.samples.map { tasks.isEmpty || tasks.contains($0.task) }
        let samples = Self.places(ofSamples: rows, in: trials, where: counts)
        let rounds = Self.places(of: Set(rows.map { trials.places[Int($0)].round }))
        let resampledRounds = rounds.count >= Self.leastRounds ? rounds.count : 1
        let known = Dictionary(
            trials.candidates.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var own = [[Int32]](repeating: [], count: trials.candidates.count)
        for row in rows { own[Int(trials.places[Int(row)].candidate)].append(row) }
        self.load = load
        self.samples = samples.count
        self.rounds = resampledRounds
        isBetterHigher = axes.x.isBetterHigher
        columns = candidates.map { candidate in
            let all = (known[candidate.id].map { own[$0] } ?? []).map { row in
                let place = trials.places[Int(row)]
                return Measurement(
                    sample: samples.place[Int(place.sample)], round: rounds[place.round] ?? 0,
                    isOpenLoop: load.isOpenLoop
                ) { trials.value($0, at: Int(row)) }
            }
            .sorted(by: Measurement.inOrder)
            let counted = tasks.isEmpty ? all : all.filter { $0.sample >= 0 }
            return Columns(
                candidate: candidate, accuracy: AccuracyColumn(counted, samples: samples.count),
                metric: MetricColumn(
                    axes.x, of: axes.x == .throughput ? all : counted, samples: samples.count,
                    rounds: resampledRounds, price: candidate.price, memory: memory[candidate.id]),
                typical: withTypicalTimes ? TypicalTimes(of: counted) : nil,
                measurements: withMeasurements ? counted : [])
        }
    }

    /// Of each of the names the place among those that were asked, in the names' order; −1 of another.
    private static func places(
        ofSamples rows: [Int32], in trials: TrialColumns, where counts: [Bool]
    ) -> (place: [Int], count: Int) {
        var isAsked = [Bool](repeating: false, count: trials.samples.count)
        for row in rows {
            let sample = Int(trials.places[Int(row)].sample)
            isAsked[sample] = counts[sample]
        }
        let order = trials.samples.indices.filter { isAsked[$0] }.sorted { trials.samples[$0] < trials.samples[$1] }
        var place = [Int](repeating: -1, count: trials.samples.count)
        for (index, sample) in order.enumerated() { place[sample] = index }
        return (place, order.count)
    }

    /// Each different value's place in their ascending order.
    static func places<Value: Hashable & Comparable>(of values: some Sequence<Value>) -> [Value: Int] {
        Dictionary(uniqueKeysWithValues: Set(values).sorted().enumerated().map { ($0.element, $0.offset) })
    }
}
