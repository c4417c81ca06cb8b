import PoiseCore
import Testing

@testable import PoiseReport

struct ReportJSONTests {
    @Test func `it has all that the front's document has, and what else the page shows`() throws {
        let content = Demo.twoMachines()
        let front = try #require(try JSONValue(parsing: FrontJSON.text(content)).object)
        let report = try #require(try JSONValue(parsing: ReportJSON.text(content)).object)
        for (name, value) in front { #expect(report[name] == value, "\(name)") }
        #expect(report["taskAccuracy"]?.array?.isEmpty == false)
        #expect(report["suite"]?["name"]?.string == "tiny-ladder")
        #expect(report["otherMachines"]?.array?.count == 1)
    }
}
