/// How often times occurred, counted in buckets of a sixteenth of an octave: fixed memory, errors of at most 6%.
package struct TimeHistogram: Sendable {
    private static let parts = 16
    private var counts = [UInt32](repeating: 0, count: 64 * Self.parts)
    package private(set) var samples = 0
    package private(set) var max: Int64 = 0

    package init() {}

    package mutating func note(nanoseconds: Int64) {
        let value = Swift.max(0, nanoseconds)
        counts[Self.bucket(of: value)] += 1
        samples += 1
        max = Swift.max(max, value)
    }

    /// What was counted since an earlier state of the same histogram; its largest is known to its bucket alone.
    package func since(_ earlier: TimeHistogram) -> TimeHistogram {
        var rest = TimeHistogram()
        for bucket in counts.indices where counts[bucket] > earlier.counts[bucket] {
            rest.counts[bucket] = counts[bucket] - earlier.counts[bucket]
            rest.max = Swift.min(max, Self.upperEdge(of: bucket))
        }
        rest.samples = samples - earlier.samples
        return rest
    }

    /// The upper edge of the bucket that holds the quantile, in nanoseconds; nil without samples.
    package func quantile(_ share: Double) -> Int64? {
        guard samples > 0 else { return nil }
        var rest = Int((share * Double(samples)).rounded(.up))
        for (bucket, count) in counts.enumerated() where count > 0 {
            rest -= Int(count)
            if rest <= 0 { return Swift.min(max, Self.upperEdge(of: bucket)) }
        }
        return max
    }

    /// Values below 16 have buckets of their own; from there on each octave has 16.
    private static func bucket(of value: Int64) -> Int {
        guard value >= Int64(parts) else { return Int(value) }
        let octave = 63 - value.leadingZeroBitCount
        let part = Int(value >> Int64(octave - 4)) & (parts - 1)
        return (octave - 3) * parts + part
    }

    private static func upperEdge(of bucket: Int) -> Int64 {
        guard bucket >= parts else { return Int64(bucket) }
        let octave = bucket / parts + 3
        return Int64(clamping: UInt64(parts + bucket % parts + 1) << UInt64(octave - 4) - 1)
    }
}
