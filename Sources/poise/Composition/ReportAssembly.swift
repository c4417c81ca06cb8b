import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Analysis and reports of a stored run.
enum ReportAssembly {
    /// Joint resamples behind intervals and front probabilities.
    private static let resamples = 10_000
    /// Speeds are compared with the server's own where a response has at least so many tokens.
    private static let serverSpeedTokens = 16

    /// Computes the points of a run from its trials and keeps them.
    static func analyse(_ run: RunRecord, in store: RunStore) async throws {
        let plan = try await store.plan(of: run.id)
        let points = FrontAnalysis(resamples: resamples, seed: run.seed).points(
            from: try await store.observations(of: run.id), candidates: plan.candidates)
        try await store.save(points, of: run.id)
    }

    /// All that a report of a run shows.
    static func content(of run: RunRecord, in store: RunStore) async throws -> ReportContent {
        let plan = try await store.plan(of: run.id)
        let grading = try await store.grading(of: run.id)
        let observations = try await store.observations(of: run.id)
        let responses = try await store.responseFacts(of: run.id)
        let ratios = try await store.serverSpeedRatios(of: run.id, minimumTokens: serverSpeedTokens)
        let engines = try await store.engines(of: run.id)
        return ReportContent(
            run: run,
            suite: SuiteSummary(
                name: plan.name, description: plan.description, digests: grading?.digests ?? plan.source.digests),
            candidates: plan.candidates.map(CandidateSummary.init),
            tasks: plan.tasks.map(TaskSummary.init),
            loads: plan.loads, rounds: plan.rounds, epochs: plan.epochs, warmup: plan.warmup, baseline: plan.baseline,
            points: try await store.points(of: run.id),
            taskAccuracies: TaskBreakdown.accuracies(
                of: observations, candidates: plan.candidates.map(\.id), tasks: plan.tasks.map(\.name)),
            engines: engines, responses: responses,
            serverSpeed: median(of: ratios).map {
                ServerSpeed(medianRatio: $0, trials: ratios.count, minimumTokens: serverSpeedTokens)
            },
            resamples: resamples,
            warnings: Warnings.about(
                run: run, plan: plan, responses: responses, engines: engines,
                problems: try await store.problems(of: run.id), trials: observations.count, grading: grading))
    }
}
