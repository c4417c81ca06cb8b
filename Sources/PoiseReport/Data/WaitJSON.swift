import PoiseCore

/// Waiting times and lengths of the page, by candidate, load and kind; times in milliseconds.
enum WaitJSON {
    static func waits(_ content: ReportContent) -> OrderedJSON {
        .array(
            (content.detail?.waits ?? []).map { wait in
                .object([
                    ("candidate", .string(wait.candidate)), ("load", .load(wait.load)),
                    ("kind", .string(wait.kind.rawValue)), ("n", .count(wait.n)),
                    ("sampledTrials", .optional(wait.sampledTrials)), ("p50", .number(rounded(wait.median))),
                    ("p90", .optional(wait.p90.map(rounded))), ("p99", .optional(wait.p99.map(rounded))),
                ])
            })
    }

    static func lengths(_ content: ReportContent) -> OrderedJSON {
        .array(
            (content.detail?.lengths ?? []).map { length in
                .object([
                    ("candidate", .string(length.candidate)), ("load", .load(length.load)), ("n", .count(length.n)),
                    ("outputTokens", .optional(length.median)), ("outputTokensP90", .optional(length.p90)),
                    ("charactersPerSecond", .optional(length.charactersPerSecond.map(rounded))),
                ])
            })
    }

    static func graders(_ content: ReportContent) -> OrderedJSON {
        .array(
            content.graders.map { grader in
                .object([
                    ("task", .string(grader.task)), ("position", .count(grader.position)),
                    ("grader", .string(grader.grader)), ("version", .optional(grader.version)),
                    ("scores", .count(grader.scores)), ("unscored", .count(grader.unscored)),
                ])
            })
    }

    /// Whole microseconds, which is what times are stored in.
    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
