import PoiseCore
import Testing

@testable import PoiseReport

struct FrontJSONTests {
    @Test func `it parses, and holds the run and every point under the names of the view`() throws {
        let content = Demo.content(loads: [1, 4])
        let value = try JSONValue(parsing: FrontJSON.text(content))
        #expect(value["run"]?["id"]?.string == content.run.id)
        let points = try #require(value["points"]?.array)
        #expect(points.count == 26)
        #expect(points[0]["candidate"]?.string == "tiny-xs@f16")
        #expect(points[0]["decodeTPS"]?.number == content.points[0].decodeTPS)
        #expect(points[0]["accuracy"]?.number == content.points[0].accuracy)
        #expect(points[13]["load"]?.number == 4)
    }

    @Test func `undefined is null, never 0 and never missing`() throws {
        let content = Demo.content(points: [Demo.point("a", nil, n: 0, correct: 0, speed: nil)])
        let point = try #require(try JSONValue(parsing: FrontJSON.text(content))["points"]?.array?.first)
        for name in [
            "quantization", "accuracy", "accuracyLow", "decodeTPS", "ttft", "timeToCorrect", "frontProbability",
        ] {
            #expect(point[name] == .null, "\(name)")
        }
        #expect(point["timeToCorrectIsInfinite"] == .bool(false))
        #expect(point["onFront"] == .bool(false))
    }

    @Test func `an infinite time to correct is null with a flag`() throws {
        let content = Demo.content(points: [Demo.point("a", "f16", correct: 0, speed: 10)])
        let point = try #require(try JSONValue(parsing: FrontJSON.text(content))["points"]?.array?.first)
        #expect(point["timeToCorrect"] == .null)
        #expect(point["timeToCorrectIsInfinite"] == .bool(true))
    }

    @Test func `a seed of 64 bits survives, as text`() throws {
        var content = Demo.content()
        content.run = RunRecord(
            id: "r", suite: "s", startedAt: "", endedAt: nil, status: .done, seed: .max, machine: content.run.machine,
            poiseVersion: "0", command: ""
        )
        #expect(try JSONValue(parsing: FrontJSON.text(content))["run"]?["seed"]?.string == "18446744073709551615")
    }

    @Test func `each point stands on a line of its own, and the same content gives the same bytes`() {
        let text = FrontJSON.text(Demo.content())
        #expect(text.split(separator: "\n").count(where: { $0.hasPrefix("    {\"run\"") }) == 13)
        #expect(text == FrontJSON.text(Demo.content()))
        #expect(FrontJSON.text(Demo.content(points: [])).contains("\"points\": []"))
    }
}
