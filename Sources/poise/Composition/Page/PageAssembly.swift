import PoiseCore
import PoiseReport
import PoiseStore

/// Puts together what the page of stored runs shows: the content of every exporter, and what only a page has room for.
enum PageAssembly {
    static func content(
        of runs: [RunRecord], options: PageOptions = PageOptions(), in store: RunStore
    ) async throws -> ReportContent {
        var content = try await ReportAssembly.content(of: runs, in: store)
        let groups = try await ReportAssembly.machines(of: runs, .front, in: store)
        var parts = content.parts
        for (index, group) in groups.enumerated() where index < parts.count {
            parts[index].detail = try await detail(of: group, parts[index], options, in: store)
        }
        content = parts[0]
        content.otherMachines = Array(parts.dropFirst())
        return content
    }

    /// What a chart of the front shows by itself: the points, and what the profile recommends.
    static func chart(of runs: [RunRecord], in store: RunStore) async throws -> ReportContent {
        var parts = try await ReportAssembly.content(of: runs, in: store).parts
        let groups = try await ReportAssembly.machines(of: runs, .front, in: store)
        for (index, group) in groups.enumerated() where index < parts.count {
            var detail = PageDetail()
            try await DecisionAssembly.add(to: &detail, of: group, parts[index], in: store)
            parts[index].detail = detail
        }
        var content = parts[0]
        content.otherMachines = Array(parts.dropFirst())
        return content
    }

    private static func detail(
        of runs: [MeasuredRun], _ content: ReportContent, _ options: PageOptions, in store: RunStore
    ) async throws -> PageDetail {
        var detail = PageDetail()
        try await DecisionAssembly.add(to: &detail, of: runs, content, in: store)
        detail.ladders = try await LadderAssembly.ladders(of: runs, content, in: store)
        detail.fronts = try await FrontViewsAssembly.fronts(of: runs, content, in: store)
        detail.waits = try await WaitAssembly.waits(of: runs, content, in: store)
        if options.transcripts != .none {
            detail.scenes = try await SceneAssembly.scenes(of: runs, content, detail, options, in: store)
            detail.transcripts = try await TranscriptAssembly.transcripts(of: runs, content, options, in: store)
        }
        return detail
    }
}
