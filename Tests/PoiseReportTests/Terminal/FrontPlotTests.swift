import PoiseCore
import Testing

@testable import PoiseReport

struct FrontPlotTests {
    @Test(arguments: [40, 60, 80, 120, 200])
    func `the plot keeps its width and about its height`(width: Int) {
        for count in [1, 5, 20] {
            let text = FrontPlot.text(Demo.random(count: count, seed: 6), load: 1, width: width, height: 24)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { TerminalText.width(String($0)) <= width })
            #expect(lines.count <= 30)
        }
    }

    @Test func `members are capitals and the beaten are small`() {
        let text = FrontPlot.text(
            Demo.content(points: [
                Demo.point("m", "f16", correct: 400, speed: 10, onFront: true),
                Demo.point("m", "q4_0", correct: 100, speed: 5),
            ]), load: 1, width: 80
        )
        #expect(text.contains("A f16") && text.contains("a q4_0"))
        #expect(text.contains("A m\n"))
    }

    @Test func `the staircase falls to the axis, with marks at its outer corners`() {
        let text = FrontPlot.text(Demo.content(), load: 1, width: 100)
        for corner in ["└", "│", "─"] { #expect(text.contains(corner), "\(corner)") }
    }

    @Test func `the axis is captioned and says that it is logarithmic`() {
        #expect(FrontPlot.text(Demo.content(), load: 1, width: 80).contains("decode speed, tok/s (log), faster →"))
        let near = Demo.random(count: 4, seed: 5, isCrowded: true)
        #expect(FrontPlot.text(near, load: 1, width: 80).contains("decode speed, tok/s, faster →"))
    }

    @Test func `candidates at one place are not lost`() {
        let text = FrontPlot.text(
            Demo.content(points: [
                Demo.point("m", "f16", correct: 400, speed: 10, onFront: true),
                Demo.point("m", "q8_0", correct: 400, speed: 10, onFront: true),
            ]), load: 1, width: 80
        )
        #expect(text.contains("Under another mark: m@q8_0."))
    }

    @Test func `a long legend breaks between models, not within`() {
        let text = FrontPlot.text(Demo.random(count: 20, seed: 3), load: 1, width: 60)
        #expect(text.contains("\nA model-0-8b-instruct, B model-1-8b-instruct,\nC model-2-8b-instruct"))
    }

    @Test func `no front is said`() {
        #expect(FrontPlot.text(Demo.content(points: []), load: 1, width: 80).hasPrefix("No front to draw"))
    }

    @Test func `letters follow the suite, also when a model has no point`() {
        #expect(FrontPlot.letter(family: 0) == "A")
        #expect(FrontPlot.letter(family: 26) == "A")
    }
}
