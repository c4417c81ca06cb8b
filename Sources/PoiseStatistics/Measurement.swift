import PoiseCore

/// What one trial adds to its candidate's numbers, with places in the load's tables for names.
///
/// Values that break their definition (a score outside of 0…1, a time that is no number) are undefined here, so that
/// one damaged row cannot spoil a point.
struct Measurement: Sendable {
    /// Place in the samples that count.
    var sample: Int
    /// Place in the load's rounds.
    let round: Int
    let score: Double?
    /// Milliseconds; at an open-loop load from the scheduled start, which is when people begin to wait.
    let ttft: Double?
    let ttfo: Double?
    let latency: Double?
    /// Milliseconds; nil at a closed-loop load.
    let queueDelay: Double?
    /// When it was under way, in milliseconds since the run began; nil where it was not recorded.
    let span: ClosedRange<Double>?
    /// Nil where nobody counted them.
    let outputTokens: Int?
    let promptTokens: Int?
    /// At most `promptTokens`; nil where the server does not tell.
    let cachedTokens: Int?
    let charactersPerSecond: Double?
    /// Whether the model wrote anything now: a failed request leaves no latency, and neither does a cached response.
    let hasOutput: Bool
    /// Whether its response was generated in an earlier run, so that it has a score and a length, and no time.
    let isCached: Bool
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

    /// Whether tokens were generated for it, now or in an earlier run.
    var hasTokens: Bool { hasOutput || isCached && outputTokens != nil }

    init(of observation: Observation, sample: Int, round: Int) {
        self.init(sample: sample, round: round, isOpenLoop: observation.load.isOpenLoop) { observation.value($0) }
    }

    /// - Parameters:
    ///   - isOpenLoop: whether times count from the scheduled start.
    ///   - value: a number of the trial; nil where it is undefined.
    @inline(__always)
    init(sample: Int, round: Int, isOpenLoop: Bool, value: (TrialColumns.Quantity) -> Double?) {
        func nonNegative(_ quantity: TrialColumns.Quantity) -> Double? {
            value(quantity).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
        func count(_ quantity: TrialColumns.Quantity) -> Int? { nonNegative(quantity).flatMap { Int(exactly: $0) } }
        let delay = nonNegative(.queueDelay)
        func waited(_ quantity: TrialColumns.Quantity) -> Double? {
            guard isOpenLoop else { return nonNegative(quantity) }
            return nonNegative(quantity).flatMap { time in delay.map { time + $0 } }
        }
        self.sample = sample
        self.round = round
        score = value(.score).flatMap { (0...1).contains($0) ? $0 : nil }
        ttft = waited(.ttft)
        ttfo = waited(.ttfo)
        latency = waited(.latency)
        queueDelay = isOpenLoop ? delay : nil
        hasOutput = value(.latency) != nil
        isCached = value(.isCached) == 1
        outputTokens = count(.outputTokens)
        promptTokens = count(.promptTokens)
        let prompt = promptTokens ?? 0
        cachedTokens = count(.cachedTokens).flatMap { $0 <= prompt ? $0 : nil }
        charactersPerSecond = nonNegative(.charactersPerSecond)
        if let scheduled = nonNegative(.scheduled), let ended = nonNegative(.ended) {
            let start = scheduled + (delay ?? 0)
            span = start <= ended ? start...ended : nil
        } else {
            span = nil
        }
        decoding =
            if let speed = nonNegative(.decodeTPS), let tokens = count(.decodedTokens), tokens >= 1,
                let span = nonNegative(.decodeSpan), span > 0
            {
                Decoding(speed: speed, tokens: tokens, span: span)
            } else {
                nil
            }
    }

    /// An order of all measurements that does not depend on the order they came in: sums of fractions do.
    static func inOrder(_ left: Measurement, _ right: Measurement) -> Bool {
        if left.sample != right.sample { return left.sample < right.sample }
        if left.round != right.round { return left.round < right.round }
        for (a, b) in zip(left.sortingKey, right.sortingKey) where a != b { return a < b }
        return false
    }

    /// Every value, undefined ones below all others.
    private var sortingKey: [Double] {
        [
            score ?? -1, latency ?? -1, ttft ?? -1, ttfo ?? -1, decoding?.speed ?? -1,
            Double(decoding?.tokens ?? -1), decoding?.span ?? -1,
        ]
    }
}
