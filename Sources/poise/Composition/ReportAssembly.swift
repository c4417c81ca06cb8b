import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Analysis and reports of stored runs.
enum ReportAssembly {
    /// Joint resamples behind intervals and front probabilities.
    static let resamples = 10_000

    /// Computes the points of a run from its trials and keeps them.
    static func analyse(_ run: RunRecord, in store: RunStore) async throws {
        let plan = try await store.plan(of: run.id)
        let points = FrontAnalysis(resamples: resamples, seed: run.seed).points(
            from: try await store.trialColumns(of: run.id), candidates: plan.candidates)
        try await store.save(points, of: run.id)
    }

    /// All that a report of a run shows.
    static func content(of run: RunRecord, in store: RunStore) async throws -> ReportContent {
        try await content(of: [run], in: store)
    }

    /// All that a report of several runs shows: one front for each kind of machine and each load.
    ///
    /// - Parameters:
    ///   - runs: at least one.
    ///   - extent: what of them is read.
    /// - Throws: `RunJoining.Failure`, where they cannot stand in one report.
    static func content(
        of runs: [RunRecord], _ extent: MeasuredRun.Extent = .whole, in store: RunStore
    ) async throws -> ReportContent {
        try await content(ofMachines: machines(of: runs, extent, in: store), in: store)
    }

    /// The same of runs that are read already.
    ///
    /// - Parameter groups: the runs of each kind of machine.
    static func content(ofMachines groups: [[MeasuredRun]], in store: RunStore) async throws -> ReportContent {
        var contents: [ReportContent] = []
        for group in groups {
            // One run's points are those that were kept when it ended; several are analysed together, and so is what a
            // run left behind that never came to its end.
            let kept = group.count == 1 ? try await store.points(of: group[0].record.id) : []
            let points =
                kept.isEmpty ? jointPoints(of: group, try await trials(of: group, in: store)) : kept
            if let content = content(of: group, points: points) { contents.append(content) }
        }
        guard var content = contents.first else { throw RunStore.Failure.noRuns(path: store.path) }
        content.otherMachines = Array(contents.dropFirst())
        return content
    }

    /// The runs by the kind of their machine.
    static func machines(
        of runs: [RunRecord], _ extent: MeasuredRun.Extent, in store: RunStore
    ) async throws -> [[MeasuredRun]] {
        var measured: [MeasuredRun] = []
        for run in runs {
            measured.append(try await MeasuredRun.load(run, extent, isJoined: runs.count > 1, from: store))
        }
        let hidden = measured.reduce(into: Set<String>()) { $0.formUnion($1.plan.privateTasks) }
        return try RunJoining.machines(of: measured.map { $0.hiding(hidden) })
    }

    /// The trials of several runs, with the numbers that were read with them.
    static func trials(of runs: [MeasuredRun]) -> TrialColumns {
        guard var all = runs.first?.trials else { return TrialColumns([]) }
        for run in runs.dropFirst() { all.append(run.trials) }
        return all
    }

    /// The trials of several runs, with the numbers that are wanted.
    static func trials(
        of runs: [MeasuredRun], _ quantities: Set<TrialColumns.Quantity> = Set(TrialColumns.Quantity.allCases),
        grader: String? = nil, in store: RunStore
    ) async throws -> TrialColumns {
        var all = TrialColumns(quantities)
        for (index, run) in runs.enumerated() {
            let own = try await store.trialColumns(of: run.record.id, quantities, grader: grader)
            if index == 0 { all = own } else { all.append(own) }
        }
        return all
    }

    /// The points of several runs on one kind of machine, over the union of their trials.
    ///
    /// Rounds of the same number are resampled together: they are independent, so that it does not matter which are.
    static func jointPoints(of runs: [MeasuredRun], _ trials: TrialColumns) -> [FrontPoint] {
        guard let first = runs.first else { return [] }
        let points = FrontAnalysis(resamples: resamples, seed: first.record.seed).points(
            from: trials, candidates: candidates(of: runs))
        return points.filter { isMeant($0.candidate, at: $0.load, in: runs) }
    }

    /// Where loads differ, a candidate of one run was not meant to be measured at those of another.
    static func isMeant(_ candidate: String, at load: Load, in runs: [MeasuredRun]) -> Bool {
        runs.contains { run in
            run.plan.loads.contains(load) && run.plan.candidates.contains { $0.id == candidate }
        }
    }

    /// What one machine's runs show; nil where there is no run.
    static func content(of runs: [MeasuredRun], points: [FrontPoint]) -> ReportContent? {
        guard let first = runs.first else { return nil }
        let candidates = candidates(of: runs)
        let ratios = runs.flatMap(\.serverSpeedRatios)
        var content = ReportContent(
            run: first.record.shown,
            suite: SuiteSummary(
                name: first.plan.name, description: first.plan.description, digests: digests(of: runs)),
            candidates: candidates.map(CandidateSummary.init), tasks: first.plan.tasks.map(TaskSummary.init),
            loads: union(runs.map(\.plan.loads)), rounds: runs.map(\.plan.rounds).max() ?? 1,
            epochs: runs.map(\.plan.epochs).max() ?? 1, warmup: runs.map(\.plan.warmup).max() ?? 0,
            baseline: runs.lazy.compactMap(\.plan.baseline).first, points: points,
            taskAccuracies: TaskBreakdown.accuracies(
                of: trials(of: runs), candidates: candidates.map(\.id), tasks: first.plan.tasks.map(\.name)),
            engines: runs.reduce(into: [:]) { all, run in
                all.merge(run.engines) { ($1.peakMemory ?? 0) > ($0.peakMemory ?? 0) ? $1 : $0 }
            },
            responses: runs.reduce(into: [:]) { $0.merge($1.responses, uniquingKeysWith: +) },
            serverSpeed: median(of: ratios).map {
                ServerSpeed(
                    medianRatio: $0, trials: ratios.count, minimumTokens: MeasuredRun.serverSpeedTokens)
            },
            resamples: resamples, settings: first.plan.settings,
            calibration: runs.lazy.compactMap(\.calibration).first,
            lags: runs.flatMap(\.lags), judgeUsage: runs.flatMap(\.judgeUsage),
            joinedRuns: runs.dropFirst().map(\.record.shown), origins: runs.count > 1 ? runs.flatMap(origins) : [])
        content.cachedResponses = runs.flatMap(\.cached).reduce(into: [:]) { all, cached in
            all[cached.candidate, default: [:]][cached.load, default: 0] += cached.responses
        }
        content.nodes = runs.flatMap(\.nodes)
        content.frontFigures = FrontFigures.figures(of: points.map { FrontPlace($0) }, metric: .decodeTPS)
        content.graders = runs.flatMap(\.versions).map { count in
            GraderVersion(
                task: count.task, position: count.position, grader: count.grader, version: count.version,
                scores: count.scores, unscored: count.unscored)
        }
        content.taskFigures = taskFigures(of: runs, candidates: candidates.map(\.id), tasks: first.plan)
        let judged = runs.flatMap(\.judgedValues)
        let asked = Set(judged.map { [$0.version, $0.criterion] })
        content.judgeCalibrations = first.judgeCalibrations.filter { asked.contains([$0.version, $0.criterion]) }
        content.judgedShares = JudgedShares.shares(
            of: judged, candidates: candidates.map(\.id), calibrations: content.judgeCalibrations)
        content.warnings =
            unlikeness(of: runs)
            + (first.extent >= .whole
                ? warnings(about: runs, content)
                : runs.flatMap {
                    CacheWarnings.about($0) + LoadShortfalls.warnings(about: $0.shortfalls, in: $0.plan)
                        + NodeWarnings.about($0)
                })
        return content
    }

    /// Pass@k where samples were asked several times, and whether answers stay the same.
    private static func taskFigures(
        of runs: [MeasuredRun], candidates: [String], tasks plan: Plan
    ) -> [TaskFigure] {
        let tasks = plan.tasks.map(\.name)
        // Rounds repeat the very same requests: only epochs are further draws.
        let passes =
            plan.epochs > 1
            ? PassAtK.values(
                of: runs.flatMap(\.observations).filter { $0.round == 1 }, candidates: candidates, tasks: tasks,
                k: PassAtK.usualCounts(upTo: plan.epochs)) : []
        return passes.map {
            TaskFigure(
                candidate: $0.candidate, task: $0.task, load: $0.load, kind: .pass(k: $0.k), value: $0.value, n: $0.n)
        }
            + Consistency.figures(
                of: runs.flatMap(\.answers), candidates: candidates, tasks: tasks, epochs: plan.epochs,
                groups: plan.wordings)
    }

    static func candidates(of runs: [MeasuredRun]) -> [Candidate] {
        var seen: Set<String> = []
        return runs.flatMap(\.plan.candidates).filter { seen.insert($0.id).inserted }
    }

    private static func union(_ loads: [[Load]]) -> [Load] {
        var seen: Set<Load> = []
        return loads.joined().filter { seen.insert($0).inserted }
    }

    private static func origins(of run: MeasuredRun) -> [PointOrigin] {
        run.plan.candidates.flatMap { candidate in
            run.plan.loads.map { PointOrigin(candidate: candidate.id, load: $0, run: run.record.id) }
        }
    }

    /// A file that differs between two runs stands under its name and the later run's.
    private static func digests(of runs: [MeasuredRun]) -> [String: String] {
        runs.reduce(into: [:]) { all, run in
            for (path, digest) in run.plan.source.digests.merging(run.grading?.digests ?? [:], uniquingKeysWith: { $1 })
            {
                let path = SharedPath.shown(path)
                if let known = all[path], known != digest {
                    all["\(path) (\(run.record.id))"] = digest
                } else {
                    all[path] = digest
                }
            }
        }
    }

    private static func warnings(about runs: [MeasuredRun], _ content: ReportContent) -> [String] {
        let streams = Dictionary(
            content.allLoads.compactMap { load in content.streams(at: load).map { (load, $0) } },
            uniquingKeysWith: { first, _ in first })
        guard runs.count > 1 else { return runs.flatMap { Warnings.about($0, streams: streams) } }
        return runs.flatMap { run in
            Warnings.about(run, streams: streams).map { "Run \(run.record.id): \($0)" }
        }
    }

    /// Empty where the runs of one front were made in one way.
    private static func unlikeness(of runs: [MeasuredRun]) -> [String] {
        let alike =
            Set(runs.map { [$0.plan.rounds, $0.plan.epochs, $0.plan.warmup] }).count <= 1
            && Set(runs.map(\.plan.settings)).count <= 1
        return alike
            ? [] : ["The runs of one front were not made alike: their rounds, epochs, warm-up or limits differ."]
    }
}
