import PoiseCore
import Testing

@testable import poise

@Suite struct LoadShortfallsTests {
    private let rate = Load.rate(perSecond: 5, arrivals: .constant)

    private func warnings(_ shortfalls: [LevelShortfall], candidates: [String] = ["m"]) -> [String] {
        LoadShortfalls.warnings(
            about: shortfalls, in: MeasuredRuns.plan(candidates: candidates, loads: [1, 8, rate]))
    }

    private func shortfall(
        _ load: Load, of candidate: String = "m", round: Int = 1, turnedAway: Int = 0, outages: Int = 0,
        waited: Double = 0, kept: Double? = nil
    ) -> LevelShortfall {
        LevelShortfall(
            candidate: candidate, load: load, round: round, requests: 400, turnedAway: turnedAway, outages: outages,
            waited: waited, kept: kept)
    }

    @Test func `a run without trouble says nothing`() {
        #expect(warnings([]).isEmpty)
    }

    @Test func `a load that was turned away says what was kept of it, over all rounds`() {
        #expect(
            warnings([
                shortfall(8, turnedAway: 30, waited: 61_000, kept: 3), shortfall(8, round: 2, turnedAway: 7, kept: 4),
            ]) == [
                "m, 8 requests in flight: the endpoint turned away 37 of 800 requests (429), and requests were held back"
                    + " for 1 min 1 s in all; of 8 requests in flight 3.50 were kept on average, and its speeds are of that"
                    + " load."
            ])
    }

    @Test func `an open loop that was paused says its rate`() {
        #expect(
            warnings([shortfall(rate, outages: 2, waited: 3000, kept: 4.2)]) == [
                "m, 5 requests a second, evenly spaced: the endpoint was left alone 2 times since requests failed in a row,"
                    + " and requests were held back for 3 s in all; of 5 requests a second 4.20 were offered, and its"
                    + " figures are of that rate."
            ])
    }

    @Test func `a gate is told of the candidates and the load that it judges`() {
        let shortfalls = [
            shortfall(8, turnedAway: 3, kept: 3), shortfall(1, turnedAway: 1, kept: 1), shortfall(8, of: "other"),
            shortfall(8, round: 2, turnedAway: 4, kept: 5),
        ]
        let found = LoadShortfalls.gateWarnings(about: shortfalls, of: ["m"], at: 8)
        #expect(
            found == [
                .problem(
                    candidate: "m",
                    reason:
                        "at 8 requests in flight, the endpoint turned away 7 of 800 requests (429), and requests were"
                        + " held back for 0 s in all; of 8 requests in flight 4.00 were kept on average, and its speeds are"
                        + " of that load")
            ])
        #expect(LoadShortfalls.gateWarnings(about: shortfalls, of: ["m"], at: nil).count == 2)
    }

    @Test func `many levels are summed up`() {
        let names = ["a", "b", "c", "d", "e"]
        let found = warnings(
            names.map { shortfall(8, of: $0, turnedAway: 2, waited: 1000, kept: 7) }, candidates: names)
        #expect(found.count == 1)
        #expect(
            found[0].hasPrefix(
                "5 of 15 levels were not offered their load: endpoints turned away 10 of 2,000 requests (429), and requests"
                    + " were held back for 5 s in all"))
    }
}
