package import PoiseCore

/// Shares of right responses by judges, with the judges' error taken out where it is known.
package enum JudgedShares {
    /// One value of a judged criterion: of one trial.
    package struct Observation: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let task: String
        package let sample: String
        package let grader: String
        /// Of the grader, as scores are kept under.
        package let version: String
        package let criterion: String
        /// 0…1.
        package let value: Double
        /// Of the grader that decides the trial's score, 0…1; nil where it is this one, or gave none.
        package let decided: Double?

        package init(
            candidate: String, load: Load, task: String, sample: String, grader: String, version: String,
            criterion: String, value: Double, decided: Double? = nil
        ) {
            self.candidate = candidate
            self.load = load
            self.task = task
            self.sample = sample
            self.grader = grader
            self.version = version
            self.criterion = criterion
            self.value = value
            self.decided = decided
        }
    }

    private struct Key: Hashable, Comparable {
        let candidate: Int
        let load: Load
        let grader: String
        let version: String
        let criterion: String

        static func < (left: Key, right: Key) -> Bool {
            (left.grader, left.criterion, left.version, left.load, left.candidate)
                < (right.grader, right.criterion, right.version, right.load, right.candidate)
        }
    }

    private struct Sample: Hashable {
        let task: String
        let sample: String
    }

    /// What one sample's trials got.
    private struct Sums {
        private var rightSum = 0.0
        private var count = 0.0
        private var decidedSum = 0.0
        private var decidedCount = 0.0

        mutating func add(_ seen: Observation) {
            // A grade worth half or more counts as right, as in the calibration.
            rightSum += seen.value >= 0.5 ? 1 : 0
            count += 1
            guard let decided = seen.decided else { return }
            decidedSum += decided
            decidedCount += 1
        }

        var right: Double { rightSum / count }
        var decided: Double? { decidedCount == count ? decidedSum / count : nil }
    }

    /// By question, then load, then in the order of candidates. The sample is the unit: its trials are averaged.
    package static func shares(
        of observations: [Observation], candidates: [String], calibrations: [JudgeCalibration]
    ) -> [JudgedShare] {
        let positions = Dictionary(zip(candidates, candidates.indices), uniquingKeysWith: { first, _ in first })
        var values: [Key: [Sample: Sums]] = [:]
        for seen in observations {
            guard let position = positions[seen.candidate] else { continue }
            let key = Key(
                candidate: position, load: seen.load, grader: seen.grader, version: seen.version,
                criterion: seen.criterion)
            let sample = Sample(task: seen.task, sample: seen.sample)
            values[key, default: [:]][sample, default: Sums()].add(seen)
        }
        return values.sorted { $0.key < $1.key }.compactMap { key, samples in
            let n = samples.count
            // In a fixed order: sums of fractions depend on it.
            let raw = samples.values.map(\.right).sorted().reduce(0, +) / Double(n)
            let decided = samples.values.compactMap(\.decided).sorted()
            guard let interval = Interval.wilson(share: raw, of: n) else { return nil }
            let calibration = calibrations.last { $0.version == key.version && $0.criterion == key.criterion }
            let correction = calibration.flatMap(BinaryAgreement.init).flatMap {
                JudgeCorrection(raw: raw, n: n, judge: $0)
            }
            return JudgedShare(
                candidate: candidates[key.candidate], load: key.load, grader: key.grader, criterion: key.criterion,
                n: n, raw: raw, rawLow: interval.low, rawHigh: interval.high,
                corrected: correction.map { .init(value: $0.corrected, low: $0.low, high: $0.high) },
                decided: decided.count == n ? decided.reduce(0, +) / Double(n) : nil)
        }
    }
}

extension BinaryAgreement {
    /// Of a calibration; nil where its labels are all right or all wrong.
    package init?(_ calibration: JudgeCalibration) {
        guard let sensitivity = calibration.sensitivity, let specificity = calibration.specificity else { return nil }
        self.init(
            truePositives: sensitivity.count, falseNegatives: sensitivity.n - sensitivity.count,
            falsePositives: specificity.n - specificity.count, trueNegatives: specificity.count)
    }
}

extension Interval {
    /// The score interval of a mean of shares, which varies at most as much as one of 0s and 1s does.
    package static func wilson(share: Double, of trials: Int) -> Interval? {
        guard trials > 0, (0...1).contains(share) else { return nil }
        return wilson(
            share: share, of: Double(trials), z: NormalDistribution.quantile((1 + confidence) / 2))
    }
}

extension ShareEstimate {
    /// With Wilson's interval; nil without any.
    package init?(count: Int, of n: Int) {
        guard let interval = Interval.wilson(successes: count, of: n) else { return nil }
        self.init(count: count, n: n, low: interval.low, high: interval.high)
    }
}
