import PoiseCore
import Testing

@testable import PoiseReport

struct FrontViewTests {
    @Test func `candidates keep the suite's order, whatever the order of the points`() {
        var content = Demo.content()
        let order = FrontView(content, load: 1).candidates.map(\.id)
        content.points.reverse()
        #expect(FrontView(content, load: 1).candidates.map(\.id) == order)
        #expect(order.first == "tiny-xs@f16")
    }

    @Test func `a view holds its own load only`() {
        let content = Demo.content(loads: [1, 4])
        #expect(FrontView(content, load: 4).candidates.allSatisfy { $0.point.load == 4 })
        #expect(FrontView(content, load: 8).candidates.isEmpty)
    }

    @Test func `a point of a candidate that the suite does not list is shown, last`() {
        var content = Demo.content()
        content.candidates.removeFirst()
        #expect(FrontView(content, load: 1).candidates.last?.id == "tiny-xs@f16")
    }

    @Test func `what has no score or no speed is not drawn`() {
        let points = [
            Demo.point("a", "f16", n: 0, correct: 0, speed: 10), Demo.point("b", "f16", correct: 4, speed: nil),
            Demo.point("c", "f16", correct: 4, speed: 5),
        ]
        let view = FrontView(Demo.content(points: points), load: 1)
        #expect(view.drawn.map(\.id) == ["c@f16"])
        #expect(view.undrawn.map(\.id) == ["a@f16", "b@f16"])
    }

    @Test func `the front goes from slow and right to fast and less right`() {
        let front = FrontView(Demo.content(), load: 1).front
        #expect(front.map(\.speed) == front.map(\.speed).sorted())
        #expect(front.map(\.accuracy) == front.map(\.accuracy).sorted(by: >))
    }
}
