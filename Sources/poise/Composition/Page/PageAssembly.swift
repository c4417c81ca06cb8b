import PoiseCore
import PoiseReport
import PoiseStore

/// Puts together what the page of stored runs shows: the content of every exporter, and what only a page has room for.
enum PageAssembly {
    static func content(
        of runs: [RunRecord], options: PageOptions = PageOptions(), in store: RunStore
    ) async throws -> ReportContent {
        try await content(of: runs, .page, options, in: store) { group, content, redaction in
            try await detail(of: group, content, options, redaction, in: store)
        }
    }

    /// The content of every exporter with the recommendation and the gate's verdict, and without any text of a model.
    static func decided(
        of runs: [RunRecord], options: PageOptions = PageOptions(), in store: RunStore
    ) async throws -> ReportContent {
        try await content(of: runs, .whole, options, in: store) { group, content, _ in
            var detail = PageDetail()
            try await DecisionAssembly.add(to: &detail, of: group, content, in: store)
            return detail
        }
    }

    /// Each machine's content with its detail, and what looks personal or secret blacked out.
    private static func content(
        of runs: [RunRecord], _ extent: MeasuredRun.Extent, _ options: PageOptions, in store: RunStore,
        detail: ([MeasuredRun], ReportContent, SharedRedaction) async throws -> PageDetail
    ) async throws -> ReportContent {
        var groups = try await ReportAssembly.machines(of: runs, extent, in: store)
        if options.transcripts == .none { groups = groups.map { $0.map(\.withoutReasons) } }
        var parts = try await ReportAssembly.content(ofMachines: groups, in: store).parts
        for (index, group) in groups.enumerated() where index < parts.count {
            let shared = SharedRedaction(options.redaction)
            parts[index].detail = try await detail(group, parts[index], shared)
            var redaction = shared.current
            PageRedaction.apply(&redaction, to: &parts[index])
        }
        var content = parts[0]
        content.otherMachines = Array(parts.dropFirst())
        return content
    }

    private static func detail(
        of runs: [MeasuredRun], _ content: ReportContent, _ options: PageOptions, _ redaction: SharedRedaction,
        in store: RunStore
    ) async throws -> PageDetail {
        var detail = PageDetail()
        try await DecisionAssembly.add(to: &detail, of: runs, content, in: store)
        let trials = ReportAssembly.trials(of: runs)
        detail.fronts = FrontViewsAssembly.fronts(of: runs, trials, content)
        try await WaitAssembly.add(to: &detail, of: runs, trials, in: store)
        if options.transcripts != .none {
            detail.scenes = try await SceneAssembly.scenes(
                of: runs, content, detail, options, redact: redaction.redacting, in: store)
            detail.transcripts = try await TranscriptAssembly.transcripts(
                of: runs, content, choices: detail.choices, options, in: store)
        }
        return detail
    }
}
