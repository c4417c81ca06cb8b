import Foundation
import Testing

@testable import PoiseCore

@Suite struct LoadTests {
    private static let loads: [(load: Load, text: String)] = [
        (1, "1"), (.concurrency(512), "512"), (.rate(perSecond: 5, arrivals: .poisson), "5/s"),
        (.rate(perSecond: 0.25, arrivals: .constant), "0.25/s constant"),
    ]

    @Test func `a load reads back from its text`() {
        for (load, text) in Self.loads {
            #expect(load.description == text)
            #expect(Load(text) == load)
        }
        #expect(Load("5/s poisson") == .rate(perSecond: 5, arrivals: .poisson))
    }

    @Test(arguments: ["", "0", "-1", "1.5", "5", "/s", "0/s", "-2/s", "inf/s", "nan/s", "5/s often", "5/s poisson x"])
    func `what is no load is not read as one`(text: String) {
        #expect(Load(text) == (text == "5" ? 5 : nil))
    }

    @Test func `closed loops come before open ones, each by its size`() {
        let sorted = Self.loads.map(\.load).shuffled().sorted()
        #expect(sorted.map(\.description) == ["1", "512", "0.25/s constant", "5/s"])
    }

    @Test func `in JSON requests in flight are a number and a rate is a text`() throws {
        let loads = Self.loads.map(\.load)
        let json = try JSONEncoder().encode(loads)
        #expect(String(decoding: json, as: UTF8.self) == #"[1,512,"5\/s","0.25\/s constant"]"#)
        #expect(try JSONDecoder().decode([Load].self, from: json) == loads)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Load].self, from: Data(#"["soon"]"#.utf8)) }
    }

    @Test func `different loads draw at random apart from each other`() {
        #expect(Set(Self.loads.map(\.load.stream)).count == Self.loads.count)
        #expect(
            Load.rate(perSecond: 5, arrivals: .poisson).stream != Load.rate(perSecond: 5, arrivals: .constant).stream)
    }
}
