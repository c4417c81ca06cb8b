import PoiseCore
import PoiseReport

/// Whether the disk holds what a run will write.
enum DiskSpaceCheck: DoctorCheck {
    static let name = "disk space"

    /// How much a run will write.
    struct Need: Hashable, Sendable {
        let trials: Int
        /// Mean bytes of one trial.
        let bytesPerTrial: Int
        /// Whether that is the mean of trials that are there, and no guess.
        let isMeasured: Bool

        var bytes: Int64 {
            let (product, overflows) = Int64(trials).multipliedReportingOverflow(by: Int64(bytesPerTrial))
            return overflows ? .max / 4 : product
        }
    }

    /// What is needed beside the trials: the log of writes to come, a page, engines' logs.
    private static let reserve: Int64 = 100_000_000

    /// - Parameter need: nil where no suite says what is to be run.
    static func finding(free: Int64?, need: Need?) -> Finding {
        guard let free else { return skipped("the disk does not tell") }
        let room = "\(Numbers.bytes(free)) free"
        guard let need else {
            guard free < reserve else { return ok(room, ["freeBytes": Double(free)]) }
            return warning(room, "Make room before you run a suite.", ["freeBytes": Double(free)])
        }
        let figures = ["freeBytes": Double(free), "neededBytes": Double(need.bytes)]
        let text =
            "\(room); the suite's \(Numbers.counted(need.trials, "trial")) will take about \(Numbers.bytes(need.bytes)) ("
            + (need.isMeasured ? "as those that are there" : "a guess from prompts and max_tokens")
            + ", \(Numbers.bytes(Int64(need.bytesPerTrial))) each)"
        let remedy = "Make room on its disk, take another with --db, or ask less: --limit, rounds, epochs."
        if free < need.bytes { return failed(text, remedy, figures) }
        // A log of writes may grow as long as readers keep it from being folded in.
        if free - need.bytes < need.bytes + reserve { return warning(text, remedy, figures) }
        return ok(text, figures)
    }

    /// A guess of one trial's bytes where none was stored yet.
    ///
    /// The request and the response as text, the timeline at three bytes a token, and 1 kB for all other columns, the
    /// scores and indexes. 17,940 trials of the demo, which end long before their cap, take 1.2 kB each; this says 1.9.
    static func guess(promptBytes: Int, maxTokens: Int) -> Int {
        1024 + promptBytes + maxTokens * 8
    }

    private static let need = Need(trials: 10_000, bytesPerTrial: 10_000, isMeasured: false)

    static let examples = [
        DoctorExample("room", finding(free: 1_000_000_000, need: need), .ok, "100 MB"),
        DoctorExample("hardly room", finding(free: 150_000_000, need: need), .warning, "--limit"),
        DoctorExample("no room", finding(free: 50_000_000, need: need), .failed, "Make room"),
        DoctorExample("no suite", finding(free: 1_000_000_000, need: nil), .ok, "1.00 GB free"),
        DoctorExample("no suite, and full", finding(free: 1_000_000, need: nil), .warning),
        DoctorExample("not told", finding(free: nil, need: need), .skipped),
        DoctorExample(
            "more than any disk", finding(free: .max, need: Need(trials: .max, bytesPerTrial: 9, isMeasured: true)), .ok
        ),
    ]
}
