import Foundation
import PoiseCore
import Testing

@Suite struct RunLimitsTests {
    @Test(arguments: [
        ("1", ErrorTolerance.count(1)), ("12", .count(12)), ("10%", .share(0.1)), ("0.1", .share(0.1)),
        ("100%", .share(1)), ("2.5%", .share(0.025)),
    ])
    func `a tolerance is a count or a share`(text: String, tolerance: ErrorTolerance) {
        #expect(ErrorTolerance(text) == tolerance)
        #expect(ErrorTolerance(tolerance.description) == tolerance)
    }

    @Test(arguments: ["", "0", "-1", "1.5", "1.0", "0%", "101%", "0.0", "ten", "1e-2", "nan", "%", "+5%", "∞%"])
    func `what is neither is refused`(text: String) {
        #expect(ErrorTolerance(text) == nil)
    }

    @Test func `a count ends with so many-th failure, a share with so many of all`() {
        #expect(!ErrorTolerance.count(1).isSpent(failed: 0, planned: 300))
        #expect(ErrorTolerance.count(1).isSpent(failed: 1, planned: 300))
        #expect([29, 30].map { ErrorTolerance.share(0.1).isSpent(failed: $0, planned: 300) } == [false, true])
        // Nothing has failed, whatever small part of it would be too much.
        #expect(!ErrorTolerance.share(0.001).isSpent(failed: 0, planned: 0))
    }

    @Test func `what the command says stands before what the suite says`() {
        let suite = RunLimits(failOnError: .count(3), maxCost: 5, maxTime: 60)
        #expect(RunLimits(maxCost: 1).over(suite) == RunLimits(failOnError: .count(3), maxCost: 1, maxTime: 60))
        #expect(RunLimits().over(nil).isNever)
    }

    @Test func `settings of before there were limits are read, and new ones come back as they were`() throws {
        let old =
            #"{"stop":{},"hasUniquePrefix":false,"candidatesAtOnce":1,"limits":{"connect":1,"firstToken":2,"stall":3,"total":4}}"#
        let settings = try JSONDecoder().decode(RunSettings.self, from: Data(old.utf8))
        #expect(settings.runLimits == nil)
        #expect(settings.limits == RequestLimits(connect: 1, firstToken: 2, stall: 3, total: 4, outage: 300))
        var new = RunSettings(runLimits: RunLimits(failOnError: .share(0.1), maxCost: 2.5))
        new.limits.outage = 7
        #expect(try JSONDecoder().decode(RunSettings.self, from: JSONEncoder().encode(new)) == new)
    }
}
