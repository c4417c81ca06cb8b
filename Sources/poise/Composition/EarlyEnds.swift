import PoiseCore
import PoiseReport
import PoiseStore

/// Levels that a stop condition ended, so that they have fewer trials than the suite.
enum EarlyEnds {
    /// More levels than this are summed up in one sentence.
    private static let mostListed = 4

    /// One candidate at one load with the trials that were asked in each round.
    private struct Level {
        let candidate: String
        let load: Load
        let asked: [Int]
    }

    /// A run that was cut off, and a candidate that was given up, say so elsewhere.
    static func warnings(about run: MeasuredRun) -> [String] {
        guard run.record.status == .done || run.record.status == .incomplete, !run.plan.settings.stop.isNever,
            !run.problems.contains(where: { $0.candidate == RunStore.wholeRun })
        else { return [] }
        let planned = run.plan.trialsPerPass
        let short = run.plan.candidates.flatMap { candidate in
            run.plan.loads.compactMap { load -> Level? in
                guard !run.problems.contains(where: { $0.candidate == candidate.id }) else { return nil }
                let asked = run.levels.filter { $0.candidate == candidate.id && $0.load == load }
                    .sorted { $0.round < $1.round }.map(\.asked)
                let isShort = asked.contains { $0 < planned }
                return isShort ? Level(candidate: candidate.id, load: load, asked: asked) : nil
            }
        }
        return stopped(short, run.plan, planned: planned)
    }

    private static func stopped(_ levels: [Level], _ plan: Plan, planned: Int) -> [String] {
        let why = condition(plan.settings.stop)
        if levels.count > mostListed {
            let asked = levels.flatMap(\.asked)
            let range = Numbers.range(asked.min().map(Double.init), asked.max().map(Double.init), decimals: 0)
            return [
                "\(levels.count) of \(plan.candidates.count * plan.loads.count) levels were stopped early (\(why)):"
                    + " \(range) of \(planned) trials in a round."
            ]
        }
        return levels.map { level in
            "\(level.candidate), \(Wording.load(level.load)): stopped early (\(why)) after \(said(level.asked)) of"
                + " \(planned) trials\(level.asked.count > 1 ? " in its rounds" : "")."
        }
    }

    private static func said(_ counts: [Int]) -> String {
        Set(counts).count == 1 ? counts.first.map(Numbers.count) ?? "0" : Numbers.list(counts.map(Numbers.count))
    }

    /// `after 60 s or 200 requests`
    private static func condition(_ stop: StopCondition) -> String {
        let parts = [
            stop.requests.map { "after \(Numbers.counted($0, "request"))" },
            stop.seconds.map { "after \(Numbers.setting(seconds: $0))" },
            stop.precision.map { "when the speed is known to ±\(Numbers.smallShare($0))" },
        ].compactMap(\.self)
        return Numbers.list(parts, joinedBy: "or")
    }
}
