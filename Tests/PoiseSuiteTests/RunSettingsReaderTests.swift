import PoiseCore
import Testing

@testable import PoiseSuite

struct RunSettingsReaderTests {
    private static let endpoints =
        "  - model: a\n    endpoint: {base_url: \"http://localhost:1/v1\"}\n"
        + "  - model: b\n    endpoint: {base_url: \"http://localhost:2/v1\"}\n"

    private func plan(_ lines: String) throws -> Plan {
        try Workspace(["Suites/ladder.yaml": Workspace.suiteWithCandidate(Self.endpoints + lines)]).load()
    }

    @Test func `a suite that says nothing has the defaults`() throws {
        #expect(try plan("").settings == RunSettings())
    }

    @Test func `all settings are read`() throws {
        let settings = try plan(
            """
            load: [4, {rate: 5 per second}]
            stop: {requests: 200, time: 2 min, precision: 5%}
            unique_prefix: true
            candidates_at_once: 2
            limits: {connect: 500 ms, first_token: 60 s, stall: 30 s, total: 10 min, outage: 20 s}
            fail_on_error: 10%
            max_cost: 2.50
            max_time: 2 h
            """
        ).settings
        #expect(
            settings
                == RunSettings(
                    stop: StopCondition(requests: 200, seconds: 120, precision: 0.05), hasUniquePrefix: true,
                    candidatesAtOnce: 2,
                    limits: RequestLimits(connect: 0.5, firstToken: 60, stall: 30, total: 600, outage: 20),
                    runLimits: RunLimits(failOnError: .share(0.1), maxCost: 2.5, maxTime: 7200)))
    }

    @Test(arguments: [("3", ErrorTolerance.count(3)), ("0.25", .share(0.25)), ("5 %", .share(0.05))])
    func `failures are allowed by number or by share`(text: String, tolerance: ErrorTolerance) throws {
        #expect(try plan("fail_on_error: \(text)").settings.runLimits == RunLimits(failOnError: tolerance))
    }

    @Test(arguments: ["fail_on_error: 0", "fail_on_error: 1.5", "fail_on_error: none", "max_cost: 0", "max_time: 30"])
    func `a limit that is none is refused, and nothing is taken for it`(line: String) {
        #expect(throws: InvalidSuite.self) { try plan(line) }
    }

    @Test func `a limit that is left out keeps its default`() throws {
        #expect(try plan("limits: {stall: 5 s}").settings.limits == RequestLimits(stall: 5))
    }

    @Test func `the defaults that editors show are those that hold`() throws {
        #expect(LimitKeys.connect.fallback() == RequestLimits().connect)
        #expect(LimitKeys.firstToken.declaration.fallback == .string("\(Int(RequestLimits().firstToken)) s"))
        #expect(LimitKeys.total.declaration.fallback == .string("\(Int(RequestLimits().total)) s"))
    }
}
