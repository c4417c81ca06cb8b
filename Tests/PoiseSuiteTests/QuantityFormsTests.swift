import PoiseCore
import Testing

@testable import PoiseSuite

struct QuantityFormsTests {
    private func read(_ form: Form<Double>, _ text: String) throws -> Double? {
        let log = ProblemLog()
        let root = YAMLSource(path: "a.yaml", log: log).root(of: "key: \(text)\n")
        let value = try form.read(#require(root?.pairs?.first?.value))
        #expect((value == nil) == (log.problems.count == 1))
        return value
    }

    @Test(arguments: [
        ("500 ms", 0.5), ("10 s", 10), ("10s", 10), ("2 min", 120), ("1.5 h", 5400), ("\"60 s\"", 60),
        ("720 h", 2_592_000),
    ])
    func `a span is read with its unit`(text: String, seconds: Double) throws {
        #expect(try read(.span, text) == seconds)
    }

    @Test(arguments: ["10", "s", "10 seconds", "-1 s", "0 s", "1e3 s", "721 h", "inf", "nan s", "10 s 5", "[]", "10 S"])
    func `a span without a known unit, or out of bounds, is refused`(text: String) throws {
        #expect(try read(.span, text) == nil)
    }

    @Test(arguments: [("5", 5.0), ("5 per second", 5), ("300 per minute", 5), ("0.001", 0.001), ("100000", 100_000)])
    func `a rate is per second unless it says otherwise`(text: String, perSecond: Double) throws {
        #expect(try read(.rate, text) == perSecond)
    }

    @Test(arguments: ["0", "-5", "5 per day", "5/s", "100001", "3 per hour", "per second", "1e9"])
    func `a rate that nobody can mean is refused`(text: String) throws {
        #expect(try read(.rate, text) == nil)
    }

    @Test(arguments: [("5%", 0.05), ("0.05", 0.05), ("2.5 %", 0.025), ("1", 1), ("100%", 1)])
    func `a share is a number or so many percent`(text: String, share: Double) throws {
        #expect(try read(.share, text) == share)
    }

    @Test(arguments: ["0", "0%", "101%", "5", "five", "5 s"])
    func `a share of nothing or of more than all is refused`(text: String) throws {
        #expect(try read(.share, text) == nil)
    }

    @Test func `a span without a unit is told to have one`() throws {
        let log = ProblemLog()
        let root = YAMLSource(path: "a.yaml", log: log).root(of: "key: 10\n")
        _ = try Form<Double>.span.read(#require(root?.pairs?.first?.value))
        #expect(log.problems.map(\.expected) == ["Write its unit."])
    }
}
