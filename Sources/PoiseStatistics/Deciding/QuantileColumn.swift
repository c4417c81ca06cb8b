/// A quantile of values that each count as often as the sample they belong to was drawn.
///
/// Definition 7 of Hyndman and Fan 1996 over the values written out as often as they count, as everywhere in Poise.
struct QuantileColumn: Sendable {
    /// 0…1
    let probability: Double
    /// Different samples that have a value.
    let samples: Int
    /// Ascending.
    private let values: [Double]
    private let places: [Int32]

    /// - Parameter value: what is taken of a trial; nil where it has none.
    init(_ probability: Double, of measurements: [Measurement], value: (Measurement) -> Double?) {
        self.probability = probability
        let measured = measurements.compactMap { measurement in
            value(measurement).map { (value: $0, place: Int32(measurement.sample)) }
        }.sorted { ($0.value, $0.place) < ($1.value, $1.place) }
        values = measured.map(\.value)
        places = measured.map(\.place)
        self.samples = Set(places).count
    }

    /// Nil where all that was drawn has no value.
    /// - Parameter counts: how often each sample was drawn; 1 everywhere for the trials themselves.
    func estimate(counts: CountVector) -> Double? {
        counts.values.withUnsafeBufferPointer { counts in
            let total = places.reduce(0) { $0 + counts[Int($1)] }
            guard total > 0 else { return nil }
            let rank = (total - 1) * probability
            let below = rank.rounded(.down)
            var (counted, index) = (0.0, -1)
            while counted <= below {
                index += 1
                counted += counts[Int(places[index])]
            }
            let low = values[index]
            guard rank > below, counted <= below + 1 else { return low }
            repeat { index += 1 } while counts[Int(places[index])] == 0
            return low + (values[index] - low) * (rank - below)
        }
    }

    /// Samples from which on a quantile has an interval at all: with fewer, all of them lie on one side of it too often.
    ///
    /// The extremes of n values enclose the quantile p but for pⁿ and (1 − p)ⁿ: David and Nagaraja 2003, "Order
    /// Statistics", section 7.1.
    static func leastSamples(_ probability: Double, confidence: Double = Interval.confidence) -> Int {
        let tail = (1 - confidence) / 2
        let rarer = max(probability, 1 - probability)
        var (n, power) = (1, rarer)
        while power > tail, n < 100_000 { (n, power) = (n + 1, power * rarer) }
        return n
    }
}
