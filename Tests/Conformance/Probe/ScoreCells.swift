import PoiseStatistics

/// Samples with epochs: how many, and how alike two epochs of one sample are.
struct Epochs: Sendable {
    let count: Int
    let correlation: Double

    static let one = Epochs(count: 1, correlation: 1)
    static let all = [
        one, Epochs(count: 3, correlation: 0.3), Epochs(count: 3, correlation: 0.8),
        Epochs(count: 10, correlation: 0.5),
    ]

    var text: String { count == 1 ? "1 epoch" : "\(count) epochs, correlation \(correlation)" }
}

extension Cells {
    /// The interval of one candidate's accuracy.
    static var accuracies: [Cell] {
        sizes.flatMap { n in
            Epochs.all.map { epochs in
                Cell { draws in
                    Rates.row(
                        "accuracy", n: n, epochs.text, dataSets: dataSets(n), low: 0.93, high: 0.97, draws: &draws
                    ) { rate, draws in
                        let scores = (0..<n).map { _ in
                            let chance = draws.chance(rate: rate, correlation: epochs.correlation)
                            return draws.score(chance: chance, epochs: epochs.count)
                        }
                        return Evidence.accuracy(of: scores)?.interval()?.contains(rate) ?? false
                    }
                }
            }
        }
    }

    /// Pairs of scores: a share of the samples is another matter for the candidate, and some of the right ones are lost.
    struct Pairing: Sendable {
        let epochs: Epochs
        /// The share of samples where the candidate's chance has nothing to do with the base's.
        let churn: Double

        func scores(
            n: Int, rate: Double, loss: Double, draws: inout Draws
        ) -> [(base: Double, candidate: Double)] {
            (0..<n).map { _ in
                let base = draws.chance(rate: rate, correlation: epochs.correlation)
                let other =
                    draws.happens(churn) ? draws.chance(rate: rate, correlation: epochs.correlation) : base
                let candidate = draws.happens(loss / rate) ? 0 : other
                return (
                    draws.score(chance: base, epochs: epochs.count),
                    draws.score(chance: candidate, epochs: epochs.count)
                )
            }
        }

        /// Samples that one side is right on and the other wrong, in one epoch, where nothing is lost.
        func flips(n: Int) -> [Double] {
            Rates.bands.map { band in
                let rate = (band.lowerBound + band.upperBound) / 2
                return Double(n) * churn * 2 * rate * (1 - rate)
            }
        }

        var text: String {
            "\(epochs.text), \(churn == 1 ? "independent" : "\(Int((churn * 100).rounded()))% of samples drawn anew")"
        }
    }

    /// The interval of two candidates' paired difference, which is drawn from −0.1 to 0 each time.
    static var differences: [Cell] {
        sizes.flatMap { n in
            Epochs.all.flatMap { epochs in
                [0.2, 1].map { churn in
                    let pairing = Pairing(epochs: epochs, churn: churn)
                    return Cell { draws in
                        var row = Rates.row(
                            "paired difference", n: n, pairing.text, dataSets: dataSets(n) / 2, low: 0.93, high: 0.97,
                            draws: &draws
                        ) { rate, draws in
                            let loss = 0.1 * draws.unit()
                            let scores = pairing.scores(n: n, rate: rate, loss: loss, draws: &draws)
                            return Evidence.accuracyDifference(of: scores)?.interval()?.contains(-loss) ?? false
                        }
                        row.flips = pairing.flips(n: n)
                        return row
                    }
                }
            }
        }
    }
}
