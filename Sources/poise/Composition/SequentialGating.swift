import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseRunner
import PoiseStatistics
import PoiseStore

/// Runs a suite in looks at ever more samples until its gate is decided.
struct SequentialGating {
    /// Without the samples of a part: what is asked in all.
    let plan: Plan
    let suite: String
    let rules: [GateRule]
    /// Candidates that are judged.
    let candidates: [String]
    let baseline: Baseline
    let load: Load?
    let looks: Int
    let spending: AlphaSpending
    let store: RunStore
    let calibrates: Bool
    let isUnsafe: Bool
    let errors: Terminal

    enum Baseline {
        case none
        case candidate(String)
        case file(BaselineFile, path: String)

        var isNamed: Bool { if case .none = self { false } else { true } }

        var candidate: String? { if case .candidate(let id) = self { id } else { nil } }
    }

    /// - Returns: the report, and whether the last run was interrupted.
    func report() async throws -> (GateReport, wasInterrupted: Bool) {
        let asked = plan.only(candidates + (baseline.candidate.map { [$0] } ?? []), at: load)
        let parts = asked.looks(looks)
        var fractions: [Double] = []
        var samples = 0
        for part in parts {
            samples += part.sampleCount
            fractions.append(Double(samples) / Double(asked.sampleCount))
        }
        guard var gate = SequentialGate(rules: rules, fractions: fractions, spending: spending, seed: plan.seed) else {
            throw ValidationError("The suite's samples cannot be divided into \(looks) looks.")
        }
        var (looked, measured): ([GateReport.Look], [MeasuredCandidate]) = ([], [])
        var (count, wasInterrupted) = (0, false)
        var problems: [GateWarning] = []
        for (index, part) in parts.enumerated() {
            Console.say("look \(index + 1) of at most \(parts.count)")
            let session = RunSession(
                plan: part, suite: suite, store: store, calibrates: calibrates, isUnsafe: isUnsafe, errors: errors)
            let (record, outcome) = try await session.run()
            for part in try await MeasuredCandidates.load(record, from: store) {
                let new = part.asLook(index)
                if let known = measured.firstIndex(where: { $0.candidate == new.candidate && $0.load == new.load }) {
                    measured[known] = measured[known].joined(with: new)
                } else {
                    measured.append(new)
                }
            }
            for problem in try await store.problems(of: record.id) {
                let warning = GateWarning.problem(
                    candidate: problem.candidate,
                    reason: PrivateTasks.shown(problem.reason, hiding: plan.privateTasks))
                if !problems.contains(warning) { problems.append(warning) }
            }
            problems += LoadShortfalls.gateWarnings(
                about: try await store.shortfalls(of: record.id), of: candidates, at: load)
            count += part.sampleCount
            let assembly = try assembly(record)
            let cases = cases(of: measured, assembly)
            guard let look = gate.look(at: cases) else { break }
            looked.append(
                GateReport.Look(
                    number: look.number, run: record.id, samples: count, of: asked.sampleCount, spent: look.spent,
                    level: look.level, verdict: .all(look.results.map(\.verdict)), decided: look.decided,
                    rules: look.results.count))
            Console.say(GateTable.look(looked[looked.count - 1]))
            wasInterrupted = outcome.status == .interrupted
            guard look.isLast || outcome.status != .done else { continue }
            return (
                GateReport(
                    run: record.id, suite: plan.name, baseline: description(record), candidates: candidates,
                    results: look.results,
                    warnings: problems + assembly.warnings(of: cases),
                    looks: looked, seed: plan.seed), wasInterrupted
            )
        }
        throw ValidationError("The suite has no sample to look at.")
    }

    private func assembly(_ record: RunRecord) throws -> GateAssembly {
        let found: GateBaseline =
            switch baseline {
            case .none: .none
            case .candidate(let id): .stored(record, candidate: id)
            case .file(let file, let path): .file(file, path: path)
            }
        return try GateAssembly(
            record: record, plan: plan, rules: rules, baseline: found, names: candidates, load: load)
    }

    private func cases(of measured: [MeasuredCandidate], _ assembly: GateAssembly) -> [Gate.Case] {
        let base: [MeasuredCandidate] =
            switch baseline {
            case .none: []
            case .candidate(let id): measured.filter { $0.candidate == id }
            case .file(let file, _): file.loads
            }
        let points =
            rules.contains(where: \.quantity.isOfPoint)
            ? FrontAnalysis(seed: plan.seed).points(
                from: measured.flatMap(\.observations),
                candidates: plan.candidates.filter { candidate in
                    measured.contains { $0.candidate == candidate.id }
                }) : []
        return assembly.cases(of: measured, base: base, points: points)
    }

    private func description(_ record: RunRecord) -> GateReport.Baseline? {
        switch baseline {
        case .none: nil
        case .candidate(let id): GateReport.Baseline(candidate: id, run: record.id)
        case .file(let file, let path): GateReport.Baseline(candidate: file.candidate, run: file.run, file: path)
        }
    }
}
