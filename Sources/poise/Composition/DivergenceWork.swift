import Foundation
import PoiseClient
import PoiseCore
import PoiseStore

/// Measures divergences once for a command: a transport of its own, engines that end with it, and Ctrl-C that cancels.
enum DivergenceWork {
    /// - Returns: what was measured and kept, and why candidates could not be compared.
    static func once(
        _ request: DivergenceSelection.Request, _ record: RunRecord, in store: RunStore, trust: TrustDesk,
        errors: Terminal
    ) async throws -> (found: [Divergence], problems: [(candidate: String, reason: String)]) {
        let plan = try await store.plan(of: record.id)
        let selection = try DivergenceSelection(request, plan: plan)
        try trust.admit([selection.reference] + selection.candidates, of: plan.source.path)
        let transport = try Transport()
        defer { transport.stop() }
        let logs = FileManager.default.temporaryDirectory.appendingPathComponent("poise-divergence-\(UUID())")
        defer { try? FileManager.default.removeItem(at: logs) }
        let host = LocalHost(
            transport: transport,
            command: try await LlamaCppCommand.needed(
                by: [selection.reference] + selection.candidates, near: plan.source.path),
            logFolder: logs.path, environment: ProcessInfo.processInfo.environment,
            limits: plan.settings.limits)
        let measuring = DivergenceMeasuring(
            store: store, record: record, host: host, request: request, errors: errors)
        let work = Task {
            var found: [Divergence] = []
            let problems = try await measuring.measure(selection, plan: plan) { divergence in
                try await store.save(divergence, of: record.id, at: Timestamp.text(of: Date()))
                found.append(divergence)
            }
            return (found, problems)
        }
        let interrupts = Interrupts(message: "interrupted: candidates that are finished are kept") { work.cancel() }
        defer { interrupts.stop() }
        do {
            return try await work.value
        } catch is CancellationError {
            throw Exit.interrupted
        }
    }
}
