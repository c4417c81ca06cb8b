import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct FrontChartTests {
    private func isWellFormed(_ xml: String) -> Bool {
        XMLParser(data: Data(xml.utf8)).parse()
    }

    @Test func `a file of its own is well-formed XML for every kind of run`() {
        #expect(isWellFormed(FrontChart.svgFile(Demo.content(), load: 1)))
        for count in [0, 1, 2, 20] {
            #expect(isWellFormed(FrontChart.svgFile(Demo.random(count: count, seed: 4), load: 1)))
        }
    }

    @Test func `a file of its own has every colour written out`() {
        let svg = FrontChart.svgFile(Demo.content(), load: 1)
        #expect(!svg.contains("var(") && !svg.contains("--"))
        #expect(svg.contains(".m1{color:#45399a}") && svg.contains(".sheet{fill:#fff}"))
        #expect(svg.contains(".frontier{stroke:#14181b;"))
        // A program that does not know the order of painting must not cover a word with its halo.
        #expect(svg.components(separatedBy: " halo\"").count == svg.components(separatedBy: " plain\"").count)
    }

    @Test func `names are escaped, in words and in attributes`() {
        let evil = "<script>alert(1)</script>\"'&\u{1B}"
        let content = Demo.content(points: [Demo.point(evil, "q\"4", correct: 20, speed: 10, onFront: true)])
        let svg = FrontChart.svgFile(content, load: 1)
        #expect(isWellFormed(svg))
        #expect(!svg.contains("<script"))
        let element = FrontChart.element(DrawnFront(content, load: 1), width: 800, anchors: [evil + "@q\"4": "c1-1"])
        #expect(isWellFormed(element))
        #expect(element.contains("href=\"#c1-1\""))
    }

    @Test func `the fill of a mark is its share of resamples`() {
        let points = [
            Demo.point("a", "f16", correct: 300, speed: 10, onFront: true, probability: 0.625),
            Demo.point("b", "f16", correct: 100, speed: 5, onFront: false, probability: 0),
        ]
        let svg = FrontChart.svgFile(Demo.content(points: points), load: 1)
        #expect(svg.contains("class=\"dot\" fill-opacity=\"0.63\""))
        #expect(svg.contains("class=\"dot\" fill-opacity=\"0.00\""))
    }

    @Test func `without resamples a member is full and a beaten point hollow`() {
        let points = [
            Demo.point("a", "f16", correct: 300, speed: 10, onFront: true),
            Demo.point("b", "f16", correct: 1, speed: 5),
        ]
        let svg = FrontChart.svgFile(Demo.content(points: points), load: 1)
        #expect(svg.contains("fill-opacity=\"1.00\"") && svg.contains("fill-opacity=\"0.00\""))
    }

    @Test func `the axis says when it is logarithmic`() {
        #expect(FrontChart.svgFile(Demo.content(), load: 1).contains("tokens a second (log)"))
        let near = Demo.random(count: 5, seed: 2, isCrowded: true)
        #expect(!FrontChart.svgFile(near, load: 1).contains("(log)"))
    }

    @Test func `the caption names load, machine, engine, n and date, and whether it is simulated`() {
        let svg = FrontChart.svgFile(Demo.content(loads: [4], isSimulated: true), load: 4)
        let words = svg.replacingOccurrences(of: "</text><text", with: " <")
        for part in ["4 requests in flight", "llama.cpp b11549", "n = 440", "November 2026", "Simulated"] {
            #expect(words.contains(part), "\(part)")
        }
    }

    @Test func `no style attribute, no script and no address to fetch`() {
        let svg = FrontChart.svgFile(Demo.content(), load: 1)
        #expect(!svg.contains(" style=") && !svg.contains("<script") && !svg.contains("url("))
        #expect(svg.components(separatedBy: "http").count == 2, "only the name of the SVG namespace")
    }

    @Test func `the same content gives the same bytes`() {
        #expect(FrontChart.svgFile(Demo.content(), load: 1) == FrontChart.svgFile(Demo.content(), load: 1))
    }

    // MARK: What a use case adds

    private func chart(_ speeds: ClosedRange<Double>, _ profile: Profile, pick: String? = "a@f16") -> String {
        let points = [
            Demo.point("a", "f16", correct: 300, speed: speeds.lowerBound, onFront: true),
            Demo.point("a", "q4_0", correct: 200, speed: speeds.upperBound, onFront: true),
        ]
        var front = DrawnFront(Demo.content(points: points), load: 1)
        front.guide.bands = profile.speed.map(FeltBand.bands) ?? []
        front.guide.limitX = profile.limit(on: .metric(.decodeTPS), currency: nil)
        front.guide.limitY = profile.limit(on: .accuracy, currency: nil)
        front.guide.pick = pick
        return FrontChart.element(front, width: 800, anchors: ["a@f16": "c1-1"])
    }

    @Test func `bands are words above the plot, and the comfortable one is tinted through it`() {
        let svg = chart(4...80, .chat)
        for word in ["too slow", "slow", "comfortable", "fast"] { #expect(svg.contains(">\(word)</text>")) }
        #expect(svg.contains("class=\"bandword good\"") && svg.contains("class=\"comfort\""))
        #expect(svg.contains(">no gain</text>") || svg.contains(">no further gain</text>"))
        #expect(isWellFormed(svg))
    }

    @Test func `a speed beyond every band leaves one word`() {
        let svg = chart(1000...6000, .chat)
        #expect(svg.components(separatedBy: "class=\"bandword\"").count == 2)
        #expect(svg.contains(">no further gain</text>") && !svg.contains("class=\"rule\""))
    }

    @Test func `a limit is a dashed line with a hatch on the side that it excludes`() {
        let svg = chart(4...80, .chat.adding(ProfileLimit(.accuracy, .atLeast, 0.5)))
        #expect(svg.components(separatedBy: "class=\"rule\"").count == 3)
        #expect(svg.components(separatedBy: "class=\"knob\"").count == 3)
        #expect(svg.contains("class=\"hatch\"") && svg.contains(" dim\""))
    }

    @Test func `the pick has a ring and its model's name in the largest label`() {
        let svg = chart(4...80, .chat, pick: "a@q4_0")
        #expect(svg.components(separatedBy: "class=\"ring\"").count == 2)
        #expect(svg.contains(" pick\"") && svg.contains(">a q4_0</text>"))
        #expect(!chart(4...80, .chat, pick: nil).contains("class=\"ring\""))
        #expect(!chart(4...80, .chat, pick: "nobody").contains("class=\"ring\""))
    }

    @Test func `a file of its own holds bands, limits and the pick in colours written out`() {
        let svg = FrontChart.svgFile(Demo.offered(), load: 1)
        #expect(isWellFormed(svg) && svg.contains("class=\"ring\"") && svg.contains(">no further gain</text>"))
        #expect(!svg.contains("var(") && !svg.contains("url("))
    }
}
