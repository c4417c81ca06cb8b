import PoiseCore
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

    static func comparison(
        of selection: ComparisonSelection, _ request: Request, in store: RunStore
    ) async throws -> Comparison {
        let sides = [selection.base] + selection.candidates
        var byRun: [String: [MeasuredCandidate]] = [:]
        for run in Set(sides.map(\.run)).sorted() {
            let names = sides.filter { $0.run == run }.map(\.candidate)
            byRun[run] = try await MeasuredCandidates.load(try await store.run(run), candidates: names, from: store)
        }
        let measured = try ComparisonSelection.atOneLoad(
            sides.map { side in
                (side, byRun[side.run, default: []].filter { $0.candidate == side.candidate })
            }, wanted: request.load)
        let record = try await store.run(selection.base.run)
        let tasks = try await tasks(request.tasks, of: record, in: store)
        guard let base = measured.first else { throw RunStore.Failure.noRuns(path: store.path) }
        return ComparisonAnalysis(base: base, tasks: tasks, seed: record.seed).compare(
            with: Array(measured.dropFirst()))
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
        let files = try await store.engines(of: record.id).compactMapValues(\.modelFile)
        let byModel = Dictionary(grouping: plan.candidates.filter { measured[$0.id] != nil }, by: \.model)
        let known = plan.candidates.map(\.model).reduce(into: [String]()) { models, model in
            if !models.contains(model), (byModel[model]?.count ?? 0) > 1 { models.append(model) }
        }
        for model in models where !known.contains(model) {
            throw ComparisonSelection.Failure.noLadder(
                model: model, run: record.id, known: known.isEmpty ? plan.candidates.map(\.id) : known)
        }
        guard !known.isEmpty else {
            throw ComparisonSelection.Failure.noLadder(model: nil, run: record.id, known: plan.candidates.map(\.id))
        }
        let divergences = try await store.divergences(of: record.id)
        return try known.filter { models.isEmpty || models.contains($0) }.compactMap { model in
            let rungs = try ComparisonSelection.atOneLoad(
                byModel[model, default: []].map { candidate in
                    (
                        ComparisonSelection.Side(run: record.id, candidate: candidate.id),
                        measured[candidate.id, default: []]
                    )
                }, wanted: request.load)
            let analysis = LadderAnalysis(rungs, files: files, seed: record.seed)
            return analysis.reference(baseline: plan.baseline).flatMap {
                analysis.ladder(reference: $0, tasks: tasks, margin: margin, divergences: divergences)
            }
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
