import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Many runs of one suite as a page, Markdown or JSON.
enum HistoryAssembly {
    enum Failure: ExplainedError, Hashable {
        case otherSuite(run: String, suite: String, first: String)
        case nothingMeasured(load: Load)

        var what: String {
            switch self {
            case .otherSuite(let run, let suite, let first):
                "run \(run) is of the suite \(suite), and the first of \(first)"
            case .nothingMeasured(let load): "none of these runs has a number at load \(load)"
            }
        }
        var place: String? { nil }
        var remedy: String? {
            switch self {
            case .otherSuite: "A history is of one suite: name runs of one; `poise runs` lists them."
            case .nothingMeasured: "Name another --load, or run the suite."
            }
        }
    }

    /// Runs where nobody says how many.
    static let usualCount = 30
    /// Draws behind the interval of each speed's change; there are many of them.
    private static let resamples = 1_000

    /// The runs of a history, the oldest first.
    ///
    /// - Parameters:
    ///   - names: those that are wanted; all of the newest run's suite where none is named.
    ///   - last: of those, the newest; 30 where it is not given.
    static func records(_ names: [String], last: Int?, in store: RunStore) async throws -> [RunRecord] {
        var records: [RunRecord] = []
        if names.isEmpty {
            let newest = try await store.run(nil)
            records = Array(
                try await store.runs().filter { $0.suite == newest.suite }.prefix(last ?? usualCount))
        } else {
            for name in names {
                let record = try await store.run(name)
                if !records.contains(record) { records.append(record) }
            }
        }
        if let other = records.first(where: { $0.suite != records[0].suite }) {
            throw Failure.otherSuite(run: other.id, suite: other.suite, first: records[0].suite)
        }
        return records.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    /// - Returns: the text, and what a file of it is called where nobody names one.
    static func report(
        of records: [RunRecord], load: Load?, as kind: ReportFormat, options: PageOptions = PageOptions(),
        in store: RunStore
    ) async throws -> (text: String, name: String) {
        let content = shareable(try await content(of: records, load: load, in: store), options)
        let name = "\(content.suite)-history"
        return switch kind {
        case .markdown: (HistoryMarkdown.text(content), name)
        case .json: (HistoryJSON.text(content), name)
        default: (try HTMLReport.page(content), name)
        }
    }

    /// Without what looks personal or secret in what engines were told and where files lay.
    static func shareable(_ content: HistoryContent, _ options: PageOptions) -> HistoryContent {
        var (content, redaction) = (content, options.redaction)
        for index in content.runs.indices {
            content.runs[index].record = content.runs[index].record.shown.redacted(by: &redaction)
            content.runs[index].changes = content.runs[index].changes.map { change in
                switch change {
                case .circumstance(let difference): .circumstance(difference.shareable(by: &redaction))
                case .files(let names): .files(names.map { redaction.redacting($0) })
                }
            }
        }
        content.redactions = redaction.isIdle ? nil : redaction.counts
        return content
    }

    static func content(of records: [RunRecord], load: Load?, in store: RunStore) async throws -> HistoryContent {
        guard let newest = records.last else { throw RunStore.Failure.noRuns(path: store.path) }
        let load = if let load { load } else { try await store.plan(of: newest.id).loads.first ?? 1 }
        var walk = HistoryWalk(load: load, resamples: resamples)
        for record in records { try await walk.add(record, from: store) }
        let candidates = walk.adjusted()
        guard !candidates.isEmpty else { throw Failure.nothingMeasured(load: load) }
        return HistoryContent(
            suite: newest.suite, load: load, runs: walk.runs, candidates: candidates, isSimulated: walk.isSimulated,
            command: "poise report --history \(records.map(\.id).joined(separator: " "))", poiseVersion: poiseVersion)
    }
}

/// Goes through runs in their order and holds each candidate against the run before; it keeps the trials of one run.
struct HistoryWalk {
    let load: Load
    let resamples: Int
    private(set) var runs: [HistoryRun] = []
    /// Whether any number comes from an endpoint that says it is simulated.
    private(set) var isSimulated = false
    private var candidates: [String: HistoryCandidate] = [:]
    /// Of the newest run, then what only older ones have.
    private var order: [String] = []
    private var before: [String: (run: Int, measured: MeasuredCandidate)] = [:]
    private var digests: [String: String]?

    init(load: Load, resamples: Int) {
        self.load = load
        self.resamples = resamples
    }

    mutating func add(_ record: RunRecord, from store: RunStore) async throws {
        let plan = try await store.plan(of: record.id)
        let points = try await store.points(of: record.id).filter { $0.load == load }
        let measured = try await MeasuredCandidates.load(record, from: store).filter { $0.load == load }
        // A gate whose rules no longer fit (a baseline that went) is no reason to have no history.
        let gate = try? await ReportOutput.ownGate(of: record, plan, in: store)
        let place = runs.count
        var changes: [CircumstanceDifference] = []
        for candidate in measured {
            guard let point = points.first(where: { $0.candidate == candidate.candidate }) else { continue }
            let (step, differences) = step(to: candidate, seed: record.seed)
            isSimulated = isSimulated || candidate.circumstances.isSimulated
            // How a run ended stands beside it, and two simulated ones do not differ in that.
            let news = differences.filter { $0.subject != .status && ($0.base != $0.candidate || $0.base == nil) }
            for difference in news where !changes.contains(difference) { changes.append(difference) }
            let isJudged = gate?.candidates.contains(candidate.candidate) ?? false
            candidates[
                candidate.candidate,
                default: HistoryCandidate(
                    id: candidate.candidate, model: candidate.model, quantization: candidate.quantization, points: [])
            ].points.append(
                HistoryPoint(
                    run: place, point: point, step: step,
                    gate: isJudged ? gate?.verdict(of: candidate.candidate) : nil))
            before[candidate.candidate] = (place, candidate)
        }
        let own = plan.candidates.map(\.id)
        order = own + order.filter { !own.contains($0) }
        runs.append(HistoryRun(record: record, changes: files(of: plan) + Self.merged(changes), gate: gate?.verdict))
    }

    private func step(
        to candidate: MeasuredCandidate, seed: UInt64
    ) -> (HistoryStep?, [CircumstanceDifference]) {
        guard let (run, base) = before[candidate.candidate] else { return (nil, []) }
        let comparison = ComparisonAnalysis(base: base, resamples: resamples, seed: seed).compare(with: [candidate])
        guard let row = comparison.rows.first else { return (nil, []) }
        let isOtherMachine = base.circumstances.machine != candidate.circumstances.machine
        return (
            HistoryStep(
                from: run, accuracy: row.accuracy, speed: row.measures.first { $0.metric == .decodeTPS },
                isOtherMachine: isOtherMachine),
            row.differences
        )
    }

    /// Files of the suite that are not as in the run before.
    private mutating func files(of plan: Plan) -> [HistoryChange] {
        defer { digests = plan.source.digests }
        guard let digests else { return [] }
        let names = Set(digests.keys).union(plan.source.digests.keys).filter { digests[$0] != plan.source.digests[$0] }
        return names.isEmpty ? [] : [.files(Set(names.map(SharedPath.shown)).sorted())]
    }

    /// One for each subject: what differs for many candidates in many ways is said without its values.
    private static func merged(_ differences: [CircumstanceDifference]) -> [HistoryChange] {
        CircumstanceDifference.Subject.allCases.compactMap { subject in
            let own = differences.filter { $0.subject == subject }
            guard let first = own.first else { return nil }
            let tasks = Set(own.flatMap(\.tasks)).sorted()
            return .circumstance(
                own.count == 1
                    ? first : CircumstanceDifference(subject, base: nil, candidate: nil, tasks: tasks))
        }
    }

    /// The candidates in order, with p-values of accuracy adjusted over all of them and all runs.
    func adjusted() -> [HistoryCandidate] {
        var list = order.compactMap { candidates[$0] }
        let places = list.indices.flatMap { candidate in
            list[candidate].points.indices.filter { list[candidate].points[$0].step?.accuracy?.p != nil }
                .map { (candidate: candidate, point: $0) }
        }
        let adjusted = Holm.adjusted(
            places.compactMap { list[$0.candidate].points[$0.point].step?.accuracy?.p })
        for (place, p) in zip(places, adjusted) {
            list[place.candidate].points[place.point].step?.accuracy?.adjustedP = p
        }
        return list
    }
}
