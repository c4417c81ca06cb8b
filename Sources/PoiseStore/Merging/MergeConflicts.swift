import PoiseCore

/// What must not differ between the cells of one merge. Pure.
struct MergeConflicts {
    /// A line each; empty where everything may stand side by side.
    private(set) var grave: [String] = []
    /// By kind of machine, what is said beside the numbers.
    private(set) var slight: [String: [Shard.Problem]] = [:]

    /// One engine of one candidate, as far as it can be told from others.
    private struct Served: Hashable {
        /// Without what differs from start to start.
        let facts: EngineFacts
        /// The kind of machine.
        let machine: String

        init(_ facts: EngineFacts, on machine: String) {
            var known = EngineFacts(
                engine: facts.engine, build: facts.build, arguments: [], loadTime: nil, modelFile: facts.modelFile,
                isSimulated: facts.isSimulated, details: facts.details)
            known.details?.memory = nil
            known.details?.gpuMemory = nil
            (self.facts, self.machine) = (known, machine)
        }
    }

    /// - Parameter kindOf: the kind of machine that a cell stands under.
    init(of takes: [MergeSelection.Take], in set: ShardSet, kindOf: (MergeSelection.Take) -> String) {
        for candidate in set.plan.candidates {
            var seen: [(served: Served, place: String, kind: String)] = []
            for take in takes where take.cell.candidate == candidate.id {
                let shard = set.shards[take.source]
                let pass = Shard.Pass(candidate: candidate.id, round: take.cell.round)
                guard let facts = shard.engines[pass] else { continue }
                let machine = shard.machines(of: take.cell).map(\.identity).sorted().joined(separator: " | ")
                let (served, place) = (Served(facts, on: machine), shard.place(of: take.cell))
                let kind = kindOf(take)
                if seen.contains(where: { $0.served == served && $0.kind == kind }) { continue }
                for other in seen { compare(candidate.id, other, (served, place, kind)) }
                seen.append((served, place, kind))
            }
        }
        checkGrading(takes, set)
    }

    private mutating func compare(
        _ candidate: String, _ one: (served: Served, place: String, kind: String),
        _ other: (served: Served, place: String, kind: String)
    ) {
        var (old, new) = (one.served.facts, other.served.facts)
        if one.served.machine != other.served.machine {
            // Another kind of machine computes with something else, and has a front of its own for that.
            old.details?.devices = nil
            new.details?.devices = nil
        }
        let differences = EngineDifferences(from: old, to: new)
        for text in differences.grave {
            let line = "\(candidate): \(text) (\(one.place); \(other.place))"
            if !grave.contains(line) { grave.append(line) }
        }
        guard one.kind == other.kind else { return }
        for text in differences.slight {
            let problem = Shard.Problem(candidate: candidate, reason: text)
            if slight[one.kind]?.contains(problem) != true { slight[one.kind, default: []].append(problem) }
        }
    }

    /// Scores by graders of another suite beside those of the plan's own are no scores of one run.
    private mutating func checkGrading(_ takes: [MergeSelection.Take], _ set: ShardSet) {
        let used = Set(takes.map(\.source)).sorted().map { set.shards[$0] }
        guard let first = used.first else { return }
        func said(_ shard: Shard) -> String {
            "shard \(shard.number) was "
                + (shard.grading.map { "graded anew with \($0.suite)" } ?? "graded by the plan's own graders")
        }
        for shard in used.dropFirst() where shard.grading?.digests != first.grading?.digests {
            grave.append("\(said(first)), \(said(shard)): poise grade does the same to each, or to the merged run")
        }
    }
}
