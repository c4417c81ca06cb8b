import PoiseStatistics

/// One line of what is asked: a function's name and its numbers.
struct Question: Decodable {
    let name: Name
    let values: [Double]

    enum Name: String, Decodable {
        case normalQuantile, normalCumulative, studentQuantile, studentCumulative
        case wilson, newcombe, mcNemar, holm, quantile, quantileInterval
        case equivalence, spending
    }

    /// Not a number where there is none.
    var answer: [Double] {
        switch name {
        case .normalQuantile: values.map(NormalDistribution.quantile)
        case .normalCumulative: values.map(NormalDistribution.cumulative)
        case .studentQuantile: [StudentDistribution.quantile(values[0], freedom: values[1])]
        case .studentCumulative: [StudentDistribution.cumulative(values[0], freedom: values[1])]
        case .wilson: ends(.wilson(successes: Int(values[0]), of: Int(values[1]), confidence: values[2]))
        case .newcombe: ends(counts.newcombe(confidence: values[4]))
        case .mcNemar: [counts.mcNemar]
        case .holm: Holm.adjusted(values)
        case .quantile: [PoiseStatistics.quantile(values[0], ofSorted: values.dropFirst().sorted()) ?? .nan]
        case .quantileInterval:
            ends(.ofQuantile(values[0], ofSorted: values.dropFirst(2).sorted(), confidence: values[1]))
        case .equivalence: [equivalence?.passPValue ?? .nan]
        case .spending: spending
        }
    }

    private func ends(_ interval: Interval?) -> [Double] {
        interval.map { [$0.low, $0.high] } ?? [.nan, .nan]
    }

    /// Kept, gained, lost, missed.
    private var counts: PairedCounts {
        PairedCounts(kept: Int(values[0]), gained: Int(values[1]), lost: Int(values[2]), missed: Int(values[3]))
    }

    /// An estimate, its standard error and the two bounds.
    private var equivalence: EquivalenceTest? {
        let (estimate, error) = (values[0], values[1])
        let evidence = Evidence(estimate: estimate, n: 100, method: .newcombe) { confidence in
            let reach = NormalDistribution.quantile((1 + confidence) / 2) * error
            return Interval(low: estimate - reach, high: estimate + reach)
        }
        return EquivalenceTest(evidence, low: values[2], high: values[3])
    }

    /// 0 for O'Brien and Fleming, 1 for Pocock; the level of one side; the fractions. The bounds, in standard deviations.
    private var spending: [Double] {
        let rule: AlphaSpending = values[0] == 0 ? .oBrienFleming : .pocock
        let levels = rule.levels(at: Array(values.dropFirst(2)), level: values[1]) ?? []
        return levels.map { -NormalDistribution.quantile($0) }
    }
}
