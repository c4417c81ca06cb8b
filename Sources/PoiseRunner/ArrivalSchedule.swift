#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

package import PoiseCore

/// When the requests of an open-loop level go out, drawn up front: the same plan gives the same instants every time.
///
/// The first request opens the level. Seen from any arrival, the others of a Poisson process are a Poisson process still
/// (Slivnyak's theorem), so that nothing is lost by not waiting for the first.
package struct ArrivalSchedule: Hashable, Sendable {
    /// The level's beginning → each request, ascending.
    package let offsets: [Duration]

    /// - Parameters:
    ///   - perSecond: the mean rate, above 0.
    ///   - stream: sets the draws apart from those of other levels and rounds under the same seed.
    package init(perSecond: Double, arrivals: Load.Arrivals, count: Int, seed: UInt64, stream: UInt64) {
        switch arrivals {
        case .constant:
            // Each from the beginning, so that no rounding adds up.
            offsets = (0..<max(0, count)).map { Self.offset(seconds: Double($0) / perSecond) }
        case .poisson:
            var generator = SeededGenerator(seed: seed, stream: stream)
            var seconds = 0.0
            offsets = (0..<max(0, count)).map { index in
                // The inverse of the exponential distribution; 1 − u is in (0, 1], so that its logarithm is finite.
                if index > 0 { seconds -= log(1 - generator.nextUnit()) / perSecond }
                return Self.offset(seconds: seconds)
            }
        }
    }

    /// The schedule of one level of a plan; the same for every candidate, so that they meet the same bursts.
    ///
    /// - Returns: nil for a closed loop, which has none.
    package init?(load: Load, count: Int, seed: UInt64, round: Int) {
        guard case .rate(let perSecond, let arrivals) = load else { return nil }
        self.init(
            perSecond: perSecond, arrivals: arrivals, count: count, seed: seed,
            stream: load.stream ^ (0x4152_5249_5645 &+ UInt64(round)))
    }

    /// The last so many instants, from a beginning of their own.
    package func last(_ count: Int) -> ArrivalSchedule {
        let rest = offsets.suffix(max(0, count))
        let first = rest.first ?? .zero
        return ArrivalSchedule(offsets: rest.map { $0 - first })
    }

    private init(offsets: [Duration]) {
        self.offsets = offsets
    }

    /// No run lasts for 30 years: what is scheduled later is scheduled then.
    private static func offset(seconds: Double) -> Duration {
        .nanoseconds(Int64(min(seconds, 1e9) * 1e9))
    }
}
