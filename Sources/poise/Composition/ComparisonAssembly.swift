import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Puts comparisons and ladders together from stored runs.
enum ComparisonAssembly {
    /// What was asked for beside the candidates.
    struct Request: Sendable {
        var load: Load?
        /// Empty for all.
        var tasks: [String] = []
    }

    /// - Returns: the comparison, and those of all others that were left out, since nothing of them was measured.
    static func comparison(
        of selection: ComparisonSelection, _ request: Request, in store: RunStore
    ) async throws -> (comparison: Comparison, unmeasured: [String]) {
        var stored = selection.candidates
        if selection.baseFile == nil { stored.insert(selection.base, at: 0) }
        var byRun: [String: [MeasuredCandidate]] = [:]
        for run in Set(stored.map(\.run)).sorted() {
            let names = stored.filter { $0.run == run }.map(\.candidate)
            byRun[run] = try await MeasuredCandidates.load(try await store.run(run), candidates: names, from: store)
        }
        func measured(_ side: ComparisonSelection.Side) -> [MeasuredCandidate] {
            byRun[side.run, default: []].filter { $0.candidate == side.candidate }
        }
        var others = selection.candidates.map { (side: $0, atLoads: measured($0)) }
        var unmeasured: [String] = []
        if selection.areAllOthers {
            let parted = ComparisonSelection.parted(others, wanted: request.load)
            // Where nothing at all is left, what is wrong with the first is said below.
            if !parted.measured.isEmpty { (others, unmeasured) = (parted.measured, parted.unmeasured.map(\.candidate)) }
        }
        let base = (side: selection.base, atLoads: selection.baseFile?.loads ?? measured(selection.base))
        var sides = try ComparisonSelection.atOneLoad([base] + others, wanted: request.load)
        // A file may be of a run that is not stored here: then tasks and draws are those of the run that it meets.
        let record = try await store.run(stored[0].run)
        let tasks = try await tasks(request.tasks, of: record, in: store)
        if selection.baseFile != nil { sides[0] = KnownAnswers(of: sides.dropFirst()).read(into: sides[0]) }
        var comparison = ComparisonAnalysis(base: sides[0], tasks: tasks, seed: record.seed).compare(
            with: Array(sides.dropFirst()))
        if selection.baseFile != nil { KnownAnswers.dropDigests(from: &comparison) }
        let hidden = try await PrivateTasks.named(in: Set(stored.map(\.run)), store)
        PrivateTasks.sayLeftOut(
            PrivateTasks.hideAnswers(of: hidden, in: &comparison), "changed sample", of: hidden)
        return (comparison, unmeasured)
    }

    /// Of each model with several quantizations, or of those that are named.
    ///
    /// - Parameter margin: a loss that is accepted, as a share 0…1.
    static func ladders(
        of models: [String], in record: RunRecord, margin: Double?, _ request: Request, in store: RunStore
    ) async throws -> [Ladder] {
        let plan = try await store.plan(of: record.id)
        let tasks = try await tasks(request.tasks, of: record, in: store)
        let measured = Dictionary(
            grouping: try await MeasuredCandidates.load(record, from: store), by: \.candidate)
        let byModel = Dictionary(grouping: plan.candidates, by: \.model)
        let known = laddered(plan)
        for model in models where !known.contains(model) {
            throw ComparisonSelection.Failure.noLadder(
                model: model, run: record.id, known: known.isEmpty ? plan.candidates.map(\.id) : known)
        }
        guard !known.isEmpty else {
            throw ComparisonSelection.Failure.noLadder(model: nil, run: record.id, known: plan.candidates.map(\.id))
        }
        let facts = try await LadderFacts(of: record, in: store)
        return try known.filter { models.isEmpty || models.contains($0) }.compactMap { model in
            try ladder(
                of: byModel[model, default: []], measured, in: record, baseline: plan.baseline, facts, margin: margin,
                load: request.load, tasks: tasks)
        }
    }

    /// The models with several quantizations, in the suite's order.
    static func laddered(_ plan: Plan) -> [String] {
        let byModel = Dictionary(grouping: plan.candidates, by: \.model)
        return plan.candidates.map(\.model).reduce(into: [String]()) { models, model in
            let quantizations = Set(byModel[model, default: []].map(\.quantization))
            if !models.contains(model), quantizations.count > 1 { models.append(model) }
        }
    }

    /// What a ladder shows beside what was measured.
    struct LadderFacts {
        /// By candidate, what the file of the weights says of itself.
        let files: [String: ModelFileFacts]
        let divergences: [Divergence]

        init(of record: RunRecord, in store: RunStore) async throws {
            files = try await store.engines(of: record.id).compactMapValues(\.modelFile)
            divergences = try await store.divergences(of: record.id)
        }
    }

    /// One model's ladder; nil where no quantization of it can be the reference.
    ///
    /// - Parameters:
    ///   - candidates: the model's quantizations.
    ///   - measured: by candidate, at each load.
    ///   - load: nil for the first at which all were measured.
    static func ladder(
        of candidates: [Candidate], _ measured: [String: [MeasuredCandidate]], in record: RunRecord,
        baseline: String?, _ facts: LadderFacts, margin: Double?, load: Load?, tasks: Set<String>? = nil,
        resamples: Int = 10_000
    ) throws(ComparisonSelection.Failure) -> Ladder? {
        let all = candidates.map { candidate in
            (
                side: ComparisonSelection.Side(run: record.id, candidate: candidate.id),
                atLoads: measured[candidate.id, default: []]
            )
        }
        let parted = ComparisonSelection.parted(all, wanted: load)
        let rungs = try ComparisonSelection.atOneLoad(parted.measured.isEmpty ? all : parted.measured, wanted: load)
        let unmeasured = Set(parted.unmeasured.map(\.candidate))
        let analysis = LadderAnalysis(
            rungs,
            unmeasured: candidates.filter { unmeasured.contains($0.id) }.map { ($0.id, $0.quantization) },
            files: facts.files, resamples: resamples, seed: record.seed)
        return analysis.reference(baseline: baseline).flatMap {
            analysis.ladder(reference: $0, tasks: tasks, margin: margin, divergences: facts.divergences)
        }
    }

    /// Nil where all tasks count.
    private static func tasks(
        _ names: [String], of record: RunRecord, in store: RunStore
    ) async throws -> Set<String>? {
        guard !names.isEmpty else { return nil }
        let known = try await store.plan(of: record.id).tasks.map(\.name)
        for name in names where !known.contains(name) {
            throw ComparisonSelection.Failure.unknownTask(name, run: record.id, known: known)
        }
        return Set(names)
    }
}
