import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct JoinedLooksTests {
    /// One look: each of its samples takes a second in each of three rounds, all counted from the look's own beginning.
    private func look(_ index: Int, samples: Int = 10, pace: [Double] = [1, 1, 1]) -> MeasuredCandidate {
        var observations: [Observation] = []
        for round in 1...3 {
            for sample in 0..<samples {
                let start = Double(round - 1) * 100_000 + Double(sample) * 1000
                let tps = pace[round - 1] * (100 + Double((sample * 7 + index * 3) % 11))
                observations.append(
                    Observation(
                        candidate: "c", task: "t", sample: "s\(index * samples + sample)", load: 1, round: round,
                        score: 1, ttft: 10, ttfo: 10, latency: 1000, decodeTPS: tps, decodedTokens: 20,
                        decodeSpan: 20_000 / tps, queueDelay: 0, scheduled: start, ended: start + 1000,
                        outputTokens: 25))
            }
        }
        var circumstances = GateTests.circumstances()
        circumstances.rounds = 3
        return MeasuredCandidate(
            candidate: "c", model: "c", quantization: nil, run: "look \(index)", load: 1, circumstances: circumstances,
            samples: [:], observations: observations)
    }

    private func joined(_ looks: [MeasuredCandidate]) throws -> MeasuredCandidate {
        let first = try #require(looks.first)
        return looks.enumerated().dropFirst().reduce(first) { $0.joined(with: $1.element.asLook($1.offset)) }
    }

    private func throughput(_ side: MeasuredCandidate) -> Double? {
        PairedSamples(base: side, candidate: side).candidateMeasurements.throughput
    }

    @Test func `four looks have the throughput of one`() throws {
        let all = try joined((0..<4).map { look($0) })
        #expect(throughput(look(0)) == 25)
        #expect(throughput(all) == 25)
        #expect(Set(all.observations.map(\.round)).count == 12)
        // Times go on: no two trials were under way at once.
        let spans = all.observations.map { ($0.scheduled ?? -1, $0.ended ?? -1) }.sorted { $0.0 < $1.0 }
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.1 <= $1.0 })
    }

    @Test func `rounds of looks that hold other samples show no drift where there is none`() throws {
        let all = try joined((0..<4).map { look($0) })
        let one = look(0, samples: 40)
        func width(_ side: MeasuredCandidate) throws -> Double {
            let rule = GateRule(.decodeTPS, .atLeast, .absolute(1))
            let data = RuleEvidence(candidate: side, base: nil, point: nil, seed: 1, resamples: 1000)
            guard case .evidence(let evidence, _) = data.figure(of: rule) else { return .nan }
            let interval = try #require(evidence.interval())
            return log(interval.high / interval.low)
        }
        #expect(try width(all) < 1.5 * width(one))
        // And show it where there is some.
        let drifting = try joined((0..<4).map { look($0, pace: [1, 1.3, 0.75]) })
        #expect(try width(drifting) > 1.5 * width(all))
    }
}
