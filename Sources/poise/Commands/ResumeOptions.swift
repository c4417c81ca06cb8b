import ArgumentParser

/// How `poise run` goes on with a run that is there.
struct ResumeOptions: ParsableArguments {
    @Flag(
        help: """
            Go on with a run that ended too early: the one that is named after the suite or in its place, else the newest \
            of the suite, or of the database, that is not done. Without a suite it goes on as it was stored.
            """)
    var resume = false

    @Flag(help: "With --resume: ask again what failed; each failed trial is kept until there is a new one.")
    var retryErrors = false

    @Flag(
        help: """
            With --resume, where the suite has changed: begin a new run, and take over every finished trial of the old one \
            that the change does not touch.
            """)
    var fork = false

    /// The suite and the run among what was typed; a suite is a YAML file.
    ///
    /// - Throws: where one is missing, or there are two.
    func parts(of words: [String]) throws -> (suite: String?, run: String?) {
        try Self.parts(of: words, isResumed: resume, retriesFailed: retryErrors, forks: fork)
    }

    static func parts(
        of words: [String], isResumed: Bool, retriesFailed: Bool = false, forks: Bool = false
    ) throws -> (suite: String?, run: String?) {
        let suites = words.filter(isSuite)
        let runs = words.filter { !isSuite($0) }
        guard isResumed else {
            if retriesFailed || forks {
                throw ValidationError("\(retriesFailed ? "--retry-errors" : "--fork") goes with --resume.")
            }
            guard let suite = words.first else { throw ValidationError("Missing expected argument '<suite>'") }
            guard words.count == 1 else {
                throw ValidationError(
                    "One suite is run at a time, and a run is named with --resume alone: \(words.joined(separator: " "))."
                )
            }
            return (suite, nil)
        }
        if suites.count > 1 {
            throw ValidationError("--resume goes on with one suite: \(suites.joined(separator: ", ")).")
        }
        if runs.count > 1 {
            throw ValidationError(
                "--resume goes on with one run, and a suite is a file that ends in .yaml: \(runs.joined(separator: ", "))."
            )
        }
        if forks, suites.isEmpty {
            throw ValidationError("--fork begins a run with a changed suite: name the suite too.")
        }
        return (suites.first, runs.first)
    }

    private static func isSuite(_ word: String) -> Bool { word.hasSuffix(".yaml") || word.hasSuffix(".yml") }
}
