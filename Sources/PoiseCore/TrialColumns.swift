/// Trials that count as the analysis needs them, in columns: names once, numbers side by side.
///
/// A million trials with the numbers of one axis take some 50 MB so; as `Observation`s they would take ten times that.
package struct TrialColumns: Sendable {
    /// A number of a trial; the names are those of `Observation`.
    package enum Quantity: Int, Hashable, Sendable, CaseIterable {
        case score, ttft, ttfo, latency, decodeTPS, decodedTokens, decodeSpan, queueDelay, scheduled, ended
        case outputTokens, promptTokens, cachedTokens, charactersPerSecond
        /// 1 of a response from the cache; undefined of all others.
        case isCached
    }

    package struct SampleName: Hashable, Comparable, Sendable {
        package let task: String
        package let sample: String

        package init(task: String, sample: String) {
            self.task = task
            self.sample = sample
        }

        package static func < (left: SampleName, right: SampleName) -> Bool {
            (left.task, left.sample) < (right.task, right.sample)
        }
    }

    /// Where a trial belongs: places in the lists of names, and the round.
    package struct Place: Sendable {
        package var candidate: Int32
        package var sample: Int32
        package var load: Int32
        package var round: Int32

        package init(candidate: Int32, sample: Int32, load: Int32, round: Int32) {
            self.candidate = candidate
            self.sample = sample
            self.load = load
            self.round = round
        }
    }

    package private(set) var candidates: [String] = []
    package private(set) var samples: [SampleName] = []
    package private(set) var loads: [Load] = []
    /// One for each trial.
    package private(set) var places: [Place] = []
    /// By quantity and trial, NaN where undefined; empty for a quantity that was not asked for.
    private var values: [[Double]]
    private let quantities: [Quantity]
    private var candidatePlaces: [String: Int32] = [:]
    private var samplePlaces: [SampleName: Int32] = [:]
    private var loadPlaces: [Load: Int32] = [:]

    /// No trials yet.
    ///
    /// - Parameter quantities: those that every trial will be added with.
    package init(_ quantities: Set<Quantity>) {
        self.quantities = Quantity.allCases.filter(quantities.contains)
        values = Array(repeating: [], count: Quantity.allCases.count)
    }

    package init(_ observations: [Observation]) {
        self.init(Set(Quantity.allCases))
        reserve(observations.count)
        for observation in observations {
            let place = Place(
                candidate: place(ofCandidate: observation.candidate),
                sample: place(of: SampleName(task: observation.task, sample: observation.sample)),
                load: place(of: observation.load), round: Int32(clamping: observation.round))
            append(place) { observation.value($0) ?? .nan }
        }
    }

    package var count: Int { places.count }

    package mutating func reserve(_ count: Int) {
        places.reserveCapacity(count)
        for quantity in quantities { values[quantity.rawValue].reserveCapacity(count) }
    }

    package mutating func place(ofCandidate name: String) -> Int32 {
        if let known = candidatePlaces[name] { return known }
        candidates.append(name)
        candidatePlaces[name] = Int32(candidates.count - 1)
        return Int32(candidates.count - 1)
    }

    package mutating func place(of name: SampleName) -> Int32 {
        if let known = samplePlaces[name] { return known }
        samples.append(name)
        samplePlaces[name] = Int32(samples.count - 1)
        return Int32(samples.count - 1)
    }

    package mutating func place(of load: Load) -> Int32 {
        if let known = loadPlaces[load] { return known }
        loads.append(load)
        loadPlaces[load] = Int32(loads.count - 1)
        return Int32(loads.count - 1)
    }

    /// - Parameter value: NaN where undefined; asked for each of the quantities once.
    package mutating func append(_ place: Place, value: (Quantity) throws -> Double) rethrows {
        places.append(place)
        for quantity in quantities { values[quantity.rawValue].append(try value(quantity)) }
    }

    /// The trials of another run, at the end.
    package mutating func append(_ other: TrialColumns) {
        let candidates = other.candidates.map { place(ofCandidate: $0) }
        let samples = other.samples.map { place(of: $0) }
        let loads = other.loads.map { place(of: $0) }
        for (row, old) in other.places.enumerated() {
            let place = Place(
                candidate: candidates[Int(old.candidate)], sample: samples[Int(old.sample)],
                load: loads[Int(old.load)], round: old.round)
            append(place) { other.value($0, at: row) ?? .nan }
        }
    }

    /// Nil where it is undefined, or was not asked for.
    package func value(_ quantity: Quantity, at row: Int) -> Double? {
        let column = values[quantity.rawValue]
        guard row < column.count else { return nil }
        let value = column[row]
        return value.isNaN ? nil : value
    }
}

extension TrialColumns.Quantity {
    /// What a trial must say for a metric to be taken from it.
    package static func needed(for metric: Metric) -> Set<TrialColumns.Quantity> {
        switch metric {
        case .decodeTPS: [.decodeTPS, .decodedTokens, .decodeSpan]
        case .ttft: [.ttft, .queueDelay]
        case .ttfo: [.ttfo, .queueDelay]
        case .latency: [.latency, .queueDelay]
        case .timeToCorrect: [.latency, .queueDelay, .isCached]
        case .charactersPerSecond: [.charactersPerSecond]
        case .outputTokens, .tokensToCorrect: [.outputTokens]
        case .throughput: [.latency, .queueDelay, .scheduled, .ended, .outputTokens, .isCached]
        case .costToCorrect:
            [
                .latency, .queueDelay, .scheduled, .ended, .outputTokens, .promptTokens, .cachedTokens, .isCached,
            ]
        case .memory: []
        }
    }
}

extension Observation {
    /// One of its numbers; nil where it is undefined.
    package func value(_ quantity: TrialColumns.Quantity) -> Double? {
        switch quantity {
        case .score: score
        case .ttft: ttft
        case .ttfo: ttfo
        case .latency: latency
        case .decodeTPS: decodeTPS
        case .decodedTokens: decodedTokens.map(Double.init)
        case .decodeSpan: decodeSpan
        case .queueDelay: queueDelay
        case .scheduled: scheduled
        case .ended: ended
        case .outputTokens: outputTokens.map(Double.init)
        case .promptTokens: promptTokens.map(Double.init)
        case .cachedTokens: cachedTokens.map(Double.init)
        case .charactersPerSecond: charactersPerSecond
        case .isCached: isCached ? 1 : nil
        }
    }
}
