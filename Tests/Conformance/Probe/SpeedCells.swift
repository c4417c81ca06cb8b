import Foundation
import PoiseCore
import PoiseStatistics

/// Speeds of two candidates: log-normal, with what each sample, each round and each candidate in a round has of its own.
struct SpeedModel: Sendable {
    /// Standard deviations of logarithms: of a sample for both, of a sample for each candidate, of a trial, of a round for
    /// both, and of a round for each candidate.
    var sample = 0.05
    var own = 0.03
    var trial = 0.05
    var round = 0.0
    var ownRound = 0.0
    var rounds = 1

    static let all: [(text: String, model: SpeedModel, low: Double?, high: Double?)] = [
        ("1 round", SpeedModel(), 0.93, 0.97),
        ("1 round, samples differ much", SpeedModel(sample: 0.3, own: 0.05), 0.93, nil),
        ("3 rounds", SpeedModel(rounds: 3), 0.93, 0.97),
        ("3 rounds, the machine drifts by 5%", SpeedModel(round: 0.05, rounds: 3), 0.93, 0.97),
        ("3 rounds, each candidate drifts by 1%", SpeedModel(ownRound: 0.01, rounds: 3), nil, nil),
        ("3 rounds, each candidate drifts by 5%", SpeedModel(ownRound: 0.05, rounds: 3), nil, nil),
        ("10 rounds, each candidate drifts by 5%", SpeedModel(ownRound: 0.05, rounds: 10), nil, nil),
    ]

    /// - Parameter ratio: the candidate's speed / the base's.
    func pair(n: Int, ratio: Double, draws: inout Draws) -> PairedSamples {
        var (base, candidate): ([Observation], [Observation]) = ([], [])
        let samples = (0..<n).map { _ in
            let shared = sample * draws.normal()
            return [shared + own * draws.normal(), shared + own * draws.normal() + log(ratio)]
        }
        for round in 1...rounds {
            let shared = self.round * draws.normal()
            let shifts = [shared + ownRound * draws.normal(), shared + ownRound * draws.normal()]
            for index in 0..<n {
                let speeds = (0..<2).map { 100 * exp(samples[index][$0] + shifts[$0] + trial * draws.normal()) }
                base.append(Self.trial(index, round: round, speed: speeds[0]))
                candidate.append(Self.trial(index, round: round, speed: speeds[1]))
            }
        }
        return PairedSamples(base: Self.measured("base", base), candidate: Self.measured("candidate", candidate))
    }

    private static func trial(_ sample: Int, round: Int, speed: Double) -> Observation {
        Observation(
            candidate: "", task: "t", sample: "\(sample)", load: 1, round: round, score: nil, ttft: nil, ttfo: nil,
            latency: nil, decodeTPS: speed, decodedTokens: 64, decodeSpan: 64_000 / speed)
    }

    private static func measured(_ name: String, _ observations: [Observation]) -> MeasuredCandidate {
        MeasuredCandidate(
            candidate: name, model: name, quantization: nil, run: "1", load: 1,
            circumstances: Circumstances(
                machine: "", machineSummary: "", poiseVersion: "", startedAt: "2026-01-01T00:00:00Z"),
            samples: [:], observations: observations)
    }
}

extension Cells {
    private static let resamples = 500

    /// The interval of the ratio of two candidates' median decode speeds.
    static var speedRatios: [Cell] {
        sizes.reversed().flatMap { n in
            SpeedModel.all.map { text, model, low, high in
                Cell { draws in
                    let sets = n >= 1000 ? 300 : 1500
                    let held = (0..<sets).count { _ in
                        let ratio = 0.8 + 0.4 * draws.unit()
                        let pair = model.pair(n: n, ratio: ratio, draws: &draws)
                        let evidence = pair.ratios(of: [.decodeTPS], resamples: resamples, seed: draws.word())
                        return evidence[.decodeTPS]?.interval()?.contains(ratio) ?? false
                    }
                    return CoverageRow(
                        what: "speed ratio", n: n, setting: text, shares: [Double(held) / Double(sets)], least: nil,
                        most: nil, dataSets: sets, low: low, high: high, effect: nil)
                }
            }
        }
    }

    /// How often the front probability of a candidate on the very border of the front lies within 2.5–97.5%: it is as
    /// accurate as one that is faster. Beside it, how often one that is clearly beaten gets less than 5%.
    static var frontProbabilities: [Cell] {
        let candidates = ["fast", "even"].map { name in
            Candidate(
                id: name, model: name, quantization: nil,
                serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: name)),
                sampling: SamplingSettings())
        }
        @Sendable func probability(_ scores: [(base: Double, candidate: Double)], draws: inout Draws) -> Double? {
            var observations: [Observation] = []
            for (index, score) in scores.enumerated() {
                for (name, value, speed) in [("fast", score.base, 200.0), ("even", score.candidate, 100.0)] {
                    observations.append(
                        Observation(
                            candidate: name, task: "t", sample: "\(index)", load: 1, round: 1, score: value, ttft: nil,
                            ttfo: nil, latency: nil, decodeTPS: speed, decodedTokens: 64, decodeSpan: 64_000 / speed))
                }
            }
            return FrontAnalysis(resamples: resamples, seed: draws.word()).points(
                from: observations, candidates: candidates
            ).last?.frontProbability
        }
        return sizes.reversed().flatMap { n in
            [Epochs.one, Epochs(count: 3, correlation: 0.3)].map { epochs in
                let pairing = Pairing(epochs: epochs, churn: 1)
                return Cell { draws in
                    var row = Rates.row(
                        "front probability", n: n, pairing.text, dataSets: n >= 1000 ? 300 : 1000, low: 0.93,
                        high: 0.97,
                        draws: &draws
                    ) { rate, draws in
                        let scores = pairing.scores(n: n, rate: rate, loss: 0, draws: &draws)
                        return probability(scores, draws: &draws).map { (0.025...0.975).contains($0) } ?? false
                    }
                    row.flips = pairing.flips(n: n)
                    return row
                }
            }
        }
            + [100, 1000].map { n in
                Cell { draws in
                    Rates.row(
                        "front probability, clear cases", n: n, "20 points less right, 20% of samples drawn anew",
                        dataSets: 200, low: 0.95, high: 1, draws: &draws
                    ) { rate, draws in
                        let scores = Pairing(epochs: .one, churn: 0.2).scores(
                            n: n, rate: rate, loss: 0.2, draws: &draws)
                        return probability(scores, draws: &draws).map { $0 < 0.05 } ?? false
                    }
                }
            }
    }
}
