import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// A stored run under another tool's definitions.
enum ForeignAssembly {
    /// A summary for each candidate at each load, loads in their order and candidates in the suite's.
    static func points(of run: RunRecord, as tool: ForeignTool, in store: RunStore) async throws -> [ForeignSummary] {
        struct Point: Hashable {
            let candidate: String
            let load: Load
        }
        var samples: [Point: ForeignSample] = [:]
        try await store.trials(of: run.id) { trial in
            let point = Point(candidate: trial.key.candidate, load: trial.key.load)
            for request in trial.requests {
                samples[point, default: ForeignSample(tool: tool, candidate: point.candidate, load: point.load)]
                    .add(request)
            }
        }
        let candidates = try await store.plan(of: run.id).candidates.map(\.id)
        return Set(samples.keys.map(\.load)).sorted().flatMap { load in
            candidates.compactMap { samples[Point(candidate: $0, load: load)]?.summary() }
        }
    }

    /// The table, the JSON or the CSV of `poise front --as`.
    ///
    /// - Parameter load: the only one that is written; all where none is given.
    /// - Throws: `ValidationError`, where nothing was asked at the load.
    static func text(
        of run: RunRecord, as tool: ForeignTool, in store: RunStore, _ format: FrontFormat, load: Load? = nil,
        width: Int, color: Bool
    ) async throws -> String {
        var points = try await points(of: run, as: tool, in: store)
        if let load {
            let known = points.map(\.load)
            guard known.contains(load) else { throw FrontOutput.unknown(load, among: known) }
            points.removeAll { $0.load != load }
        }
        switch format {
        case .json: return ForeignJSON.text(points, tool: tool, run: run.id)
        case .csv: return ForeignCSV.text(points, tool: tool)
        case .table, .svg: return ForeignTable.text(points, tool: tool, width: width, color: color)
        }
    }

    /// The text of a file of `poise report --as`, by the end of its name.
    static func text(
        of run: RunRecord, as tool: ForeignTool, in store: RunStore, forFileEndingIn ending: String
    ) async throws -> String {
        let points = try await points(of: run, as: tool, in: store)
        switch ending.lowercased() {
        case "json": return ForeignJSON.text(points, tool: tool, run: run.id)
        case "csv": return ForeignCSV.text(points, tool: tool)
        case let other:
            throw ValidationError("With --as, --output must end in .csv or .json, and ends in “\(other)”.")
        }
    }
}
