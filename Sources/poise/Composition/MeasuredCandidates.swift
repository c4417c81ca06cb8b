import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// Candidates of stored runs, as they are compared.
enum MeasuredCandidates {
    /// Every candidate of a run at every load that it was measured at, in the suite's order.
    ///
    /// - Parameter names: the candidates that are wanted; all where none is named.
    static func load(_ record: RunRecord, candidates names: [String] = [], from store: RunStore) async throws
        -> [MeasuredCandidate]
    {
        let plan = try await store.plan(of: record.id)
        let observations = Dictionary(
            grouping: try await store.observations(of: record.id, withAnswers: true, candidates: names), by: \.candidate
        )
        let engines = try await store.engines(of: record.id)
        let versions = try await store.versions(of: record.id)
        let samples = digests(of: plan)
        let hosts = try await store.hosts(of: record.id)
        return plan.candidates.filter { names.isEmpty || names.contains($0.id) }.flatMap { candidate in
            var circumstances = circumstances(
                of: candidate, record, plan, engine: engines[candidate.id], versions: versions)
            circumstances.nodes = hosts[candidate.id]
            let byLoad = Dictionary(grouping: observations[candidate.id, default: []], by: \.load)
            return byLoad.sorted { $0.key < $1.key }.map { load, trials in
                MeasuredCandidate(
                    candidate: candidate.id, model: candidate.model, quantization: candidate.quantization,
                    run: record.id, load: load, circumstances: circumstances, samples: samples,
                    observations: trials, peakMemory: engines[candidate.id]?.peakMemory, price: candidate.price)
            }
        }
    }

    private static func circumstances(
        of candidate: Candidate, _ record: RunRecord, _ plan: Plan, engine: EngineFacts?,
        versions: [RunStore.VersionCount]
    ) -> Circumstances {
        var graders: [String: [String]] = [:]
        for version in versions where version.position == 0 {
            graders[version.task, default: []].append("\(version.grader) \(version.version ?? "?")")
        }
        return Circumstances(
            machine: record.machine.identity, machineSummary: record.machine.summary,
            service: candidate.serving.remoteHost, engine: engine?.engine, engineBuild: engine?.build,
            engineArguments: comparable(engine?.arguments ?? []), chatTemplate: engine?.details?.templateSHA256,
            sampling: candidate.sampling,
            prompts: Dictionary(
                plan.tasks.map { ($0.name, digest(of: Asked(prompt: $0.prompt, maxTokens: $0.maxTokens))) },
                uniquingKeysWith: { first, _ in first }),
            graders: graders, settings: plan.settings, rounds: plan.rounds, epochs: plan.epochs, warmup: plan.warmup,
            poiseVersion: record.poiseVersion, isSimulated: engine?.isSimulated ?? false, status: record.status,
            startedAt: record.startedAt)
    }

    /// What a task asks beside its samples.
    private struct Asked: Encodable {
        let prompt: Sample.Input
        let maxTokens: Int?
    }

    /// Without what differs from start to start and says nothing: weights, addresses, names.
    private static func comparable(_ arguments: [String]) -> [String] {
        let own: Set = ["--model", "--host", "--port", "--alias"]
        return arguments.indices.filter { index in
            !own.contains(arguments[index]) && (index == 0 || !own.contains(arguments[index - 1]))
        }.map { arguments[$0] }
    }

    private static func digests(of plan: Plan) -> [String: [String: String]] {
        Dictionary(
            plan.tasks.map { task in
                (
                    task.name,
                    Dictionary(
                        task.samples.map { ($0.id, digest(of: $0)) }, uniquingKeysWith: { first, _ in first })
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func digest(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of these types always encode; an empty text would only make all of them equal.
        return String(SHA256Digest.of((try? encoder.encode(value)) ?? Data()).prefix(12))
    }
}
