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
    /// The x axes that each column has a number for.
    let metrics: [Metric]
    /// In the candidates' order.
    let columns: [Columns]

    /// What one candidate measured.
    struct Columns: Sendable {
        let candidate: Candidate
        let accuracy: AccuracyColumn
        /// In the order of the table's metrics.
        let metrics: [MetricColumn]
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
        let level = Level(load, rows, of: trials)
        let scope = Scope(axes.tasks, in: level)
        self.init(
            level, scope, metrics: [axes.x],
            columns: candidates.map { candidate in
                Columns(
                    of: candidate, measurements: level.measurements(of: candidate), at: scope, rounds: level.rounds,
                    metrics: [axes.x], memory: memory[candidate.id], withTypicalTimes: withTypicalTimes,
                    withMeasurements: withMeasurements)
            })
    }

    private init(_ level: Level, _ scope: Scope, metrics: [Metric], columns: [Columns]) {
        load = level.load
        samples = scope.samples
        rounds = level.rounds
        self.metrics = metrics
        self.columns = columns
    }

    /// A table for each set of tasks, all of them from one pass over the trials.
    ///
    /// - Parameters:
    ///   - rows: the trials of this load.
    ///   - scopes: the tasks whose trials count; empty for all.
    ///   - memory: bytes, by candidate.
    static func tables(
        load: Load, rows: [Int32], of trials: TrialColumns, candidates: [Candidate], metrics: [Metric],
        scopes: [[String]], memory: [String: Int64]
    ) -> [LoadTable] {
        let level = Level(load, rows, of: trials)
        let scopes = scopes.map { Scope($0, in: level) }
        // One candidate after the other: the measurements of a single one are held at a time.
        let byCandidate = candidates.map { candidate in
            let measurements = level.measurements(of: candidate)
            return scopes.map { scope in
                Columns(
                    of: candidate, measurements: measurements, at: scope, rounds: level.rounds, metrics: metrics,
                    memory: memory[candidate.id], withTypicalTimes: false, withMeasurements: false)
            }
        }
        return scopes.enumerated().map { index, scope in
            LoadTable(level, scope, metrics: metrics, columns: byCandidate.map { $0[index] })
        }
    }

    /// Each different value's place in their ascending order.
    static func places<Value: Hashable & Comparable>(of values: some Sequence<Value>) -> [Value: Int] {
        Dictionary(uniqueKeysWithValues: Set(values).sorted().enumerated().map { ($0.element, $0.offset) })
    }
}

extension LoadTable.Columns {
    /// - Parameter measurements: the candidate's, with the samples' places among all names.
    fileprivate init(
        of candidate: Candidate, measurements: [Measurement], at scope: LoadTable.Scope, rounds: Int,
        metrics: [Metric], memory: Int64?, withTypicalTimes: Bool, withMeasurements: Bool
    ) {
        let counted = scope.counted(of: measurements)
        let all = metrics.contains(.throughput) ? measurements : []
        self.init(
            candidate: candidate, accuracy: AccuracyColumn(counted, samples: scope.samples),
            metrics: metrics.map { metric in
                MetricColumn(
                    metric, of: metric == .throughput ? all : counted, samples: scope.samples, rounds: rounds,
                    price: candidate.price, memory: memory)
            },
            typical: withTypicalTimes ? LoadTable.TypicalTimes(of: counted) : nil,
            measurements: withMeasurements ? counted : [])
    }
}

extension LoadTable {
    /// The trials of one load by candidate.
    fileprivate struct Level {
        let load: Load
        /// Rounds that a resample draws from; 1 where rounds are left as they are.
        let rounds: Int
        private let trials: TrialColumns
        private let roundPlaces: [Int32: Int]
        /// By the trials' own order of candidates.
        private let rows: [[Int32]]
        private let known: [String: Int]
        /// Of each name of a sample its place in the names' order.
        private let ranks: [Int]
        /// Of the samples that any candidate was asked the task, in the names' order; nil of others.
        let tasks: [String?]

        init(_ load: Load, _ rows: [Int32], of trials: TrialColumns) {
            self.load = load
            self.trials = trials
            roundPlaces = LoadTable.places(of: Set(rows.map { trials.places[Int($0)].round }))
            rounds = roundPlaces.count >= LoadTable.leastRounds ? roundPlaces.count : 1
            known = Dictionary(
                trials.candidates.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
            var own = [[Int32]](repeating: [], count: trials.candidates.count)
            for row in rows { own[Int(trials.places[Int(row)].candidate)].append(row) }
            self.rows = own
            let names = trials.samples
            var ranks = [Int](repeating: 0, count: names.count)
            for (rank, index) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
                ranks[index] = rank
            }
            var tasks = [String?](repeating: nil, count: names.count)
            for row in rows {
                let sample = Int(trials.places[Int(row)].sample)
                tasks[ranks[sample]] = names[sample].task
            }
            (self.ranks, self.tasks) = (ranks, tasks)
        }

        /// In an order that does not depend on the one they came in.
        func measurements(of candidate: Candidate) -> [Measurement] {
            (known[candidate.id].map { rows[$0] } ?? []).map { row in
                let place = trials.places[Int(row)]
                return Measurement(
                    sample: ranks[Int(place.sample)], round: roundPlaces[place.round] ?? 0,
                    isOpenLoop: load.isOpenLoop
                ) { trials.value($0, at: Int(row)) }
            }
            .sorted(by: Measurement.inOrder)
        }
    }

    /// The samples of some tasks that any candidate was asked.
    fileprivate struct Scope {
        let samples: Int
        /// By the rank of a sample's name among all, its place among those that count; −1 of another.
        private let places: [Int]

        /// - Parameter tasks: empty for all.
        init(_ tasks: [String], in level: Level) {
            let tasks = Set(tasks)
            var (places, count) = ([Int](), 0)
            for task in level.tasks {
                let counts = task.map { tasks.isEmpty || tasks.contains($0) } ?? false
                places.append(counts ? count : -1)
                if counts { count += 1 }
            }
            self.places = places
            samples = count
        }

        /// Those that count, with their samples' places among them.
        func counted(of measurements: [Measurement]) -> [Measurement] {
            measurements.compactMap { measurement in
                let place = places[measurement.sample]
                guard place >= 0 else { return nil }
                var counted = measurement
                counted.sample = place
                return counted
            }
        }
    }
}
