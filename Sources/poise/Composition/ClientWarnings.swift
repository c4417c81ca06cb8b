import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Where the client itself could have shaped the numbers.
enum ClientWarnings {
    /// A lag that could matter: longer than this, and than this share of what was measured.
    private static let longest = 1.0
    private static let largestShare = 0.1

    static func about(_ run: MeasuredRun, streams: [Load: Int]) -> [String] {
        lags(run) + (run.calibration.map { loads(run.plan.loads, $0, streams) } ?? [])
    }

    /// The worst round of each candidate at each load.
    private static func lags(_ run: MeasuredRun) -> [String] {
        run.plan.candidates.flatMap { candidate in
            run.plan.loads.compactMap { load -> String? in
                let rounds = run.lags.filter { $0.candidate == candidate.id && $0.load == load && matters($0, run) }
                guard let worst = rounds.max(by: { late($0.lag) < late($1.lag) })?.lag else { return nil }
                let quantile = worst.hasTail ? "p99" : "p50"
                return
                    "\(candidate.id), \(Wording.load(load)): the client itself woke late (\(quantile) "
                    + "\(Numbers.time(late(worst))));"
                    + " chunk times there are uncertain by as much. Leave it a core, or lower the load."
            }
        }
    }

    /// Milliseconds that count.
    private static func late(_ lag: ClientLag) -> Double { lag.hasTail ? lag.p99 : lag.p50 }

    /// Whether it could matter, beside what was measured.
    static func isLate(_ level: LevelLag) -> Bool { late(level.lag) > longest }

    private static func matters(_ level: LevelLag, _ run: MeasuredRun) -> Bool {
        guard isLate(level) else { return false }
        let measured = run.levels.first {
            $0.candidate == level.candidate && $0.load == level.load && $0.round == level.round
        }
        let times = [measured.flatMap { median(of: $0.gaps) }, measured.flatMap { median(of: $0.firstTokens) }]
        return times.contains { $0.map { late(level.lag) > largestShare * $0 } ?? false }
    }

    /// A load at which the calibration found the client's error too large.
    private static func loads(_ loads: [Load], _ calibration: Calibration, _ streams: [Load: Int]) -> [String] {
        guard let most = loads.compactMap({ streams[$0] }).max() else { return [] }
        guard let largest = calibration.largestLoadUnder1ms else {
            return [
                "When this client was calibrated on this machine, its errors were over 1 ms already with "
                    + Numbers.counted(calibration.loads.first?.streams ?? 1, "stream")
                    + ": something else kept the machine busy."
            ]
        }
        // Beyond the loads that were tried nothing is known, which the methods say.
        guard most > largest, calibration.loads.contains(where: { $0.streams > largest }) else { return [] }
        return [
            "Up to \(Numbers.count(most)) requests were under way at once; on this machine the client's own error stays"
                + " under 1 ms (p99) up to \(Numbers.count(largest))."
        ]
    }
}
