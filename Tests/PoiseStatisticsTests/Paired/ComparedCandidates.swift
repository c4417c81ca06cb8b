import PoiseCore

/// Candidates as they come out of a run, made up.
enum ComparedCandidates {
    static func circumstances(_ change: (inout Circumstances) -> Void = { _ in }) -> Circumstances {
        var circumstances = Circumstances(
            machine: "m1", machineSummary: "Test CPU, 2 cores", engine: "llama.cpp", engineBuild: "b1",
            engineArguments: ["--ctx-size", "512"], chatTemplate: "aaaa", prompts: ["t": "p1", "u": "p1"],
            graders: ["t": ["exact 1"], "u": ["exact 1"]], poiseVersion: "0.1.0", startedAt: "2026-11-21T07:14:13Z")
        circumstances.nodes = ["one"]
        change(&circumstances)
        return circumstances
    }

    /// One trial of each score, of the samples `s0`, `s1`, … of a task.
    static func trials(
        _ scores: [Double?], task: String = "t", round: Int = 1, epoch: Int = 1, answers: [String?]? = nil,
        speed: Double = 100, tokens: Int? = 20
    ) -> [Observation] {
        scores.enumerated().map { index, score in
            Observation(
                candidate: "", task: task, sample: "s\(index)", load: 1, round: round, score: score, ttft: 10, ttfo: 12,
                latency: 20_000 / speed, decodeTPS: speed + Double(index % 5), decodedTokens: 20,
                decodeSpan: 20_000 / (speed + Double(index % 5)), outputTokens: tokens, epoch: epoch,
                charactersPerSecond: 3 * speed,
                answer: answers?[index] ?? score.map { $0 >= 0.5 ? "right" : "wrong" })
        }
    }

    /// - Parameter digests: samples that ask something else than others of their name: `task/sample` → digest.
    static func make(
        _ quantization: String, model: String = "m", run: String = "r1", load: Load = 1, _ trials: [Observation],
        circumstances: Circumstances = circumstances(), digests: [String: String] = [:], peakMemory: Int64? = nil
    ) -> MeasuredCandidate {
        var samples: [String: [String: String]] = [:]
        for trial in trials {
            samples[trial.task, default: [:]][trial.sample] = digests["\(trial.task)/\(trial.sample)"] ?? "d"
        }
        return MeasuredCandidate(
            candidate: "\(model)@\(quantization)", model: model, quantization: quantization, run: run, load: load,
            circumstances: circumstances, samples: samples, observations: trials, peakMemory: peakMemory)
    }

    /// So many right in both, right only in the candidate, right only in the base, and wrong in both.
    static func scores(
        kept: Int, gained: Int, lost: Int, missed: Int
    ) -> (base: [Double?], candidate: [Double?]) {
        func repeated(_ base: Double, _ candidate: Double, _ count: Int) -> [(Double, Double)] {
            Array(repeating: (base, candidate), count: count)
        }
        let pairs =
            repeated(1, 1, kept) + repeated(0, 1, gained) + repeated(1, 0, lost) + repeated(0, 0, missed)
        return (pairs.map(\.0), pairs.map(\.1))
    }
}
