import Foundation
import PoiseCore

@testable import poise

/// Plans for tests that need no suite.
enum PlannedExample {
    static func candidate(_ id: String, _ serving: Serving) -> Candidate {
        Candidate(id: id, model: id, quantization: nil, serving: serving, sampling: SamplingSettings())
    }

    static func engine(_ id: String, threads: Int? = nil, gpuLayers: Int? = nil) -> Candidate {
        candidate(
            id,
            .managed(
                ManagedEngine(engine: .llamaCpp, file: "/models/\(id).gguf", threads: threads, gpuLayers: gpuLayers)))
    }

    static func endpoint(_ id: String, key: String? = nil, headers: [String: String] = [:]) -> Candidate {
        candidate(
            id,
            .endpoint(
                Endpoint(
                    baseURL: "http://127.0.0.1:9/v1", model: id, apiKeyVariable: key,
                    connection: ConnectionSettings(headerVariables: headers))))
    }

    /// A shard for each candidate in each round, in that order.
    static func file(
        _ candidates: [Candidate], judges: [Candidate] = [], rounds: Int = 1, shards: Int = 100,
        source: Plan.Source = Plan.Source(path: "/suites/s.yaml", text: "", digests: [:])
    ) -> PlanFile {
        let plan = Plan(
            name: "s", description: nil, candidates: candidates, tasks: [], loads: [1], rounds: rounds,
            epochs: 1, warmup: 0, seed: 1, baseline: nil, judges: judges, source: source)
        return PlanFile(plan, by: .round, shards: shards, graders: [:], poiseVersion: "1", plannedAt: "2026-11-22")
    }

    static func job(
        shards: Int = 40, missing: [Int], folder: String = "/data", poise: String = "/opt/poise",
        _ change: (inout SlurmJob) -> Void = { _ in }
    ) -> SlurmJob {
        let places = SubmitPlaces(plan: "\(folder)/plan.json", poise: poise)
        var job = SlurmJob(places: places, digest: "0a1b", shards: shards, missing: missing)
        change(&job)
        return job
    }
}
