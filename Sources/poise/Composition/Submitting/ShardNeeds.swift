import PoiseCore

/// What the machines that run some shards of a plan have to bring.
struct ShardNeeds: Hashable {
    /// Candidates whose engine Poise starts there and puts layers of on a GPU.
    let gpuCandidates: [String]
    /// The most compute threads of an engine; nil where none says.
    let threads: Int?
    /// Whether an engine is started at all.
    let startsEngine: Bool
    /// Weights that engines load, sorted.
    let files: [String]
    /// Names of environment variables that hold keys, sorted.
    let keyVariables: [String]

    /// - Parameter shards: from 0.
    init(of shards: [Int], in file: PlanFile) {
        let run = Set(shards)
        let asked = Set(file.places.filter { run.contains($0.shard) }.map(\.cell.candidate))
        let candidates = file.plan.candidates.filter { asked.contains($0.id) }
        // Judges are asked by every shard.
        let all = candidates + file.plan.judges
        let engines = all.compactMap { candidate -> (id: String, engine: ManagedEngine)? in
            if case .managed(let engine) = candidate.serving { (candidate.id, engine) } else { nil }
        }
        gpuCandidates = engines.filter(\.engine.asksForGPU).map(\.id)
        threads = engines.compactMap(\.engine.threads).max()
        startsEngine = !engines.isEmpty
        files = Set(engines.map(\.engine.file)).sorted()
        keyVariables = Set(all.flatMap { Self.keyVariables(of: $0.serving) }).sorted()
    }

    private static func keyVariables(of serving: Serving) -> [String] {
        guard case .endpoint(let endpoint) = serving else { return [] }
        let headers = endpoint.connection?.headerVariables.values.map { $0 } ?? []
        return headers + [endpoint.apiKeyVariable].compactMap { $0 }
    }

    /// Cores for an engine and, beside it, for the client that times it; nil where no engine says how many it takes.
    var cores: Int? { threads.map { $0 + 1 } }
}
