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
            limits: {connect: 500 ms, first_token: 60 s, stall: 30 s, total: 10 min}
            """
        ).settings
        #expect(
            settings
                == RunSettings(
                    stop: StopCondition(requests: 200, seconds: 120, precision: 0.05), hasUniquePrefix: true,
                    candidatesAtOnce: 2,
                    limits: RequestLimits(connect: 0.5, firstToken: 60, stall: 30, total: 600)))
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
