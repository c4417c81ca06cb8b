import PoiseCore
import PoiseReport
import PoiseStore

/// Puts together what the page of stored runs shows: the content of every exporter, and what only a page has room for.
enum PageAssembly {
    static func content(
        of runs: [RunRecord], options: PageOptions = PageOptions(), in store: RunStore
    ) async throws -> ReportContent {
        let groups = try await ReportAssembly.machines(of: runs, .whole, in: store)
        var content = try await ReportAssembly.content(ofMachines: groups, in: store)
        var parts = content.parts
        for (index, group) in groups.enumerated() where index < parts.count {
            parts[index].detail = try await detail(of: group, parts[index], options, in: store)
            var redaction = options.redaction
            PageRedaction.apply(&redaction, to: &parts[index])
        }
        content = parts[0]
        content.otherMachines = Array(parts.dropFirst())
        return content
    }

    /// The content of every exporter with the recommendation and the gate's verdict, and without any text of a model.
    static func decided(of runs: [RunRecord], in store: RunStore) async throws -> ReportContent {
        let content = try await ReportAssembly.content(of: runs, in: store)
        let groups = try await ReportAssembly.machines(of: runs, .front, in: store)
        var parts = content.parts
        for (index, group) in groups.enumerated() where index < parts.count {
            var detail = PageDetail()
            try await DecisionAssembly.add(to: &detail, of: group, parts[index], in: store)
            parts[index].detail = detail
        }
        var first = parts[0]
        first.otherMachines = Array(parts.dropFirst())
        return first
    }

    private static func detail(
        of runs: [MeasuredRun], _ content: ReportContent, _ options: PageOptions, in store: RunStore
    ) async throws -> PageDetail {
        var detail = PageDetail()
        try await DecisionAssembly.add(to: &detail, of: runs, content, in: store)
        detail.fronts = try await FrontViewsAssembly.fronts(of: runs, content, in: store)
        try await WaitAssembly.add(to: &detail, of: runs, in: store)
        if options.transcripts != .none {
            detail.scenes = try await SceneAssembly.scenes(of: runs, content, detail, options, in: store)
            // Whoever chose the scenes: those of private tasks stay in the database.
            let hidden = runs.reduce(into: Set<String>()) { $0.formUnion($1.plan.privateTasks) }
            detail.scenes.removeAll { hidden.contains($0.task) }
            detail.transcripts = try await TranscriptAssembly.transcripts(
                of: runs, content, choices: detail.choices, options, in: store)
        }
        return detail
    }
}
