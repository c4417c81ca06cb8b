/// What a gate says: every rule of every candidate, and the verdict of all of them.
package struct GateReport: Hashable, Codable, Sendable {
    /// What an inconclusive gate counts as, by the user's word.
    package enum InconclusivePolicy: String, Hashable, Codable, Sendable, CaseIterable {
        case fail, pass, warn
    }

    /// What candidates were held against.
    package struct Baseline: Hashable, Codable, Sendable {
        package let candidate: String
        package let run: String
        /// The file that it was read from; nil where it stands in the database.
        package let file: String?

        package init(candidate: String, run: String, file: String? = nil) {
            self.candidate = candidate
            self.run = run
            self.file = file
        }
    }

    /// One look of a sequential gate.
    package struct Look: Hashable, Codable, Sendable {
        /// From 1.
        package let number: Int
        package let run: String
        /// Samples of each candidate by now, and in all.
        package let samples: Int
        package let of: Int
        /// The share of the error that is spent by now, one-sided; its critical level at this look.
        package let spent: Double
        package let level: Double
        package let verdict: Verdict
        /// Rules × candidates that are decided by now, and in all.
        package let decided: Int
        package let rules: Int

        package init(
            number: Int, run: String, samples: Int, of: Int, spent: Double, level: Double, verdict: Verdict,
            decided: Int, rules: Int
        ) {
            self.number = number
            self.run = run
            self.samples = samples
            self.of = of
            self.spent = spent
            self.level = level
            self.verdict = verdict
            self.decided = decided
            self.rules = rules
        }
    }

    package let run: String
    package let suite: String
    /// nil where no rule needs one and none is named.
    package let baseline: Baseline?
    /// In the order in which they were named, or stand in the suite.
    package let candidates: [String]
    /// By candidate, load and rule, in their order.
    package let results: [RuleResult]
    /// What differs beside what is compared, and what else puts the verdict in doubt.
    package let warnings: [GateWarning]
    /// Empty where all was decided at once.
    package let looks: [Look]
    /// What draws were made by.
    package let seed: UInt64

    package init(
        run: String, suite: String, baseline: Baseline?, candidates: [String], results: [RuleResult],
        warnings: [GateWarning], looks: [Look] = [], seed: UInt64
    ) {
        self.run = run
        self.suite = suite
        self.baseline = baseline
        self.candidates = candidates
        self.results = results
        self.warnings = warnings
        self.looks = looks
        self.seed = seed
    }

    package var verdict: Verdict { .all(results.map(\.verdict)) }

    package func verdict(of candidate: String) -> Verdict {
        .all(results.filter { $0.candidate == candidate }.map(\.verdict))
    }

    /// What the gate counts as where inconclusive counts as something else.
    package func verdict(inconclusiveAs policy: InconclusivePolicy?) -> Verdict {
        guard verdict == .inconclusive else { return verdict }
        return switch policy {
        case .fail: .fail
        case .pass, .warn: .pass
        case nil: .inconclusive
        }
    }
}

extension Verdict {
    /// A pass takes all of them, a fail one; no rule at all decides nothing.
    ///
    /// The intersection–union test of Berger 1982, "Multiparameter hypothesis testing and acceptance sampling": where all
    /// must pass, each at its own level, the whole has that level too.
    package static func all(_ verdicts: [Verdict]) -> Verdict {
        if verdicts.contains(.fail) { return .fail }
        return verdicts.isEmpty || verdicts.contains(.inconclusive) ? .inconclusive : .pass
    }
}
