import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct CountVectorTests {
    @Test(arguments: [0, 1, 7, 8, 9, 63, 1000])
    func `a sum of products is exact at any length`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let left = (0..<count).map { _ in generator.next(below: 100) }
        let right = (0..<count).map { _ in generator.next(below: 1 << 30) }
        let sum = CountVector(left.map(Double.init)).dot(CountVector(right.map(Double.init)))
        #expect(sum == Double(zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }))
    }

    @Test func `what stands behind the last value adds nothing`() {
        var vector = CountVector(count: 3)
        for index in 0..<3 { vector[index] += 2 }
        #expect(vector.count == 3)
        #expect(vector.dot(vector) == 12)
    }

    @Test(arguments: [0, 1, 8, 13, 500])
    func `fractions add up to the same bits, one at a time or several`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count) + 9)
        let left = CountVector((0..<count).map { _ in generator.nextUnit() * 1000 })
        let right = CountVector((0..<count).map { _ in generator.nextUnit() })
        #expect(left.plainDot(right) == left.laneDot(right))
    }
}
