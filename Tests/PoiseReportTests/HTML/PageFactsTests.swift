import PoiseCore
import Testing

@testable import PoiseReport

struct PageFactsTests {
    @Test func `six facts for every kind of run, undefined where nothing is known`() {
        for count in [0, 1, 13] {
            let content = Demo.random(count: count, seed: 2)
            #expect(PageFact.six(content, FrontView(content, load: 1)).count == 6)
        }
        let none = Demo.content(points: [])
        #expect(PageFact.six(none, FrontView(none, load: 1)).allSatisfy { $0.number == "–" })
    }

    @Test func `the facts name the best and whose it is`() {
        let content = Demo.content()
        let facts = PageFact.six(content, FrontView(content, load: 1))
        #expect(facts[0].number == "75.9%" && facts[0].lines.first == "tiny-m at f16")
        #expect(facts[1].unit == "tok/s" && facts[1].lines.first == "tiny-xs at q4_0")
        #expect(facts[5].number == "6" && facts[5].unit == "of 13")
    }

    @Test func `a front of which nothing is sure says so`() {
        let points = [Demo.point("a", "f16", correct: 9, speed: 1), Demo.point("b", "f16", correct: 1, speed: 9)]
        let content = Demo.content(points: points.map { Demo.with($0, onFront: true, probability: 0.6) })
        #expect(
            PageFact.six(content, FrontView(content, load: 1))[5].lines == ["none of them in at least 95% of resamples"]
        )
    }

    @Test func `an infinite time to correct is never the shortest`() {
        let content = Demo.content(points: [Demo.point("a", "f16", correct: 0, speed: 10)])
        #expect(PageFact.six(content, FrontView(content, load: 1))[3].number == "–")
    }
}
