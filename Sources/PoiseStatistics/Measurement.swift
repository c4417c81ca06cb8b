import PoiseCore

/// What one trial adds to its candidate's numbers, with places in the load's tables for names.
///
/// Values that break their definition (a score outside of 0…1, a time that is no number) are undefined here, so that
/// one damaged row cannot spoil a point.
struct Measurement: Sendable {
    /// Place in the load's samples.
    let sample: Int
    /// Place in the load's rounds.
    let round: Int
    let score: Double?
    /// Milliseconds.
    let ttft: Double?
    let ttfo: Double?
    let latency: Double?
    /// The trial's decoding; nil where no token came after the first.
    let decoding: Decoding?

    struct Decoding: Sendable {
        /// tok/s
        let speed: Double
        /// N − n₁
        let tokens: Int
        /// last − first, milliseconds.
        let span: Double
    }

    init(of observation: Observation, sample: Int, round: Int) {
        func nonNegative(_ value: Double?) -> Double? {
            value.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
        self.sample = sample
        self.round = round
        score = observation.score.flatMap { (0...1).contains($0) ? $0 : nil }
        ttft = nonNegative(observation.ttft)
        ttfo = nonNegative(observation.ttfo)
        latency = nonNegative(observation.latency)
        decoding =
            if let speed = nonNegative(observation.decodeTPS), let tokens = observation.decodedTokens, tokens >= 1,
                let span = nonNegative(observation.decodeSpan), span > 0
            {
                Decoding(speed: speed, tokens: tokens, span: span)
            } else {
                nil
            }
    }

    /// An order of all measurements that does not depend on the order they came in: sums of fractions do.
    static func inOrder(_ left: Measurement, _ right: Measurement) -> Bool {
        for (a, b) in zip(left.sortingKey, right.sortingKey) where a != b { return a < b }
        return false
    }

    /// Every value, undefined ones below all others.
    private var sortingKey: [Double] {
        [
            Double(sample), Double(round), score ?? -1, latency ?? -1, ttft ?? -1, ttfo ?? -1, decoding?.speed ?? -1,
            Double(decoding?.tokens ?? -1), decoding?.span ?? -1,
        ]
    }
}
