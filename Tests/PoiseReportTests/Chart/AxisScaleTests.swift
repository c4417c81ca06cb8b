import PoiseCore
import Testing

@testable import PoiseReport

struct AxisScaleTests {
    @Test func `the speed axis is logarithmic from a factor of 3 on`() {
        #expect(AxisScale.speeds([100, 299]).kind == .linear)
        #expect(AxisScale.speeds([100, 300]).kind == .logarithmic)
        #expect(AxisScale.speeds([2_300, 18_000]).kind == .logarithmic)
    }

    @Test func `one value, no value and impossible values make an axis too`() {
        let one = AxisScale.speeds([50])
        #expect(one.low < 50 && one.high > 50)
        #expect(AxisScale.speeds([]).high > AxisScale.speeds([]).low)
        #expect(AxisScale.speeds([0, -3, .infinity, 50]) == one)
        #expect(AxisScale.shares([]).low == 0)
    }

    @Test func `every value stands inside its axis`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let values = (0..<4).map { _ in 0.01 + generator.nextUnit() * 1e5 * generator.nextUnit() }
            let scale = AxisScale.speeds(values)
            #expect(values.allSatisfy { (0...1).contains(scale.position(of: $0)) })
            let shares = (0..<4).map { _ in generator.nextUnit() }
            let axis = AxisScale.shares(shares)
            #expect(shares.allSatisfy { (0...1).contains(axis.position(of: $0)) })
        }
    }

    @Test func `a share of 0 or 1 has room for its mark, and no tick stands beyond it`() {
        let scale = AxisScale.shares([0, 1])
        #expect(scale.position(of: 0) > 0.01)
        #expect(scale.position(of: 1) < 0.99)
        #expect(scale.shareTicks(gap: 0.08) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    }

    @Test func `logarithmic ticks are numbers that people say`() {
        let scale = AxisScale(kind: .logarithmic, low: 2.6, high: 65)
        #expect(scale.ticks(gap: 0.05) == [3, 5, 7, 10, 15, 20, 30, 50])
        #expect(scale.ticks(gap: 0.15) == [5, 10, 20, 50])
        #expect(scale.ticks(gap: 0.3) == [3, 10, 30])
        #expect(scale.ticks(gap: 0.9) == [10])
    }

    @Test func `linear ticks are 1, 2, 2_5 or 5 times a power of ten apart`() {
        #expect(AxisScale(kind: .linear, low: 96, high: 121).ticks(gap: 0.15) == [100, 105, 110, 115, 120])
        #expect(AxisScale(kind: .linear, low: 0, high: 1).ticks(gap: 0.2) == [0, 0.2, 0.4, 0.6, 0.8, 1])
        #expect(AxisScale(kind: .linear, low: 0.29, high: 0.71).ticks(gap: 0.3) == [0.4, 0.6])
    }

    @Test func `ticks stand apart and inside at any range`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let least = 0.001 + generator.nextUnit() * 100
            let scale = AxisScale.speeds([least, least * (1 + generator.nextUnit() * 1e6 * generator.nextUnit())])
            let positions = scale.ticks(gap: 0.08).map(scale.position)
            #expect(positions.allSatisfy { $0 > -1e-6 && $0 < 1 + 1e-6 })
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $1 - $0 >= 0.08 - 1e-9 })
        }
    }

    @Test func `tick texts share the decimals that they need`() {
        #expect(AxisScale.texts([0.4, 0.6]) == ["0.4", "0.6"])
        #expect(AxisScale.texts([1, 1.5, 2]) == ["1", "1.5", "2"])
        #expect(AxisScale.texts([2_000, 20_000]) == ["2,000", "20,000"])
        #expect(AxisScale.texts([]).isEmpty)
    }
}
