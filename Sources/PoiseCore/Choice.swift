/// Which candidate a profile recommends, why, and how sure that is.
package struct Choice: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// `noneIsRight`: some meet the limits, and none of them gave a right answer.
        case picked, noneMeetsLimits, noneIsRight, nothingMeasured
    }

    package var profile: Profile
    package var load: Load
    /// In the suite's order.
    package var contenders: [Contender]
    /// Nil where no candidate meets the limits, or none of those was ever right.
    package var decision: Decision?
    /// Where none meets the limits: the one that misses them by least; nil where that cannot be said.
    package var nearest: String?
    /// Figures that the profile optimises and that not all who meet the limits have, or not in one currency.
    package var unusable: [ChoiceFigure]
    /// The share of resamples in which no candidate meets the limits and is ever right; nil where nothing was drawn.
    package var noneShare: Double?
    package var costs: [CandidateCost]
    package var breakEvens: [BreakEven]
    package var resamples: Int
    package var seed: UInt64

    package init(
        profile: Profile, load: Load, contenders: [Contender], decision: Decision? = nil, nearest: String? = nil,
        unusable: [ChoiceFigure] = [], noneShare: Double? = nil, costs: [CandidateCost] = [],
        breakEvens: [BreakEven] = [], resamples: Int, seed: UInt64
    ) {
        self.profile = profile
        self.load = load
        self.contenders = contenders
        self.decision = decision
        self.nearest = nearest
        self.unusable = unusable
        self.noneShare = noneShare
        self.costs = costs
        self.breakEvens = breakEvens
        self.resamples = resamples
        self.seed = seed
    }

    package var outcome: Outcome {
        if decision != nil { return .picked }
        if contenders.contains(where: \.isEligible) { return .noneIsRight }
        return contenders.contains(where: \.isScored) ? .noneMeetsLimits : .nothingMeasured
    }

    package func contender(_ id: String) -> Contender? { contenders.first { $0.id == id } }
}

/// A number with its 95% interval; without one where it does not vary, or where too little was measured.
package struct FigureEstimate: Hashable, Sendable {
    package let value: Double
    package let low: Double?
    package let high: Double?

    package init(_ value: Double, low: Double? = nil, high: Double? = nil) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// A candidate as a choice sees it.
package struct Contender: Hashable, Sendable {
    package var id: String
    package var model: String
    package var quantization: String?
    /// Samples that have a score, and those that have none.
    package var n: Int
    package var unscored: Int
    package var figures: [ChoiceFigure: FigureEstimate]
    package var limits: [LimitFinding]
    /// Of its price; nil where it has none.
    package var currency: String?
    /// The share of resamples in which it is the pick; nil where nothing was drawn.
    package var pickShare: Double?

    package init(
        id: String, model: String, quantization: String?, n: Int, unscored: Int,
        figures: [ChoiceFigure: FigureEstimate], limits: [LimitFinding], currency: String? = nil,
        pickShare: Double? = nil
    ) {
        self.id = id
        self.model = model
        self.quantization = quantization
        self.n = n
        self.unscored = unscored
        self.figures = figures
        self.limits = limits
        self.currency = currency
        self.pickShare = pickShare
    }

    package var isScored: Bool { n > 0 }
    package var isEverRight: Bool { figures[.accuracy].map { $0.value > 0 } ?? false }
    /// Whether it may be recommended: its answers were scored, and every limit holds by what was measured.
    package var isEligible: Bool { isScored && limits.allSatisfy(\.standing.isKept) }
}

/// What the data say of one limit.
package struct LimitFinding: Hashable, Sendable {
    package enum Standing: String, Hashable, Sendable {
        /// The whole interval is on the right side; or the estimate alone is.
        case keptSurely, keptProbably
        case brokenProbably, brokenSurely
        /// There is no number, or none in the limit's currency: it cannot be said to hold.
        case unmeasured

        package var isKept: Bool { self == .keptSurely || self == .keptProbably }
    }

    package let limit: ProfileLimit
    package let estimate: FigureEstimate?
    package let standing: Standing

    package init(limit: ProfileLimit, estimate: FigureEstimate?, standing: Standing) {
        self.limit = limit
        self.estimate = estimate
        self.standing = standing
    }
}

/// The pick, and what led to it.
package struct Decision: Hashable, Sendable {
    /// One thing that was optimised.
    package struct Stage: Hashable, Sendable {
        package let figure: ChoiceFigure
        /// The best of those that were left.
        package let leader: String
        /// Those that cannot be told apart from it, itself among them.
        package let kept: [String]
        /// Those that are worse than it, beyond what chance explains.
        package let dropped: [String]

        package init(figure: ChoiceFigure, leader: String, kept: [String], dropped: [String]) {
            self.figure = figure
            self.leader = leader
            self.kept = kept
            self.dropped = dropped
        }
    }

    /// A number by which fewer of the equals were left.
    package struct Tiebreak: Hashable, Sendable {
        package let figure: ChoiceFigure
        package let kept: [String]

        package init(figure: ChoiceFigure, kept: [String]) {
            self.figure = figure
            self.kept = kept
        }
    }

    package var pick: String
    package var stages: [Stage]
    /// Those that cannot be told apart in anything that decides, the pick among them.
    package var equals: [String]
    /// What named the pick among the equals, step by step; where more than one is left, the first one in the suite.
    package var tiebreaks: [Tiebreak]
    /// Who would be picked without the pick; nil where nobody else meets the limits.
    package var runnerUp: Comparison?
    /// The next one of the front with more right answers, and the next with fewer that is faster or cheaper.
    package var up: Comparison?
    package var down: Comparison?
    /// The most accurate one of those that meet the limits, where it is not the pick.
    package var mostAccurate: Comparison?

    package init(
        pick: String, stages: [Stage], equals: [String], tiebreaks: [Tiebreak], runnerUp: Comparison? = nil,
        up: Comparison? = nil, down: Comparison? = nil, mostAccurate: Comparison? = nil
    ) {
        self.pick = pick
        self.stages = stages
        self.equals = equals
        self.tiebreaks = tiebreaks
        self.runnerUp = runnerUp
        self.up = up
        self.down = down
        self.mostAccurate = mostAccurate
    }

    /// Another candidate beside the pick, over the same samples.
    package struct Comparison: Hashable, Sendable {
        package let candidate: String
        /// Its share of right answers − the pick's.
        package let accuracyDifference: FigureEstimate?
        /// Whether the difference is more than chance explains, Holm's correction included.
        package let isToldApart: Bool
        /// Its number / the pick's, as far as both have one.
        package let ratios: [ChoiceFigure: FigureEstimate]

        package init(
            candidate: String, accuracyDifference: FigureEstimate?, isToldApart: Bool,
            ratios: [ChoiceFigure: FigureEstimate]
        ) {
            self.candidate = candidate
            self.accuracyDifference = accuracyDifference
            self.isToldApart = isToldApart
            self.ratios = ratios
        }
    }
}
