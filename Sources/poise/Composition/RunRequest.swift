import Foundation
import PoiseCore
import PoiseStore
import PoiseSuite

/// What `poise run` was asked for, put into a plan, a database and a beginning.
struct RunRequest {
    /// The suite's file; nil where a run goes on as it was stored.
    let suite: String?
    /// At most so many samples of each task; nil for as many as the suite, or the run that goes on, has.
    let limit: Int?
    let database: String
    let trust: TrustDesk
    var isResumed = false
    /// The run that goes on; nil for the newest that is not done.
    var run: String?
    var retriesFailed = false
    var forks = false
    /// Whether responses of earlier runs are taken over.
    var usesCache = false

    struct Prepared {
        let plan: Plan
        let store: RunStore
        let beginning: RunBeginning
    }

    /// - Throws: where there is no suite, no database or no run; where the suite is invalid, is another than the run's, or
    ///   asks for what nobody trusted it with.
    func prepare() async throws -> Prepared {
        let prepared = try await prepareUntrusted()
        let plan = prepared.plan
        // Also of a plan that was stored: a database may come from anybody.
        try trust.admit(plan.candidates + plan.judges, tasks: plan.tasks, of: suite ?? plan.source.path)
        return prepared
    }

    private func prepareUntrusted() async throws -> Prepared {
        guard isResumed else {
            // Before a database is made for it.
            let plan = try load(limit: limit)
            if usesCache { try StoredResponses.requireRepeatable(plan) }
            return Prepared(plan: plan, store: try RunStore(path: database, creating: true), beginning: .new)
        }
        let store = try RunStore(path: database, creating: false)
        try store.requireWritable()
        let again: ((Int?) throws -> Plan)? = suite == nil ? nil : { try load(limit: limit ?? $0) }
        let resumed = try await ResumedRun.find(
            run, suite: again, retries: retriesFailed, in: store)
        if usesCache { try StoredResponses.requireRepeatable(resumed.plan) }
        if forks, !resumed.differences.isEmpty {
            let plan = try load(limit: limit ?? resumed.plan.limit)
            return Prepared(plan: plan, store: store, beginning: .forked(from: resumed))
        }
        if !resumed.differences.isEmpty {
            throw ResumedRun.Failure.changed(run: resumed.record.id, resumed.differences)
        }
        return Prepared(
            plan: resumed.plan, store: store, beginning: .resumed(resumed, retriesFailed: retriesFailed))
    }

    private func load(limit: Int?) throws -> Plan {
        let suite = suite ?? ""
        return try trust.load(suite, environment: ProcessInfo.processInfo.environment) {
            try $0.load(suiteAt: suite, limit: limit)
        }
    }
}
