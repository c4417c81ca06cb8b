import Testing

@testable import PoiseReport

struct IntervalCellTests {
    @Test func `no difference stands in the middle, and the ends of the scale say what they are`() {
        let cell = IntervalCell.differences([-0.031, 0.012])
        #expect(cell.axis.contains(">−5<") && cell.axis.contains(">+5<"))
        #expect(cell.drawing(0, low: nil, high: nil, isSure: false).contains("cx=\"100\""))
        #expect(cell.drawing(0.05, low: 0, high: 0.05, isSure: true).contains("class=\"sure\" cx=\"192\""))
    }

    @Test func `a half and a double stand at equal distances from 1`() {
        let cell = IntervalCell.ratios([0.5, 2])
        #expect(cell.axis.contains(">0.5×<") && cell.axis.contains(">2×<"))
        #expect(cell.drawing(0.5, low: nil, high: nil, isSure: true).contains("cx=\"8\""))
        #expect(cell.drawing(2, low: nil, high: nil, isSure: true).contains("cx=\"192\""))
    }

    @Test func `what is infinite, or no number, stays inside the drawing`() {
        let cell = IntervalCell.ratios([.infinity, 1.2])
        for value in [Double.infinity, .nan, 0] {
            let x = cell.drawing(value, low: 1, high: .infinity, isSure: false)
            #expect(x.contains("cx=\"192\"") || x.contains("cx=\"8\""), "\(x)")
        }
    }
}
