import PoiseCore
import Testing

@testable import PoiseReport

struct ComparisonJSONTests {
    private typealias Made = ComparisonFixtures

    @Test func `numbers are shares and ratios under METRICS' names, and every flip is there`() throws {
        let flips = Made.flips(Array(repeating: Made.flip, count: 40))
        let document = try JSONValue(parsing: ComparisonJSON.text(Made.comparison([Made.row(flips: flips)])))
        #expect(document["base"]?["candidate"]?.string == "tiny-m@f16" && document["seed"]?.string == "7")
        #expect(document["load"]?.number == 1 && document["tasks"] == .null)
        let row = try #require(document["candidates"]?.array?.first)
        #expect(row["accuracy"]?["difference"]?.number == -0.007)
        #expect(row["accuracy"]?["method"]?.string == "mcNemar" && row["accuracy"]?["outcome"]?.string == "undecided")
        #expect(row["tasks"]?.array?.first?["adjustedP"]?.number == 0.003)
        #expect(row["flips"]?["list"]?.array?.count == 40 && row["flips"]?["changed"]?.number == 39)
        let speed = try #require(row["measures"]?.array?.first)
        #expect(speed["metric"]?.string == "decodeTPS" && speed["ratio"]?.number == 1.4)
        #expect(speed["outcome"]?.string == "better" && row["speedsNotComparable"] == .null)
        #expect(row["statement"]?.string?.contains("cannot be told apart") == true)
    }

    @Test func `what is undefined or infinite is null and says so`() throws {
        var row = Made.row(accuracy: nil, whyNoSpeeds: .otherMachine(base: "A", candidate: "B"))
        row.measures[0].ratio = RatioEstimate(value: .infinity, low: nil, high: .infinity, n: 3)
        let document = try JSONValue(parsing: ComparisonJSON.text(Made.comparison([row])))
        let value = try #require(document["candidates"]?.array?.first)
        #expect(value["accuracy"] == .null && value["speedsNotComparable"]?["base"]?.string == "A")
        #expect(value["measures"]?.array?.first?["ratio"] == .null)
        #expect(value["measures"]?.array?.first?["ratioIsInfinite"] == .bool(true))
    }
}
