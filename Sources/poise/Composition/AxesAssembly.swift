import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Fronts of stored runs on other axes than accuracy and decode speed.
enum AxesAssembly {
    enum Failure: ExplainedError, Hashable {
        case unmeasured(Metric, run: String)
        case currencies([String], run: String)
        case nothingAsked(run: String)
        case allFailed(Int, run: String)

        var what: String {
            switch self {
            case .unmeasured(let metric, _): "no candidate has a \(metric.rawValue) to stand on that axis"
            case .currencies(let all, _): "prices are in \(all.joined(separator: " and ")), which share no axis"
            case .nothingAsked: "nothing was asked of what the axes are taken from"
            case .allFailed(let count, _):
                count == 1 ? "its only request failed" : "all of the \(count) requests failed"
            }
        }
        var place: String? {
            switch self {
            case .unmeasured(_, let run), .currencies(_, let run), .nothingAsked(let run), .allFailed(_, let run):
                "run \(run)"
            }
        }
        var remedy: String? {
            switch self {
            case .nothingAsked: "The run ended before it came to them: run the suite again."
            case .allFailed: "`poise report` says why they failed."
            case .currencies: "Give all prices of the suite in one currency and run it again."
            case .unmeasured(let metric, _):
                switch metric {
                case .memory:
                    "Memory is known of engines that Poise starts itself (serve:), not of endpoints. Choose another --x."
                case .costToCorrect:
                    "Give the candidates of the suite a price and run it again, or choose another --x."
                case .throughput:
                    "It needs the tokens of every response and the times of every request, which this run lacks."
                case .ttft, .ttfo, .decodeTPS, .charactersPerSecond:
                    "Responses that are not streamed have a latency alone: choose --x latency, or stream them."
                case .latency, .outputTokens, .timeToCorrect, .tokensToCorrect:
                    "No response came, none was counted, or none has a score: `poise report` says why."
                }
            }
        }
    }

    /// One front for each kind of machine and each load.
    ///
    /// - Throws: `Failure`; `RunJoining.Failure`, where the runs cannot stand beside each other.
    static func content(of runs: [RunRecord], _ choice: FrontAxesChoice, in store: RunStore) async throws
        -> ReportContent
    {
        let groups = try await ReportAssembly.machines(of: runs, .front, in: store)
        guard let first = groups.first?.first else { throw RunStore.Failure.noRuns(path: store.path) }
        let axes = try await choice.resolved(in: first.record, first.plan, store: store)
        var contents: [ReportContent] = []
        for group in groups {
            guard var content = ReportAssembly.content(of: group, points: []) else { continue }
            let front = try await front(of: group, axes, in: store)
            content.otherFront = front
            content.frontFigures = FrontFigures.figures(of: front.places, metric: axes.x)
            contents.append(content)
        }
        guard var content = contents.first else { throw RunStore.Failure.noRuns(path: store.path) }
        content.otherMachines = Array(contents.dropFirst())
        // A throughput of 0 beside no score at all is that of requests that failed.
        let isMeasured = contents.contains { content in
            content.otherFront?.places.contains { place in
                place.x.map { $0.estimate > 0 || place.y != nil } ?? false
            } ?? false
        }
        guard isMeasured else {
            throw try await reason(groups.flatMap(\.self), axes, in: store)
        }
        return content
    }

    /// Why nobody has the x axis: a metric's own remedy helps only where there are responses that lack it.
    private static func reason(_ runs: [MeasuredRun], _ axes: FrontAxes, in store: RunStore) async throws -> Failure {
        let run = runs[0].record.id
        var trials: [Observation] = []
        for run in runs { trials += try await store.observations(of: run.record.id) }
        if !axes.tasks.isEmpty { trials.removeAll { !axes.tasks.contains($0.task) } }
        if trials.isEmpty { return .nothingAsked(run: run) }
        return trials.allSatisfy(\.hasFailed) ? .allFailed(trials.count, run: run) : .unmeasured(axes.x, run: run)
    }

    static func front(
        of runs: [MeasuredRun], _ axes: FrontAxes, in store: RunStore
    ) async throws -> OtherFront {
        let candidates = ReportAssembly.candidates(of: runs)
        var currency: String?
        if axes.x.unit == .currency {
            let currencies = Set(candidates.compactMap(\.price?.currency)).sorted()
            guard currencies.count <= 1 else { throw Failure.currencies(currencies, run: runs[0].record.id) }
            currency = currencies.first
        }
        let grader: String? = if case .grader(let name) = axes.y { name } else { nil }
        let trials = try await ReportAssembly.trials(
            of: runs, TrialColumns.Quantity.needed(for: axes.x).union([.score]), grader: grader, in: store)
        let places = FrontAnalysis(resamples: ReportAssembly.resamples, seed: runs[0].record.seed).places(
            from: trials, candidates: candidates, axes: axes, memory: memory(of: runs))
        return OtherFront(
            axes: axes, places: places.filter { ReportAssembly.isMeant($0.candidate, at: $0.load, in: runs) },
            currency: currency)
    }

    /// The most that each candidate's engine held, bytes.
    static func memory(of runs: [MeasuredRun]) -> [String: Int64] {
        runs.reduce(into: [:]) { most, run in
            for (candidate, engine) in run.engines {
                if let peak = engine.peakMemory { most[candidate] = max(most[candidate] ?? 0, peak) }
            }
        }
    }
}
