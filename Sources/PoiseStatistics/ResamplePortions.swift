import Dispatch
import PoiseCore
import Synchronization

/// The resamples of a bootstrap in portions, each from a stream of draws of its own.
///
/// All cores work on them, and the result does not depend on how many there are.
enum ResamplePortions {
    /// Resamples that share a stream: enough that starting one costs nothing, and few enough that no core has to wait for
    /// another's last portion.
    private static let size = 200

    /// What each portion gives, in order.
    ///
    /// - Parameter body: makes so many resamples from a generator.
    static func map<Portion: Sendable>(
        _ resamples: Int, generator: SeededGenerator,
        _ body: @Sendable (_ resamples: Int, _ generator: SeededGenerator) -> Portion
    ) -> [Portion] {
        var seeds = generator
        let starts = stride(from: 0, to: resamples, by: size).map { (first: $0, seed: seeds.next()) }
        let done = Mutex([Portion?](repeating: nil, count: starts.count))
        DispatchQueue.concurrentPerform(iterations: starts.count) { index in
            let start = starts[index]
            let portion = body(
                min(size, resamples - start.first), SeededGenerator(seed: start.seed, stream: UInt64(index)))
            done.withLock { $0[index] = portion }
        }
        return done.withLock { $0.compactMap(\.self) }
    }
}
