import Foundation
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

    @Test(
        arguments: [
            (Metric.ttft, [1000.0, 1001, 1004]), (.timeToCorrect, [123.456, 123.456]), (.latency, [0.0101, 0.0102]),
            (.decodeTPS, [99_999.98, 100_000.02]), (.ttft, [5]), (.outputTokens, [0, 0]), (.ttft, [1, 1e6]),
        ], [40, 80, 120])
    func `numbers of the axis stand apart, however narrow the range`(axis: (Metric, [Double]), width: Int) throws {
        let places = axis.1.enumerated().map {
            AxesTableTests.place("c\($0)", x: $1, y: 0.5 + Double($0) / 10, onFront: true)
        }
        let text = FrontPlot.text(AxesTableTests.content(FrontAxes(x: axis.0), places), load: 1, width: width)
        let lines = text.split(separator: "\n").map(String.init)
        let line = try #require(lines.lastIndex { $0.hasPrefix("     └") })
        let numbers = lines[line + 1].split(separator: " ")
        #expect(numbers.count == lines[line].count { $0 == "┬" })
        #expect(numbers.allSatisfy { Double($0.filter { $0 != "," && $0 != "−" }) != nil }, "\(lines[line + 1])")
        // Two blanks between them, none before the first.
        #expect(lines[line + 1].trimmingCharacters(in: .whitespaces).matches(of: #/\S \S/#).isEmpty)
    }

    @Test func `no front is said`() {
        #expect(FrontPlot.text(Demo.content(points: []), load: 1, width: 80).hasPrefix("No front to draw"))
    }

    @Test func `letters follow the suite, also when a model has no point`() {
        #expect(FrontPlot.letter(family: 0) == "A")
        #expect(FrontPlot.letter(family: 26) == "A")
    }
}
