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

    @Test func `a rate has a text for a load, a queue and a throughput`() throws {
        let content = Demo.content(loads: [16, .rate(perSecond: 5, arrivals: .constant)])
        let points = try #require(try JSONValue(parsing: FrontJSON.text(content))["points"]?.array)
        #expect(points[0]["load"]?.number == 16)
        #expect(points[0]["queueDelay"] == .null)
        #expect(points[0]["throughput"]?.number == content.points[0].throughput)
        #expect(points[13]["load"]?.string == "5/s constant")
        #expect(points[13]["queueDelay"]?.number == content.points[13].queueDelay)
    }

    @Test func `the calibration and the lags are there, null and empty where nothing was measured`() throws {
        let with = try JSONValue(parsing: FrontJSON.text(Demo.twoMachines()))
        #expect(with["calibration"]?["loads"]?.array?.count == 5)
        #expect(with["calibration"]?["loads"]?.array?[1]["streams"]?.number == 32)
        #expect(with["calibration"]?["loads"]?.array?[1]["ttftError"]?["p99"]?.number == 0.12 * 1.6)
        #expect(with["lags"]?.array?.count == 39)
        let without = try JSONValue(parsing: FrontJSON.text(Demo.content()))
        #expect(without["calibration"] == .null)
        #expect(without["lags"]?.array?.isEmpty == true)
    }

    @Test func `points of all machines stand in one list, each with its run and machine`() throws {
        let value = try JSONValue(parsing: FrontJSON.text(Demo.twoMachines()))
        let points = try #require(value["points"]?.array)
        #expect(points.count == 39 + 30)
        #expect(Set(points.compactMap { $0["machine"]?.string }).count == 2)
        #expect(points.last?["run"]?.string == "20261122-091500-tiny-ladder")
        #expect(value["runs"]?.array?.compactMap { $0["id"]?.string }.count == 2)
        #expect(value["runs"]?.array?[1]["machine"]?["gpus"]?.array?.first?["name"]?.string == "NVIDIA L4")
    }
}
