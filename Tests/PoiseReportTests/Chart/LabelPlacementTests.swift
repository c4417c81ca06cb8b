import PoiseCore
import Testing

@testable import PoiseReport

struct LabelPlacementTests {
    private let area = Box(x: 0, y: 0, width: 700, height: 400)

    private func labels(count: Int, seed: UInt64, isCrowded: Bool) -> [LabelPlacement.Label] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            LabelPlacement.Label(
                x: isCrowded ? 300 + generator.nextUnit() * 60 : generator.nextUnit() * 700,
                y: isCrowded ? 200 + generator.nextUnit() * 30 : generator.nextUnit() * 400, radius: 6,
                width: 25 + generator.nextUnit() * 120, height: 16
            )
        }
    }

    @Test(arguments: [false, true])
    func `no two labels overlap and none leaves the area`(isCrowded: Bool) {
        for seed in 0..<25 {
            for count in [3, 8, 13, 20] {
                let wanted = labels(count: count, seed: UInt64(seed * 100 + count), isCrowded: isCrowded)
                let boxes = LabelPlacement.places(for: wanted, in: area).filter { !$0.isHidden }.map(\.box)
                for (index, box) in boxes.enumerated() {
                    #expect(area.contains(box))
                    #expect(boxes[(index + 1)...].allSatisfy { $0.overlap(with: box) == 0 })
                }
            }
        }
    }

    @Test func `scattered labels nearly all find a place`() {
        let hidden = (0..<60).map { seed in
            LabelPlacement.places(for: labels(count: 13, seed: UInt64(seed), isCrowded: false), in: area)
                .count(where: \.isHidden)
        }
        #expect(hidden.reduce(0, +) <= 60 * 13 / 50)
    }

    @Test func `a label alone stands to the right of its mark, without a leader`() {
        let label = LabelPlacement.Label(x: 100, y: 100, radius: 6, width: 40, height: 16)
        let places = LabelPlacement.places(for: [label], in: area)
        #expect(places == [.init(box: Box(x: 110, y: 92, width: 40, height: 16), needsLeader: false, isHidden: false)])
    }

    @Test func `at the right edge it stands on the left`() throws {
        let label = LabelPlacement.Label(x: 690, y: 100, radius: 6, width: 80, height: 16)
        let place = try #require(LabelPlacement.places(for: [label], in: area).first)
        #expect(place.box.x + 80 <= 690)
        #expect(!place.isHidden)
    }

    @Test func `a line that costs is avoided`() throws {
        let label = LabelPlacement.Label(x: 100, y: 100, radius: 6, width: 40, height: 16)
        let line = LabelPlacement.Line(Segment(100, 100, 600, 100), cost: LabelPlacement.Line.frontier)
        let place = try #require(LabelPlacement.places(for: [label], lines: [line], in: area).first)
        #expect(!place.box.isCrossed(by: line.segment))
    }

    @Test func `a label that fits nowhere is hidden, inside the area`() throws {
        let label = LabelPlacement.Label(x: 5, y: 5, radius: 6, width: 30, height: 16)
        let small = Box(x: 0, y: 0, width: 40, height: 18)
        let place = try #require(LabelPlacement.places(for: [label], in: small).first)
        #expect(place.isHidden)
        #expect(small.contains(place.box))
    }

    @Test func `the same labels get the same places, and none is asked for none`() {
        let wanted = labels(count: 20, seed: 9, isCrowded: true)
        #expect(LabelPlacement.places(for: wanted, in: area) == LabelPlacement.places(for: wanted, in: area))
        #expect(LabelPlacement.places(for: [], in: area).isEmpty)
    }
}
