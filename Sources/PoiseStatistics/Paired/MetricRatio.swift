package import PoiseCore

extension PairedSamples {
    /// How a number is taken of one side's trials; the costs are those of the side's trials, where they are known.
    typealias ColumnMaking = (_ measurements: [Measurement], _ costs: TrialCosts?) -> SideColumn

    /// The candidate's number / the base's over the same samples, each as METRICS defines it of a point; nil where one of
    /// them has none, or the base's is 0.
    ///
    /// The same samples are drawn for both. Rounds, where there are at least three, lengthen the interval by as much as the
    /// ratio changed from one to the next beyond what samples explain. Costs in two currencies have no ratio.
    package func ratios(
        of metrics: [Metric], resamples: Int = 10_000, seed: UInt64
    ) -> [Metric: Evidence] {
        let wanted = metrics.filter { $0 != .costToCorrect || hasOneCurrency }
        let numbers = wanted.map { metric in
            ratio { measurements, costs in
                SideColumn(metric, of: measurements, samples: pairs.count, costs: costs)
            }
        }
        let evidence = SampledNumber.evidence(of: numbers, samples: pairs.count, resamples: resamples, seed: seed)
        return Dictionary(
            zip(wanted, evidence).compactMap { metric, evidence in evidence.map { (metric, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The candidate's number / the base's.
    func ratio(_ column: ColumnMaking) -> SampledNumber {
        let whole = SampledNumber.Quotient(
            base: column(baseMeasurements, baseCosts), candidate: column(candidateMeasurements, candidateCosts))
        let base = columns(baseMeasurements, baseCosts, rounds: baseRounds, column)
        let candidate = columns(candidateMeasurements, candidateCosts, rounds: candidateRounds, column)
        guard areRoundsShared, baseRounds == candidateRounds else {
            return SampledNumber(
                whole: whole,
                rounds: [
                    base.map { SampledNumber.Quotient(base: $0, candidate: nil) },
                    candidate.map { SampledNumber.Quotient(base: nil, candidate: $0) },
                ])
        }
        return SampledNumber(
            whole: whole, rounds: [zip(base, candidate).map { SampledNumber.Quotient(base: $0, candidate: $1) }])
    }

    /// The candidate's number alone.
    func own(_ column: ColumnMaking) -> SampledNumber {
        SampledNumber(
            whole: SampledNumber.Quotient(base: nil, candidate: column(candidateMeasurements, candidateCosts)),
            rounds: [
                columns(candidateMeasurements, candidateCosts, rounds: candidateRounds, column).map {
                    SampledNumber.Quotient(base: nil, candidate: $0)
                }
            ])
    }

    /// Of each round; none where rounds are left as they are.
    private func columns(
        _ measurements: [Measurement], _ costs: TrialCosts?, rounds: Int, _ column: ColumnMaking
    ) -> [SideColumn] {
        guard rounds > 1 else { return [] }
        let byRound = Dictionary(grouping: measurements, by: \.round)
        return (0..<rounds).map { column(byRound[$0, default: []], costs) }
    }
}

extension SideColumn {
    init(_ metric: Metric, of measurements: [Measurement], samples: Int, costs: TrialCosts?) {
        let column = MetricColumn(metric, of: measurements, samples: samples, rounds: 1, costs: costs)
        // A throughput belongs to rounds: they are what it varies over.
        self.samples = metric == .throughput ? Set(measurements.map(\.round)).count : column.samples
        estimate = { column.estimate(weights: $0) }
    }
}
