import PoiseCore
import Testing

@testable import PoiseReport

struct FrontViewsJSONTests {
    private func value(_ content: ReportContent) throws -> JSONValue {
        try JSONValue(parsing: FrontViewsJSON.value(content).text)
    }

    private func view(_ value: JSONValue, task: Double, load: Double) throws -> JSONValue {
        try #require(value["views"]?.array?.first { $0["task"]?.number == task && $0["load"]?.number == load })
    }

    @Test func `there is a view for all tasks and for each that is offered, at each load`() throws {
        let value = try value(Demo.offered(loads: [1, 4]))
        let views = try #require(value["views"]?.array)
        #expect(views.map { [$0["task"]?.number, $0["load"]?.number] } == [[0, 0], [0, 1], [2, 0], [2, 1]])
        #expect(value["axes"]?.array?.compactMap { $0["metric"]?.string } == ["decodeTPS", "latency", "memory"])
        #expect(
            value["loads"]?.array?.map { $0["words"]?.string } == ["one request at a time", "4 requests in flight"])
        #expect(value["candidates"]?.array?.count == 13)
    }

    @Test func `each candidate has a value with both ends, its probability, and what beats it`() throws {
        let content = Demo.offered()
        let view = try view(value(content), task: 0, load: 0)
        let axis = try #require(view["axes"]?["decodeTPS"])
        let first = try #require(FrontView(content, load: 1).candidates.first)
        let x = try #require(axis["x"]?.array), y = try #require(view["y"]?.array)
        #expect(x.count == 39 && y.count == 39)
        #expect(abs(try #require(x[0].number) / first.speed - 1) < 5e-5)
        #expect(abs(try #require(y[1].number) / first.accuracyLow - 1) < 5e-5)
        let front = DrawnFront(content, load: 1)
        let by = try #require(axis["by"]?.array).map { $0.number.map { Int($0) } }
        for (candidate, by) in zip(front.candidates, by) {
            #expect(by == (candidate.isOnFront ? -1 : front.winner(over: candidate)?.order))
        }
        #expect(axis["front"]?.array?.compactMap(\.number).allSatisfy { (0...10_000).contains($0) } == true)
        #expect(view["n"]?.number == 440)
    }

    @Test func `what is the same for every task stands once`() throws {
        let value = try value(Demo.offered())
        let (all, task) = (try view(value, task: 0, load: 0), try view(value, task: 2, load: 0))
        #expect(all["axes"]?["memory"]?["x"] != nil && task["axes"]?["memory"]?["x"] == nil)
        #expect(task["axes"]?["memory"]?["by"] != nil && task["axes"]?["latency"]?["x"] != nil)
        // An engine's memory has no interval.
        #expect(all["axes"]?["memory"]?["x"]?.array?[1] == .null)
    }

    @Test func `what never comes is infinite, and what was not measured is null`() throws {
        var content = Demo.offered()
        content.detail?.fronts.fronts[0].places[0].x = FrontPlace.Value(estimate: .infinity, low: 3, high: .infinity)
        content.detail?.fronts.fronts[0].places[1].x = nil
        let view = try view(value(content), task: 0, load: 0)
        let axis = try #require(view["axes"]?["latency"])
        let x = try #require(axis["x"]?.array)
        #expect(x[0].string == "∞" && x[2].string == "∞" && x[3] == .null)
        #expect(axis["by"]?.array?[0] == .null && axis["by"]?.array?[1] == .null)
    }

    @Test func `bands and limits of each profile stand in the units of the axes`() throws {
        let value = try value(Demo.offered())
        let profiles = try #require(value["profiles"]?.array)
        #expect(profiles.map { $0["name"]?.string } == ["code", "chat", "voice", "agent"])
        #expect(profiles[0]["limits"]?["decodeTPS"]?.number == 10)
        #expect(profiles[0]["bands"]?.array?.count == 5)
        #expect(profiles[0]["bands"]?.array?.last?.array?[3] == .null)
    }

    @Test func `a run without fronts to choose has the one that it ended with`() throws {
        let value = try value(Demo.content())
        #expect(value["views"]?.array?.count == 1)
        #expect(value["axes"]?.array?.count == 1)
        #expect(try self.value(Demo.content(points: []))["views"]?.array?.isEmpty == true)
    }

    @Test func `thirteen candidates on ten axes and thirteen tasks take less than 60 kB`() {
        var content = Demo.offered()
        let fronts = content.detail?.fronts.fronts ?? []
        let metrics = FrontOffer(trials: 1, candidates: 13, loads: 1, tasks: 13, resamples: 1).metrics
        content.detail?.fronts.fronts = ([[]] + content.tasks.map { [$0.name] }).flatMap { tasks in
            metrics.filter { !tasks.isEmpty || $0 != .decodeTPS }.map {
                OtherFront(axes: FrontAxes(x: $0, tasks: tasks), places: fronts[0].places)
            }
        }
        #expect(FrontViewsJSON.value(content).compact.utf8.count < 60_000)
    }
}
