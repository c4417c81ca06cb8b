import PoiseCore
import Testing

@testable import PoiseReport

struct FrontLayoutTests {
    @Test(arguments: [360.0, 480, 640, 800, 1080])
    func `over many runs no two labels overlap and none leaves the plot`(width: Double) {
        for count in 3...20 {
            for isCrowded in [false, true] {
                let content = Demo.random(count: count, seed: UInt64(count), isCrowded: isCrowded)
                let layout = FrontLayout(FrontView(content, load: 1), width: width)
                let boxes = layout.marks.filter { !$0.place.isHidden }.map(\.place.box)
                #expect(layout.marks.count == count)
                for (index, box) in boxes.enumerated() {
                    #expect(layout.plot.contains(box))
                    #expect(boxes[(index + 1)...].allSatisfy { $0.overlap(with: box) == 0 })
                }
            }
        }
    }

    @Test(arguments: [360.0, 480, 640, 800, 1080])
    func `every label of the demonstration finds a place`(width: Double) {
        let layout = FrontLayout(FrontView(Demo.content(), load: 1), width: width)
        #expect(layout.marks.allSatisfy { !$0.place.isHidden })
    }

    @Test func `marks and whiskers stand inside the plot, right and fast to the top right`() throws {
        let layout = FrontLayout(FrontView(Demo.content(), load: 1), width: 800)
        for mark in layout.marks {
            #expect(mark.left >= layout.plot.x && mark.right <= layout.plot.right)
            #expect(mark.top >= layout.plot.y && mark.bottom <= layout.plot.bottom)
            #expect(mark.left <= mark.x && mark.x <= mark.right && mark.top <= mark.y && mark.y <= mark.bottom)
        }
        let right = try #require(layout.marks.first { $0.candidate.id == "tiny-m@f16" })
        let fast = try #require(layout.marks.first { $0.candidate.id == "tiny-xs@q4_0" })
        #expect(right.y < fast.y && right.x < fast.x)
    }

    @Test func `the front is a staircase from the left edge over every member to the floor`() {
        let plot = Box(x: 10, y: 0, width: 100, height: 50)
        let corners = FrontLayout.frontier(of: [(20, 5), (60, 30)], in: plot)
        #expect(corners.map(\.x) == [10, 20, 20, 60, 60])
        #expect(corners.map(\.y) == [5, 5, 30, 30, 50])
        #expect(FrontLayout.frontier(of: [], in: plot).isEmpty)
    }

    @Test func `the staircase never rises and never goes back`() {
        for seed in 1...40 {
            let layout = FrontLayout(FrontView(Demo.random(count: 12, seed: UInt64(seed)), load: 1), width: 800)
            for (one, next) in zip(layout.frontier, layout.frontier.dropFirst()) {
                #expect(next.x >= one.x && next.y >= one.y)
                #expect(next.x == one.x || next.y == one.y)
            }
        }
    }

    @Test func `the f16 carries its model's name, else the first; a candidate without quantization is its model`() {
        let points = [
            Demo.point("a", "q4_0", correct: 300, speed: 30), Demo.point("a", "F16", correct: 310, speed: 10),
            Demo.point("b", "q8_0", correct: 200, speed: 20), Demo.point("b", "q4_0", correct: 190, speed: 40),
            Demo.point("c", nil, correct: 100, speed: 60),
        ]
        let layout = FrontLayout(FrontView(Demo.content(points: points), load: 1), width: 800)
        #expect(layout.marks.map(\.label) == ["q4_0", "a F16", "b q8_0", "q4_0", "c"])
    }

    @Test func `a long name is cut in its middle`() throws {
        let name = "an-organisation/a-model-with-a-very-long-name-8x22b-instruct-v0.3"
        let points = [Demo.point(name, "q4_k_m", correct: 300, speed: 30)]
        let layout = FrontLayout(FrontView(Demo.content(points: points), load: 1), width: 360)
        let label = try #require(layout.marks.first?.label)
        #expect(label.contains("…"))
        #expect(label.hasPrefix("an-") && label.hasSuffix("q4_k_m"))
        #expect(layout.marks.first?.place.isHidden == false)
    }

    @Test func `long names lose the ending that all share, short ones keep it`() {
        let long = ["qwen-3-8b-instruct", "llama-3-8b-instruct"]
        #expect(FrontLayout.shortNames(long, most: 120) == ["qwen", "llama"])
        #expect(FrontLayout.shortNames(long, most: 900) == long)
        #expect(FrontLayout.shortNames(["same-8b", "same-8b-it"], most: 10) == ["same-8b", "same-8b-it"])
        #expect(FrontLayout.shortNames(["b", "a-b"], most: 1) == ["b", "a-b"])
    }

    @Test func `only the quantizations of one model are joined`() {
        let layout = FrontLayout(FrontView(Demo.content(), load: 1), width: 800)
        #expect(layout.ladders.map(\.points.count) == [4, 4, 5])
        let single = FrontLayout(FrontView(Demo.random(count: 1, seed: 1), load: 1), width: 800)
        #expect(single.ladders.isEmpty)
    }

    @Test(arguments: [360.0, 640, 800])
    func `the pick's ring and label keep clear of the other labels`(width: Double) throws {
        for candidate in Demo.content().candidates {
            let layout = FrontLayout(DrawnFront(Demo.offered(pick: candidate.id), load: 1), width: width)
            let pick = try #require(layout.marks.first { $0.isPick })
            #expect(pick.candidate.id == candidate.id && !pick.place.isHidden)
            #expect(pick.place.box.height == FrontLayout.pickHeight && pick.isNamed)
            for mark in layout.marks where !mark.isPick && !mark.place.isHidden {
                #expect(mark.place.box.overlap(with: pick.place.box) == 0)
            }
        }
    }

    @Test func `a task's front shows all shares, whatever the candidates have`() throws {
        let content = Demo.offered()
        let front = try #require(
            content.detail?.fronts.fronts.first { $0.axes == FrontAxes(x: .latency, tasks: ["multiply"]) })
        let layout = FrontLayout(DrawnFront(front, of: content, load: 1), width: 800)
        #expect(layout.yScale == AxisScale(kind: .linear, low: -0.03, high: 1.03))
        #expect(layout.xScale.isReversed)
    }
}
