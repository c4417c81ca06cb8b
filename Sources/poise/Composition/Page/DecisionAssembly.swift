import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// What the page recommends, the verdict of the suite's own rules, and the quantization ladders.
enum DecisionAssembly {
    /// - Parameter runs: of one machine.
    static func add(
        to detail: inout PageDetail, of runs: [MeasuredRun], _ content: ReportContent, in store: RunStore
    ) async throws {
        guard let evidence = try await PageEvidence.load(runs, content, from: store) else {
            let trials = PageEvidence.trials(of: content)
            if trials > 0 { detail.undecided = .tooManyTrials(trials, most: PageEvidence.mostTrials) }
            return
        }
        let suite = ChoiceAssembly.profile(of: runs)
        detail.choices = content.measuredLoads.map { load in
            ChoiceAssembly.choice(
                of: runs, evidence.measured, for: suite ?? .chat, load: load, resamples: evidence.resamples)
        }
        detail.choiceContext = ChoiceContext(
            runs: runs.map(\.record), otherLoads: Array(content.measuredLoads.dropFirst()),
            isUsualProfile: suite == nil,
            isSimulated: evidence.measured.contains(where: \.circumstances.isSimulated))
        if let run = gated(runs) { try await addGate(to: &detail, of: run, evidence, in: store) }
        detail.ladders = try await LadderAssembly.ladders(of: runs, evidence, in: store)
    }

    /// A gate is of one run: the newest of those whose suite has rules; nil where none has.
    static func gated(_ runs: [MeasuredRun]) -> MeasuredRun? {
        runs.filter { !$0.plan.gate.isEmpty }.max { left, right in
            (left.record.startedAt, left.record.id) < (right.record.startedAt, right.record.id)
        }
    }

    /// What cannot be judged gets a sentence that says why, and no verdict.
    private static func addGate(
        to detail: inout PageDetail, of run: MeasuredRun, _ evidence: PageEvidence, in store: RunStore
    ) async throws {
        do {
            let baseline = try await GateBaseline.named(nil, run: run.record, plan: run.plan, in: store)
            let assembly = try GateAssembly(
                record: run.record, plan: run.plan, rules: run.plan.gate, baseline: baseline, names: [], load: nil)
            let own = evidence.measured.filter { $0.run == run.record.id }
            let base = baseline.candidate(in: run.record).map { name in own.filter { $0.candidate == name } }
            detail.gate = try await assembly.report(
                on: own, base: base ?? [], resamples: evidence.resamples, from: store)
        } catch let error as ValidationError {
            detail.gateObstacle = error.message
        }
    }
}
