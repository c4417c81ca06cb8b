import Testing

@testable import PoiseReport

struct GeometryTests {
    private let box = Box(x: 10, y: 10, width: 20, height: 10)

    @Test func `boxes that only touch do not overlap`() {
        #expect(box.overlap(with: Box(x: 30, y: 10, width: 5, height: 5)) == 0)
        #expect(box.overlap(with: Box(x: 25, y: 15, width: 50, height: 50)) == 25)
    }

    @Test(arguments: [
        (Segment(0, 15, 50, 15), true), (Segment(20, 0, 20, 50), true), (Segment(0, 0, 5, 50), false),
        (Segment(0, 0, 40, 40), true), (Segment(31, 0, 31, 50), false), (Segment(0, 25, 50, 25), false),
    ])
    func `a line crosses a box or it does not`(line: Segment, isCrossed: Bool) {
        #expect(box.isCrossed(by: line) == isCrossed)
    }

    @Test func `the distance to a box is 0 inside it`() {
        #expect(box.distance(toX: 20, y: 15) == 0)
        #expect(box.distance(toX: 33, y: 24) == 5)
    }
}
