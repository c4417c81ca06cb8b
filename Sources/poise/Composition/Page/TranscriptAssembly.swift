import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Samples and responses for the page, as many as there is room for.
///
/// Which ones is decided by their scores alone; only the texts of those are read, one sample after the other.
enum TranscriptAssembly {
    /// Samples of one machine on a page.
    static let mostSamples = 500
    /// Bytes of their texts.
    static let mostBytes = 4_000_000

    static func transcripts(
        of runs: [MeasuredRun], _ content: ReportContent, choices: [Choice] = [], _ options: PageOptions,
        in store: RunStore
    ) async throws -> Transcripts {
        guard options.transcripts != .none, let first = runs.first, let load = content.measuredLoads.first else {
            return Transcripts()
        }
        var tallies: [RunStore.SampleTallies] = []
        for run in runs { tallies.append(try await store.sampleTallies(of: run.record.id, at: load)) }
        let hidden = runs.reduce(into: Set<String>()) { $0.formUnion($1.privateTasks) }
        let table = SampleTable(
            tallies, candidates: content.candidates.map(\.id), tasks: first.plan.tasks, privateTasks: hidden)
        guard !table.candidates.isEmpty else { return Transcripts() }
        var transcripts = Transcripts()
        transcripts.load = load
        transcripts.candidates = table.candidates
        transcripts.pair = TranscriptPair.pair(of: table.candidates, at: load, content, choices)
        transcripts.coverage = coverage(of: table, transcripts.pair, first, hidden, options)
        try await fill(&transcripts, from: table, tasks: first.plan.tasks, options, in: store)
        return transcripts
    }

    private static func coverage(
        of table: SampleTable, _ pair: Transcripts.Pair?, _ run: MeasuredRun, _ hidden: Set<String>,
        _ options: PageOptions
    ) -> Transcripts.Coverage {
        var coverage = Transcripts.Coverage()
        coverage.isFailuresOnly = options.transcripts == .failures
        coverage.seed = run.record.seed
        coverage.privateTasks = run.plan.tasks.map(\.name).filter(hidden.contains)
        let shown = pair.map { [$0.base, $0.candidate] } ?? Array(table.candidates.prefix(1))
        let places = shown.compactMap { table.candidates.firstIndex(of: $0) }
        for row in table.rows {
            let outcomes = places.map { row.outcomes[$0] }
            if outcomes.allSatisfy({ $0 == .right || $0 == .wrong }) {
                coverage.compared += 1
                if outcomes == [.right, .wrong] { coverage.lost += 1 }
                if outcomes == [.wrong, .right] { coverage.gained += 1 }
                if outcomes == [.right] { coverage.right += 1 }
            }
            if row.isPrivate { coverage.privateSamples += 1 } else { coverage.total += 1 }
        }
        coverage.scored = coverage.compared
        return coverage
    }

    /// Reads the chosen samples until the room is taken; the last one may go a little over it.
    private static func fill(
        _ transcripts: inout Transcripts, from table: SampleTable, tasks: [EvaluationTask], _ options: PageOptions,
        in store: RunStore
    ) async throws {
        let rows = table.rows.filter { !$0.isPrivate }
        let pair = transcripts.pair.map { [$0.base, $0.candidate] } ?? Array(table.candidates.prefix(1))
        let places = pair.compactMap { table.candidates.firstIndex(of: $0) }
        let interests = rows.map {
            TranscriptSelection.interest(of: $0.outcomes, hasGap: $0.hasGap, pair: places)
        }
        transcripts.coverage.notable = interests.count { $0 == .notable }
        transcripts.coverage.wrong = interests.count { $0 == .wrong }
        let selection = TranscriptSelection(
            isFailuresOnly: options.transcripts == .failures, seed: transcripts.coverage.seed)
        var writer = TranscriptWriter(text: TranscriptText(redaction: options.redaction))
        let byName = Dictionary(tasks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var chosen: [(place: Int, entry: Transcripts.Entry)] = []
        for place in selection.order(interests) {
            guard chosen.count < mostSamples, writer.bytes < mostBytes else { break }
            try Task.checkCancellation()
            let row = rows[place]
            guard let task = byName[row.task] else { continue }
            let texts = try await store.texts(of: row.tallies.compactMap { $0?.trial })
            chosen.append((place, writer.entry(for: row, table.candidates, first: places, task: task, texts: texts)))
            switch interests[place] {
            case .notable: transcripts.coverage.notableShown += 1
            case .wrong: transcripts.coverage.wrongShown += 1
            case .plain: break
            }
        }
        transcripts.samples = chosen.sorted { $0.place < $1.place }.map(\.entry)
        transcripts.redactions = writer.text.redaction.counts
    }
}
