import Foundation
import PoiseCore
import Testing

@testable import PoiseReport

struct FindingsJSONTests {
    @Test func `findings are JSON with their figures, and a count of each status`() throws {
        let text = FindingsJSON.text([
            FindingGroup(
                title: "Clock",
                findings: [
                    Finding("clock", .ok, "steps of 20 ns", figures: ["clockStep": 0.00002, "clockCost": 0.000024]),
                    Finding("wall clock", .failed, "“odd”\n", remedy: "Set it."),
                ])
        ])
        let json = try JSONValue(parsing: text)
        #expect(json["isSound"] == .bool(false))
        #expect(json["counts"]?["ok"]?.number == 1 && json["counts"]?["skipped"]?.number == 0)
        let findings = try #require(json["groups"]?.array?.first?["findings"]?.array)
        #expect(findings[0]["figures"]?["clockStep"]?.number == 0.00002)
        #expect(findings[0]["remedy"] == .null)
        #expect(findings[1]["found"]?.string == "“odd”\n" && findings[1]["status"]?.string == "failed")
    }
}
