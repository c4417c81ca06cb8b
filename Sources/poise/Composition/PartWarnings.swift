import PoiseCore
import PoiseReport
import PoiseStore

/// What a reader must know of a run that was made in parts, or with trials of another run.
enum PartWarnings {
    static func about(_ run: MeasuredRun) -> [String] {
        var warnings: [String] = []
        if let resumed = run.record.resumed {
            let times = resumed == 1 ? "once" : "\(Numbers.count(resumed)) times"
            let pause = run.record.paused.map { ", \(Numbers.span(seconds: $0)) apart, which no number counts" } ?? ""
            warnings.append(
                run.nodes.isEmpty
                    ? "The run was resumed \(times): it was made in \(Numbers.counted(resumed + 1, "part"))\(pause)."
                    : "Shards of the plan were resumed, \(times) in all; the time between their parts is in no number.")
        }
        if let fork = run.fork, fork.trials > 0 {
            warnings.append(
                "\(Numbers.counted(fork.trials, "trial")) \(fork.trials == 1 ? "was" : "were") taken over from run"
                    + " \(fork.origin), whose suite differed elsewhere.")
        }
        return warnings + run.partWarnings.map(sentence) + apart(run)
    }

    private static func sentence(_ warning: (candidate: String, warning: String)) -> String {
        warning.candidate == RunStore.wholeRun
            ? "The run is not of one piece: \(warning.warning)."
            : "\(warning.candidate) was not the same in all parts of the run: \(warning.warning)."
    }

    /// Trials that were asked after their level, beside fewer others.
    private static func apart(_ run: MeasuredRun) -> [String] {
        run.apart.map { level in
            "\(level.candidate), \(Wording.load(level.load)): \(Numbers.counted(level.trials, "trial"))"
                + " \(level.trials == 1 ? "was" : "were") asked after the others with fewer requests in flight; the level has no"
                + " throughput."
        }
    }
}
