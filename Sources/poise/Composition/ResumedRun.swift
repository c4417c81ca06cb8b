import PoiseCore
import PoiseReport
import PoiseStore

/// The run that is gone on with, and the plan that it goes on with.
struct ResumedRun: Sendable {
    let record: RunRecord
    let plan: Plan
    /// How the suite differs from the stored plan; empty where it does not, or none was named.
    var differences: [PlanDifference] = []

    /// Finds the run that was named, else the newest that is not done.
    ///
    /// - Parameters:
    ///   - load: reads the suite, with the limit on samples that the run had; nil where the stored plan is gone on with.
    ///   - retries: whether a run whose trials failed counts as one that is not done.
    /// - Throws: where there is none, or more than one that the name fits.
    static func find(
        _ name: String?, suite load: ((_ limit: Int?) throws -> Plan)?, retries: Bool, in store: RunStore
    ) async throws -> ResumedRun {
        let suite = try load.map { try $0(nil).name }
        let record =
            if let name { try await store.run(name) } else { try await newest(of: suite, retries: retries, in: store) }
        let plan = try await store.plan(of: record.id)
        var resumed = ResumedRun(record: record, plan: plan)
        if let load { resumed.differences = PlanDifference.between(plan, try load(plan.limit)) }
        return resumed
    }

    private static func newest(of suite: String?, retries: Bool, in store: RunStore) async throws -> RunRecord {
        for run in try await store.runs() where suite == nil || run.suite == suite {
            if run.status != .done { return run }
            if retries, try await store.finishedWork(of: run.id).failed > 0 { return run }
        }
        throw Failure.nothingToResume(suite: suite, database: store.path, retries: retries)
    }

    /// Speeds of different hardware never stand side by side.
    func refuseOtherMachine(_ machine: MachineFacts) throws {
        guard machine.identity == record.machine.identity else {
            throw Failure.otherMachine(run: record.id, was: record.machine.identity, is: machine.identity)
        }
    }

    enum Failure: ExplainedError, Hashable {
        case nothingToResume(suite: String?, database: String, retries: Bool)
        case changed(run: String, [PlanDifference])
        case otherMachine(run: String, was: String, is: String)

        /// More are counted.
        private static let mostListed = 12

        var what: String {
            switch self {
            case .nothingToResume(let suite, _, let retries):
                "there is no run\(suite.map { " of \($0)" } ?? "") to go on with: all are done"
                    + (retries ? " and nothing failed" : "")
            case .changed(_, let differences):
                "the suite is not the one that the run was made with:\n"
                    + differences.prefix(Self.mostListed).map { "    \($0.text)" }.joined(separator: "\n")
                    + (differences.count > Self.mostListed
                        ? "\n    and \(differences.count - Self.mostListed) more differences" : "")
            case .otherMachine(_, let was, let now):
                "the run was made on another machine, and speeds of two are never mixed:\n    \(was)\n    and here \(now)"
            }
        }
        var place: String? {
            switch self {
            case .nothingToResume(_, let database, _): database
            case .changed(let run, _), .otherMachine(let run, _, _): "run \(run)"
            }
        }
        var remedy: String? {
            switch self {
            case .nothingToResume: "`poise runs` lists them; `poise run SUITE` begins a new one."
            case .changed:
                "Put the suite back; or leave it out, and the run goes on as it was stored; or add --fork: a new run with the"
                    + " changed suite takes over what the change does not touch."
            case .otherMachine: "Go on with it there, or begin a new run here: poise run SUITE."
            }
        }
    }
}
