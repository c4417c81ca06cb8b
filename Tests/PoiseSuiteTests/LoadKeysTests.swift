import PoiseCore
import Testing

@testable import PoiseSuite

struct LoadKeysTests {
    private func loads(_ text: String) throws -> (loads: [Load]?, problems: [String]) {
        let log = ProblemLog()
        let root = YAMLSource(path: "a.yaml", log: log).root(of: "key: \(text)\n")
        let loads = try Form<[Load]>.loads.read(#require(root?.pairs?.first?.value))
        return (loads, log.problems.map(\.what))
    }

    @Test(arguments: [
        ("4", "4"), ("[1, 4]", "1, 4"), ("{rate: 5}", "5/s"), ("{rate: 0.5 per second}", "0.5/s"),
        ("{rate: 300 per minute, arrivals: constant}", "5/s constant"), ("{rate: 7200 per hour}", "2/s"),
        ("[1, {rate: 5 per second}, {rate: 5, arrivals: constant}]", "1, 5/s, 5/s constant"),
    ])
    func `a load is requests in flight or an arrival rate`(text: String, expected: String) throws {
        let (loads, problems) = try loads(text)
        #expect(problems == [])
        #expect(loads?.map(\.description).joined(separator: ", ") == expected)
    }

    @Test func `every wrong load of a list is told`() throws {
        #expect(
            try loads("[0, {rate: 200000}, x]").problems == [
                "expected a whole number from 1 to 10000, found the number 0", "“200000” is out of range",
                "expected a whole number from 1 to 10000, found the text \"x\"",
            ])
    }
}
