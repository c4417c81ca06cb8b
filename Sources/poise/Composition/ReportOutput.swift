import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStore

/// The report of stored runs in each of its formats.
enum ReportOutput {
    /// How a chart is drawn.
    struct Chart: Sendable {
        /// The first one where none is given.
        var load: Load?
        var theme: ChartTheme
        var pixels: Int?
    }

    enum Failure: ExplainedError, Hashable {
        case noRules(run: String)

        var what: String {
            switch self {
            case .noRules(let run):
                "the suite of run \(run) has no rules, so that there is no verdict to write as JUnit"
            }
        }
        var place: String? { nil }
        var remedy: String? {
            "Name a file of rules: poise gate --rules FILE --junit FILE.xml; or add gate: to the suite, and run it again."
        }
    }

    /// - Returns: the text, and what a file of it is called where nobody names one.
    static func report(
        of records: [RunRecord], as kind: ReportFormat, _ chart: Chart, options: PageOptions,
        in store: RunStore
    ) async throws -> (text: String, name: String) {
        if kind == .junit { return try await junit(of: records, in: store) }
        let content: ReportContent
        switch kind {
        case .html: content = try await PageAssembly.content(of: records, options: options, in: store)
        case .markdown, .json, .svg: content = try await PageAssembly.decided(of: records, options: options, in: store)
        case .csv, .junit: content = try await ReportAssembly.content(of: records, in: store)
        }
        return (try text(of: content, as: kind, chart), content.suite.name)
    }

    private static func text(of content: ReportContent, as kind: ReportFormat, _ chart: Chart) throws -> String {
        switch kind {
        case .html: return try HTMLReport.page(content)
        case .markdown: return ReportMarkdown.text(content)
        case .csv: return FrontCSV.text(content)
        case .json, .junit: return ReportJSON.text(content)
        case .svg:
            guard let load = chart.load ?? content.loads.first, content.loads.contains(load) else {
                let loads = content.loads.map(\.description).joined(separator: ", ")
                throw ValidationError("--load must be one of \(loads), and is \(chart.load?.description ?? "none").")
            }
            return FrontChart.svgFile(content, load: load, theme: chart.theme, pixels: chart.pixels)
        }
    }

    /// The verdict of the suite's own rules; a gate is of one run.
    private static func junit(
        of records: [RunRecord], in store: RunStore
    ) async throws -> (text: String, name: String) {
        guard let record = records.first, records.count == 1 else {
            throw ValidationError("JUnit is of one run's gate: name one run.")
        }
        let plan = try await store.plan(of: record.id)
        guard let report = try await ownGate(of: record, plan, in: store) else {
            throw Failure.noRules(run: record.id)
        }
        return (GateJUnit.text(report), plan.name)
    }

    /// The verdict of the rules that a run's suite had; nil where it had none.
    static func ownGate(of record: RunRecord, _ plan: Plan, in store: RunStore) async throws -> GateReport? {
        guard !plan.gate.isEmpty else { return nil }
        return try await GateAssembly(
            record: record, plan: plan, rules: plan.gate,
            baseline: try await GateBaseline.named(nil, run: record, plan: plan, in: store), names: [], load: nil
        ).report(from: store)
    }
}
