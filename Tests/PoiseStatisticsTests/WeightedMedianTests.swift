import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct WeightedMedianTests {
    private func value(_ values: [Double], _ cells: [Int32], _ weights: [Double]) -> Double? {
        WeightedMedian(ofSorted: values, cells: cells, cellCount: weights.count)
            .value(weights: CountVector(weights), drawn: weights.reduce(0, +))
    }

    @Test func `it is the plain median of the values written out`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5000 {
            let values = (0..<(1 + generator.next(below: 40))).map { _ in Double(generator.next(below: 20)) }.sorted()
            let weights = (0..<(1 + generator.next(below: 7))).map { _ in Double(max(0, generator.next(below: 7) - 3)) }
            let cells = values.map { _ in Int32(generator.next(below: weights.count)) }
            let writtenOut = zip(values, cells).flatMap { value, cell in
                repeatElement(value, count: Int(weights[Int(cell)]))
            }
            #expect(value(values, cells, weights) == median(of: writtenOut))
        }
    }

    @Test func `cells with as many values each have the same median`() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<2000 {
            let weights = (0..<9).map { _ in Double(generator.next(below: 3)) }
            let cells = generator.shuffled((0..<18).map { Int32($0 % 9) })
            let values = (0..<18).map { _ in Double(generator.next(below: 30)) }.sorted()
            let writtenOut = zip(values, cells).flatMap { value, cell in
                repeatElement(value, count: Int(weights[Int(cell)]))
            }
            #expect(value(values, cells, weights) == median(of: writtenOut))
        }
    }

    @Test func `no weight and no values have no median`() {
        #expect(value([1, 2], [0, 1], [0, 0]) == nil)
        #expect(value([], [], [1]) == nil)
    }

    @Test func `all the weight at either end is found`() {
        let values = (0..<100).map(Double.init)
        let cells = (0..<100).map(Int32.init)
        for index in [0, 1, 49, 50, 51, 98, 99] {
            var weights = [Double](repeating: 0, count: 100)
            weights[index] = 3
            #expect(value(values, cells, weights) == Double(index))
        }
    }
}
