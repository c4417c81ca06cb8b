import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

struct ResamplePortionsTests {
    /// The first draw of each portion, and the thread that it was drawn on.
    private func portions() -> [(draw: UInt64, thread: ObjectIdentifier)] {
        ResamplePortions.map(2_100, generator: SeededGenerator(seed: 7)) { _, generator in
            var generator = generator
            return (generator.next(), ObjectIdentifier(Thread.current))
        }
    }

    @Test func `one core draws what all draw, on the thread that asked`() {
        let all = portions()
        let one = ResampleCores.$isOne.withValue(true) { portions() }
        #expect(all.count == 11 && all.map(\.draw) == one.map(\.draw))
        #expect(one.allSatisfy { $0.thread == ObjectIdentifier(Thread.current) })
    }
}
