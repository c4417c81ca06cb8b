import PoiseCore
import PoiseStatistics

@testable import poise

/// Runs as they come out of the database, made up.
enum MeasuredRuns {
    static let machine = MachineFacts(processor: "Test CPU", cores: 2, memory: 1 << 34, system: "Test OS")
    static let otherMachine = MachineFacts(processor: "Other CPU", cores: 8, memory: 1 << 36, system: "Test OS")

    static func plan(
        candidates: [String], samples: Int = 20, loads: [Load] = [1], rounds: Int = 1, limit: Int? = nil,
        settings: RunSettings = RunSettings(), prompt: String = "{input}", temperature: Double? = nil
    ) -> Plan {
        Plan(
            name: "s", description: nil,
            candidates: candidates.map { name in
                Candidate(
                    id: name, model: name, quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: name)),
                    sampling: SamplingSettings(temperature: temperature))
            },
            tasks: [
                EvaluationTask(
                    name: "t", graders: [],
                    samples: (0..<samples).map { Sample(id: "s\($0)", input: .text("\($0)"), target: []) },
                    prompt: .text(prompt))
            ],
            loads: loads, rounds: rounds, epochs: 1, warmup: 0, seed: 9, limit: limit, baseline: nil,
            settings: settings,
            source: Plan.Source(path: "", text: "", digests: ["t.yaml": "1"]))
    }

    /// Every candidate answers every sample of every round, each a little faster than the one before it.
    static func run(
        _ id: String, status: RunRecord.Status = .done, machine: MachineFacts = machine, plan: Plan,
        command: String? = nil
    ) -> MeasuredRun {
        var observations: [Observation] = []
        for (place, candidate) in plan.candidates.enumerated() {
            for load in plan.loads {
                for round in 1...plan.rounds {
                    for (index, sample) in (plan.tasks.first?.samples ?? []).enumerated() {
                        let speed = 100 + 10 * Double(place) + Double(index)
                        observations.append(
                            Observation(
                                candidate: candidate.id, task: "t", sample: sample.id, load: load, round: round,
                                score: (index + place) % 3 == 0 ? 0 : 1, ttft: 10, ttfo: 10, latency: 200,
                                decodeTPS: speed, decodedTokens: 20, decodeSpan: 20_000 / speed, queueDelay: 0))
                    }
                }
            }
        }
        return MeasuredRun(
            record: RunRecord(
                id: id, suite: "s", startedAt: "", endedAt: nil, status: status, seed: 1, machine: machine,
                poiseVersion: "", command: command ?? "poise run \(id)"),
            plan: plan, observations: observations, trials: TrialColumns(observations))
    }
}
