import PoiseStatistics
import Testing

@Suite struct FrontShapeTests {
    private typealias Place = FrontShape.Place

    private func places(_ numbers: [(Double, Double)]) -> [FrontShape.Place] {
        numbers.map { FrontShape.Place(x: $0.0, y: $0.1) }
    }

    @Test func `the area is that of the union of rectangles`() {
        let zero = FrontShape.Place(x: 0, y: 0)
        #expect(FrontShape.hypervolume(of: places([(2, 3)]), reference: zero) == 6)
        // Three steps: 3 × 1 + 2 × 1 + 1 × 1.
        #expect(FrontShape.hypervolume(of: places([(1, 3), (3, 1), (2, 2)]), reference: zero) == 6)
        // What is dominated or doubled adds nothing, nor does what is no better than the reference.
        let more = places([(1, 3), (3, 1), (2, 2), (2, 2), (1, 1), (0, 9), (9, 0), (-1, 5)])
        #expect(FrontShape.hypervolume(of: more, reference: zero) == 6)
        #expect(FrontShape.hypervolume(of: places([(3, 1), (2, 2)]), reference: FrontShape.Place(x: 1, y: 1)) == 1)
        #expect(FrontShape.hypervolume(of: [], reference: zero) == 0)
    }

    @Test func `the knee bulges furthest out of the line between the ends`() {
        #expect(
            FrontShape.knee(of: places([(0, 1), (0.8, 0.9), (0.9, 0.4), (1, 0)])) == FrontShape.Place(x: 0.8, y: 0.9))
        // The scale of an axis does not matter.
        let scaled = places([(0, 100), (8, 90), (9, 40), (10, 0), (1, 1)])
        #expect(FrontShape.knee(of: scaled) == FrontShape.Place(x: 8, y: 90))
    }

    @Test func `a straight front, one that bends inwards and two places have no knee`() {
        #expect(FrontShape.knee(of: places([(0, 1), (0.5, 0.5), (1, 0)])) == nil)
        #expect(FrontShape.knee(of: places([(0, 1), (0.2, 0.2), (1, 0)])) == nil)
        #expect(FrontShape.knee(of: places([(0, 1), (1, 0)])) == nil)
        #expect(FrontShape.knee(of: []) == nil)
    }

    @Test func `of two as far out it is the one with the least x`() {
        #expect(
            FrontShape.knee(of: places([(1, 0), (0.75, 0.5), (0.5, 0.75), (0, 1)])) == FrontShape.Place(x: 0.5, y: 0.75)
        )
    }
}
