import PoiseCore
import Testing

@testable import PoiseReport

struct LoadComparisonTests {
    private let loads: [Load] = [1, 16, .rate(perSecond: 5, arrivals: .poisson)]

    @Test func `one load is compared with nothing`() {
        #expect(LoadComparison(Demo.content(), index: 0, machine: "") == nil)
    }

    @Test func `every candidate has a row for each load`() throws {
        let comparison = try #require(LoadComparison(Demo.content(loads: loads), index: 0, machine: ""))
        #expect(comparison.groups.count == 13)
        #expect(comparison.groups.allSatisfy { $0.rows.map(\.load) == ["1", "16", "5/s"] })
        #expect(comparison.groups[0].rows.map(\.isFirst) == [true, false, false])
        #expect(comparison.hasQueue && comparison.hasThroughput)
        #expect(comparison.groups[0].rows.map { $0.queue.isEmpty } == [true, true, false])
    }

    @Test func `a candidate that lacks a load lacks its row`() throws {
        var content = Demo.content(loads: [1, 4])
        content.points.removeAll { $0.candidate == "tiny-xs@f16" && $0.load == 1 }
        let comparison = try #require(LoadComparison(content, index: 1, machine: "machine B"))
        let rows = try #require(comparison.groups.first { $0.rows.first?.name == "tiny-xs@f16" }).rows
        #expect(rows.map(\.load) == ["4"] && rows[0].isFirst && rows[0].span == 1)
        #expect(comparison.heading == "What load does to each candidate, on machine B")
        #expect(!comparison.hasQueue && comparison.suffix == "-2")
    }
}
