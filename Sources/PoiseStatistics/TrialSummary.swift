package import PoiseCore

/// What the trials of a run say of each candidate at each load, beside its point: how long people waited, and for how much.
package struct TrialSummary: Sendable {
    package let waits: [WaitDistribution]
    package let lengths: [ResponseLengths]

    /// What a trial must say for that.
    package static let quantities: Set<TrialColumns.Quantity> = [
        .ttft, .ttfo, .latency, .queueDelay, .outputTokens, .charactersPerSecond, .isCached,
    ]

    /// - Parameters:
    ///   - trials: with the quantities above.
    ///   - candidates: whose summaries are wanted, in the order of what is returned; then by load.
    package init(of trials: TrialColumns, candidates: [String]) {
        let groups = Self.rows(of: trials)
        let loads = trials.loads.enumerated().sorted { $0.element < $1.element }
        let places = Dictionary(uniqueKeysWithValues: trials.candidates.enumerated().map { ($1, $0) })
        var (waits, lengths): ([WaitDistribution], [ResponseLengths]) = ([], [])
        for candidate in candidates {
            guard let place = places[candidate] else { continue }
            for (loadPlace, load) in loads {
                guard let rows = groups[Group(candidate: Int32(place), load: Int32(loadPlace))] else { continue }
                let measurements = rows.map { row in
                    Measurement(sample: 0, round: 0, isOpenLoop: load.isOpenLoop) { trials.value($0, at: row) }
                }
                waits += Self.kinds.compactMap { kind, value in
                    WaitDistribution(
                        candidate: candidate, load: load, kind: kind, waits: measurements.compactMap(value))
                }
                if let length = Self.lengths(measurements, candidate, load) { lengths.append(length) }
            }
        }
        (self.waits, self.lengths) = (waits, lengths)
    }

    private struct Group: Hashable {
        let candidate: Int32
        let load: Int32
    }

    private static let kinds: [(WaitDistribution.Kind, @Sendable (Measurement) -> Double?)] = [
        (.ttft, { $0.ttft }), (.ttfo, { $0.ttfo }), (.latency, { $0.latency }),
    ]

    private static func rows(of trials: TrialColumns) -> [Group: [Int]] {
        var groups: [Group: [Int]] = [:]
        for (row, place) in trials.places.enumerated() {
            groups[Group(candidate: place.candidate, load: place.load), default: []].append(row)
        }
        return groups
    }

    private static func lengths(
        _ measurements: [Measurement], _ candidate: String, _ load: Load
    ) -> ResponseLengths? {
        let tokens = measurements.compactMap { $0.hasTokens ? $0.outputTokens.map(Double.init) : nil }.sorted()
        let speed = median(of: measurements.compactMap(\.charactersPerSecond))
        guard !tokens.isEmpty || speed != nil else { return nil }
        return ResponseLengths(
            candidate: candidate, load: load, n: tokens.count, median: quantile(0.5, ofSorted: tokens),
            p90: tokens.count >= 10 ? quantile(0.9, ofSorted: tokens) : nil, charactersPerSecond: speed)
    }
}
