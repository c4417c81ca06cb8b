import PoiseCore
import PoiseStatistics

extension Cells {
    /// Five tasks of a suite, each with a rule of its own.
    private static let manyRules = 5

    /// How often a gate fails a candidate that is as good as its base: any of its rules, after Holm's correction.
    static var gateFailures: [Cell] {
        sizes.flatMap { n in
            [1, manyRules].flatMap { rules in
                [0, 0.02, 0.05].map { margin in
                    Cell { draws in
                        Rates.row(
                            "gate fails for nothing", n: n, "\(rules) rule\(rules == 1 ? "" : "s"), margin \(margin)",
                            dataSets: dataSets(n) / 3, low: 0, high: 0.05, draws: &draws
                        ) { rate, draws in
                            let tests = (0..<rules).map { _ in
                                let pairing = Pairing(epochs: .one, churn: 0.1 + 0.9 * draws.unit())
                                let scores = pairing.scores(n: n, rate: rate, loss: 0, draws: &draws)
                                return MarginTest(
                                    Evidence.accuracyDifference(of: scores), bound: -margin, side: .atLeast)
                            }
                            let adjusted = Holm.adjusted(tests.map { $0.failPValue ?? .nan })
                            return zip(tests, adjusted).contains { $1 < $0.level }
                        }
                    }
                }
            }
        }
    }

    /// How often a rule fails a candidate that is worse by just the effect that the rule says it would have seen in four
    /// cases of five: the median of what it says where nothing changed.
    static var gatePowers: [Cell] {
        let accuracies = [100, 1000].flatMap { n in
            [Epochs.one, Epochs(count: 3, correlation: 0.5)].flatMap { epochs in
                [(0.2, 0.0), (0.2, 0.02), (0.5, 0.05)].map { churn, margin in
                    let pairing = Pairing(epochs: epochs, churn: churn)
                    return Cell { draws in
                        power(
                            "accuracy, \(pairing.text), margin \(margin)", n: n, bound: -margin, kinds: (200, 3000),
                            draws: &draws
                        ) { effect, draws in
                            let scores = pairing.scores(
                                n: n, rate: 0.8, loss: effect.map { $0 + margin } ?? 0, draws: &draws)
                            return Evidence.accuracyDifference(of: scores)
                        }
                    }
                }
            }
        }
        let speeds = [30, 100, 1000].flatMap { n in
            [1, 3].map { rounds in
                Cell { draws in
                    power(
                        "speed ratio at least 0.95, \(rounds) round\(rounds == 1 ? "" : "s")", n: n, bound: 0.95,
                        kinds: (200, n >= 1000 ? 600 : 2000), draws: &draws
                    ) { effect, draws in
                        SpeedModel(rounds: rounds).pair(n: n, ratio: effect.map { 0.95 - $0 } ?? 1, draws: &draws)
                            .ratios(of: [.decodeTPS], resamples: 500, seed: draws.word())[.decodeTPS]
                    }
                }
            }
        }
        return accuracies + speeds
    }

    /// - Parameters:
    ///   - kinds: data sets where nothing changed, and where the effect is true.
    ///   - evidence: of one data set; without an effect nothing changed.
    private static func power(
        _ setting: String, n: Int, bound: Double, kinds: (unchanged: Int, changed: Int), draws: inout Draws,
        evidence: (Double?, inout Draws) -> Evidence?
    ) -> CoverageRow {
        let effects = (0..<kinds.unchanged).compactMap { _ in
            MarginTest(evidence(nil, &draws), bound: bound, side: .atLeast).smallestEffect()
        }
        let effect = median(of: effects)
        let failed = effect.map { effect in
            (0..<kinds.changed).count { _ in
                MarginTest(evidence(effect, &draws), bound: bound, side: .atLeast).verdict == .fail
            }
        }
        return CoverageRow(
            what: "gate's power at the effect it prints", n: n, setting: setting,
            shares: [Double(failed ?? 0) / Double(kinds.changed)], least: nil, most: nil, dataSets: kinds.changed,
            low: 0.75, high: 0.85, effect: effect)
    }
}
