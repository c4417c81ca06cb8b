import PoiseCore
import Testing

@testable import PoiseReport

struct LoadViewTests {
    private func view(_ points: [FrontPoint]) -> LoadView {
        let content = Demo.content(points: Demo.withFront(points))
        return LoadView(content, FrontView(content, load: 1), index: 0, isOnly: true)
    }

    @Test func `unscored samples are counted over all rows and never called wrong`() {
        let caption = view([
            Demo.point("a", "f16", n: 439, correct: 9, speed: 10), Demo.point("b", "f16", n: 438, correct: 9, speed: 9),
        ]).candidatesCaption
        #expect(caption.contains("Over all rows, 3 samples could not be scored: not wrong, not zero"))
    }
}
