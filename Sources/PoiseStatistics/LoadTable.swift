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
    /// In the candidates' order.
    let columns: [Columns]

    /// What one candidate measured.
    struct Columns: Sendable {
        let candidate: Candidate
        let measurements: [Measurement]
        let accuracy: AccuracyColumn
        let speed: SpeedColumn
    }

    private struct SampleName: Hashable, Comparable {
        let task: String
        let sample: String

        static func < (left: SampleName, right: SampleName) -> Bool {
            (left.task, left.sample) < (right.task, right.sample)
        }
    }

    /// - Parameter observations: of these candidates at this load, in any order.
    init(load: Load, observations: [Observation], candidates: [Candidate]) {
        let names = Self.places(of: observations.map { SampleName(task: $0.task, sample: $0.sample) })
        let rounds = Self.places(of: observations.map(\.round))
        let resampledRounds = rounds.count >= Self.leastRounds ? rounds.count : 1
        let byCandidate = Dictionary(grouping: observations, by: \.candidate)
        self.load = load
        self.samples = names.count
        self.rounds = resampledRounds
        columns = candidates.map { candidate in
            let measurements = byCandidate[candidate.id, default: []]
                .compactMap { observation -> Measurement? in
                    let name = SampleName(task: observation.task, sample: observation.sample)
                    guard let sample = names[name], let round = rounds[observation.round] else { return nil }
                    return Measurement(of: observation, sample: sample, round: round)
                }
                .sorted(by: Measurement.inOrder)
            return Columns(
                candidate: candidate, measurements: measurements,
                accuracy: AccuracyColumn(measurements, samples: names.count),
                speed: SpeedColumn(measurements, samples: names.count, rounds: resampledRounds)
            )
        }
    }

    /// Each different value's place in their ascending order.
    static func places<Value: Hashable & Comparable>(of values: [Value]) -> [Value: Int] {
        Dictionary(uniqueKeysWithValues: Set(values).sorted().enumerated().map { ($0.element, $0.offset) })
    }
}
