import PoiseCore

/// Gates made by hand.
enum GateReports {
    static let passing = RuleResult(
        rule: GateRule(.accuracy, .atLeast, .nonInferior(by: 0.03)), candidate: "m@q8_0", load: 1, verdict: .pass,
        estimate: -0.0044, low: -0.0148, high: 0.0057, n: 457, method: .newcombe, passPValue: 1e-7, failPValue: 0.999,
        adjustedFailPValue: 1, smallestEffect: 0.032)
    static let open = RuleResult(
        rule: GateRule(.lengthCapped, .atMost, .absolute(0.01)), candidate: "m@q8_0", load: 1, verdict: .inconclusive,
        estimate: 0.0022, low: 0.0004, high: 0.0123, n: 457, method: .wilson, passPValue: 0.05, failPValue: 0.95,
        adjustedFailPValue: 1, smallestEffect: 0.015, samplesToDecide: 900)
    static let failing = RuleResult(
        rule: GateRule(.ttfo, .atMost, .absolute(500), task: "add", quantile: 0.95), candidate: "m@tq2_0", load: 1,
        verdict: .fail, estimate: 1300, low: 1200, high: 1400.4, n: 457, method: .bootstrap, passPValue: 1,
        failPValue: 1e-4, adjustedFailPValue: 3e-4, smallestEffect: 80)
    static let refused = RuleResult(
        rule: GateRule(.decodeTPS, .atLeast, .relative(0.95)), candidate: "m@tq2_0", load: 1, verdict: .inconclusive,
        reasons: [.otherMachine(baseline: "A <one> & \"two\"", candidate: "B")])

    static func report(
        _ results: [RuleResult], warnings: [GateWarning] = [], looks: [GateReport.Look] = []
    ) -> GateReport {
        var candidates: [String] = []
        for result in results where !candidates.contains(result.candidate) { candidates.append(result.candidate) }
        return GateReport(
            run: "20261121-1", suite: "demo", baseline: GateReport.Baseline(candidate: "m@f16", run: "20261121-1"),
            candidates: candidates, results: results, warnings: warnings, looks: looks, seed: UInt64.max)
    }

    static let all = report(
        [passing, open, failing, refused], warnings: [.changedSamples(candidate: "m@q8_0", 3)])
}
