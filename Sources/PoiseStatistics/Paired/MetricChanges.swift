import PoiseCore

extension PairedSamples {
    /// Numbers of both sides over the same samples with their ratios, in the order of the metrics; those that one side
    /// does not have are left out.
    func changes(of metrics: [Metric], resamples: Int, seed: UInt64) -> [MetricChange] {
        let ratios = ratios(of: metrics, resamples: resamples, seed: seed)
        func number(_ metric: Metric, _ measurements: [Measurement], _ costs: TrialCosts?) -> Double? {
            SideColumn(metric, of: measurements, samples: pairs.count, costs: costs)
                .estimate(CountVector([Double](repeating: 1, count: pairs.count)))
        }
        return metrics.compactMap { metric in
            guard let evidence = ratios[metric], let base = number(metric, baseMeasurements, baseCosts),
                let candidate = number(metric, candidateMeasurements, candidateCosts)
            else { return nil }
            return MetricChange(metric: metric, base: base, candidate: candidate, ratio: RatioEstimate(evidence))
        }
    }
}

extension RatioEstimate {
    init(_ evidence: Evidence) {
        let interval = evidence.interval()
        // Between two infinite resamples the percentile is no number; the end lies beyond all numbers all the same.
        func end(_ value: Double) -> Double { value.isNaN ? .infinity : value }
        self.init(
            value: evidence.estimate, low: (interval?.low).map(end), high: (interval?.high).map(end), n: evidence.n)
    }
}
