import Dispatch
import PoiseCore
import Synchronization

/// On how many cores resamples are drawn.
package enum ResampleCores {
    /// Whether one core draws them all: a machine that measures something meanwhile needs its others, and its caches.
    @TaskLocal package static var isOne = false
}

/// The resamples of a bootstrap in portions, each from a stream of draws of its own.
///
/// All cores work on them, or one (`ResampleCores`), and the result does not depend on how many there are.
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
        @Sendable func draw(_ index: Int) {
            let start = starts[index]
            let portion = body(
                min(size, resamples - start.first), SeededGenerator(seed: start.seed, stream: UInt64(index)))
            done.withLock { $0[index] = portion }
        }
        if ResampleCores.isOne {
            for index in starts.indices { draw(index) }
        } else {
            DispatchQueue.concurrentPerform(iterations: starts.count, execute: draw)
        }
        return done.withLock { $0.compactMap(\.self) }
    }
}
