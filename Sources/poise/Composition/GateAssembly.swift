import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// From a stored run and rules to a gate's report.
struct GateAssembly {
    let record: RunRecord
    let plan: Plan
    let rules: [GateRule]
    let baseline: GateBaseline
    /// In the order in which they are judged.
    let candidates: [String]
    /// The only load that counts; nil for all of the run.
    let load: Load?

    /// - Parameter names: the candidates that are wanted; all but the baseline where none is named.
    /// - Throws: `ValidationError` where something that is named is not there.
    init(
        record: RunRecord, plan: Plan, rules: [GateRule], baseline: GateBaseline, names: [String], load: Load?
    ) throws {
        let selection = try GateSelection(
            of: plan, owner: "Run \(record.id)", rules: rules, hasBaseline: baseline.description != nil,
            baseline: baseline.candidate(in: record), names: names, load: load)
        self.record = record
        self.plan = plan
        self.rules = rules
        self.baseline = baseline
        candidates = selection.candidates
        self.load = load
    }

    func report(from store: RunStore) async throws -> GateReport {
        let measured = try await MeasuredCandidates.load(record, candidates: candidates, from: store)
        return try await report(on: measured, base: try await baseline.measured(in: store), from: store)
    }

    /// The same of what was read before.
    ///
    /// - Parameters:
    ///   - measured: the candidates, and whatever else was read with them.
    ///   - base: the baseline at every load that it was measured at.
    func report(
        on measured: [MeasuredCandidate], base: [MeasuredCandidate], resamples: Int = 10_000, from store: RunStore
    ) async throws -> GateReport {
        let cases = cases(of: measured, base: base, points: try await store.points(of: record.id))
        let results = Gate(rules: rules, seed: plan.seed, resamples: resamples).results(of: cases)
        let problems = try await store.problems(of: record.id).filter {
            $0.candidate == RunStore.wholeRun || candidates.contains($0.candidate)
        }
        return GateReport(
            run: record.id, suite: plan.name, baseline: baseline.description, candidates: candidates,
            results: results,
            warnings: problems.map {
                .problem(
                    candidate: $0.candidate, reason: PrivateTasks.shown($0.reason, hiding: plan.privateTasks))
            }
                + LoadShortfalls.gateWarnings(
                    about: try await store.shortfalls(of: record.id), of: candidates, at: load)
                + warnings(of: cases),
            seed: plan.seed)
    }

    /// Every candidate at every load, also where nothing was measured.
    func cases(of measured: [MeasuredCandidate], base: [MeasuredCandidate], points: [FrontPoint]) -> [Gate.Case] {
        let loads = load.map { [$0] } ?? plan.loads
        let hasBaseline = baseline.description != nil
        return candidates.flatMap { name in
            loads.map { load in
                Gate.Case(
                    name: name, load: load,
                    candidate: measured.first { $0.candidate == name && $0.load == load },
                    base: base.first { $0.load == load }, hasBaseline: hasBaseline,
                    point: points.first { $0.candidate == name && $0.load == load })
            }
        }
    }

    // MARK: - Warnings

    func warnings(of cases: [Gate.Case]) -> [GateWarning] {
        var warnings: [GateWarning] = []
        if record.status != .done { warnings.append(.notDone(run: record.id, record.status)) }
        if let base = cases.lazy.compactMap(\.base).first, base.run != record.id, base.circumstances.status != .done {
            warnings.append(.notDone(run: base.run, base.circumstances.status))
        }
        for item in cases {
            guard let (missing, planned) = item.candidate?.unasked(), missing > 0 else { continue }
            warnings.append(.unasked(candidate: item.name, load: item.load, missing, of: planned))
        }
        if let load {
            let others = rules.compactMap(\.load).filter { $0 != load }
            for other in Set(others).sorted() {
                warnings.append(.rulesLeftOut(others.count { $0 == other }, load: other))
            }
        }
        let compared = rules.filter(\.needsBaseline)
        guard !compared.isEmpty else { return warnings }
        for item in cases {
            guard let candidate = item.candidate, let base = item.base else { continue }
            let known = warnings
            let found = Self.warnings(candidate, against: base, rules: compared)
            // What holds at one load holds at the next.
            warnings += found.filter { !known.contains($0) }
        }
        return warnings
    }

    private static func warnings(
        _ candidate: MeasuredCandidate, against base: MeasuredCandidate, rules: [GateRule]
    ) -> [GateWarning] {
        let name = candidate.candidate
        var warnings: [GateWarning] = CircumstanceDifferences.between(
            base, candidate, tasks: base.commonTasks(with: candidate)
            // How a run ended is told of every run.
        ).filter { $0.subject != .status }.map { .differs(candidate: name, $0) }
        let pair = PairedSamples(base: base, candidate: candidate)
        if !pair.changed.isEmpty { warnings.append(.changedSamples(candidate: name, pair.changed.count)) }
        if pair.onlyCandidate + pair.onlyBase > 0 {
            warnings.append(
                .oneSided(candidate: name, onlyCandidate: pair.onlyCandidate, onlyBaseline: pair.onlyBase))
        }
        if base.run != candidate.run, base.circumstances.machine == candidate.circumstances.machine,
            rules.contains(where: \.quantity.isSpeed)
        {
            warnings.append(.otherRun(candidate: name, run: base.run))
        }
        return warnings
    }
}
