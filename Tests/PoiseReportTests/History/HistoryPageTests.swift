import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct HistoryPageTests {
    private typealias Made = HistoryFixtures

    @Test func `one run is a page that has nothing to compare yet`() throws {
        let page = try HTMLReport.page(Made.content(days: [0]))
        #expect(page.contains("One run, so nothing to compare it with yet."))
        #expect(page.contains("Nothing surely changed"))
    }

    @Test func `only a sure change is called one`() throws {
        let still = try HTMLReport.page(Made.content(days: [0, 7, 14]))
        #expect(still.contains("Over 3 runs, no candidate’s accuracy surely changed."))
        let worse = Made.content(days: [0, 7, 14], steps: [2: Made.step(from: 1, difference: -0.2, adjustedP: 0.001)])
        let page = try HTMLReport.page(worse)
        #expect(page.contains("Over 3 runs, the accuracy of 1 of 1 candidate surely changed."))
        #expect(page.contains("tiny-m@q4_0 is right less often in run 3 (15 October 2026) than in run 2: −20.0 points"))
        #expect(HistoryMarkdown.text(worse).contains("**−20.0**"))
    }

    @Test func `runs stand where their dates do, or at equal distances where they would cover each other`() {
        let far = HistoryChart(Made.content(days: [0, 10, 40]))
        #expect(far.isByTime)
        #expect(far.places.first == 0 && far.places.last == 1 && far.places[1] > 0.2 && far.places[1] < 0.3)
        let near = HistoryChart(Made.content(days: [0, 0, 40]))
        #expect(!near.isByTime && near.places == [0, 0.5, 1])
    }

    @Test func `speeds of two machines are not joined by a line`() {
        let joined = Made.content(days: [0, 10, 40])
        let parted = Made.content(days: [0, 10, 40], steps: [1: Made.step(from: 0, isOtherMachine: true)])
        func moves(_ content: HistoryContent) -> [Int] {
            HistoryChart(content).element(content.candidates[0], family: 0, name: "x")
                .components(separatedBy: "class=\"trace\" d=\"").dropFirst()
                .map { $0.prefix { $0 != "\"" }.count { $0 == "M" } }
        }
        #expect(moves(joined) == [1, 1])
        #expect(moves(parted) == [1, 2])
    }

    @Test func `what changed beside is marked at its run and said in the table`() throws {
        let change = HistoryChange.circumstance(
            CircumstanceDifference(.engineBuild, base: "b1", candidate: "b<2>"))
        let page = try HTMLReport.page(
            Made.content(days: [0, 10, 40], changes: [2: [change, .files(["a.yaml"])]], gate: .inconclusive))
        #expect(page.contains("engine build (b1 → b&lt;2&gt;) and files (a.yaml)"))
        #expect(page.contains("class=\"event\""))
        #expect(page.contains(">a</text>") && page.contains("verdict-open"))
    }

    @Test func `two hundred runs are drawn, and the same every time`() throws {
        let content = Made.content(days: Array(repeating: 3, count: 200))
        let page = try HTMLReport.page(content)
        #expect(page.utf8.count < 400_000)
        #expect(page == (try HTMLReport.page(content)))
        #expect(try JSONValue(parsing: HistoryJSON.text(content))["runs"]?.array?.count == 200)
    }
}
