import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// The fronts that a reader can choose on the page.
enum FrontViewsAssembly {
    /// One machine's.
    ///
    /// - Parameter trials: of these runs, with every number.
    static func fronts(
        of runs: [MeasuredRun], _ trials: TrialColumns, _ content: ReportContent
    ) -> OfferedFronts {
        let offer = FrontOffer(
            trials: content.responses.values.reduce(0) { $0 + $1.responses + $1.failed },
            candidates: content.candidates.count, loads: content.measuredLoads.count, tasks: content.tasks.count,
            resamples: ReportAssembly.resamples)
        let candidates = ReportAssembly.candidates(of: runs)
        let currencies = Set(candidates.compactMap(\.price?.currency))
        let memory = AxesAssembly.memory(of: runs)
        func isKnown(_ metric: Metric) -> Bool {
            switch metric {
            case .costToCorrect: currencies.count == 1
            case .memory: !memory.isEmpty
            default: true
            }
        }
        // Decode speed over all tasks is the front that the runs ended with.
        let metrics = offer.metrics.filter { $0 != .decodeTPS && isKnown($0) }
        guard !metrics.isEmpty, let seed = runs.first?.record.seed else { return OfferedFronts([], offer: offer) }
        func fronts(_ metrics: [Metric], _ scopes: [[String]], resamples: Int) -> [OtherFront] {
            guard !metrics.isEmpty, !scopes.isEmpty else { return [] }
            let places = FrontAnalysis(resamples: resamples, seed: seed).places(
                from: trials, candidates: candidates, metrics: metrics, scopes: scopes, memory: memory)
            return zip(scopes, places).flatMap { tasks, places in
                zip(metrics, places).map { metric, places in
                    OtherFront(
                        axes: FrontAxes(x: metric, tasks: tasks),
                        places: places.filter { ReportAssembly.isMeant($0.candidate, at: $0.load, in: runs) },
                        currency: metric.unit == .currency ? currencies.first : nil)
                }
            }
        }
        // An axis that nobody has a number on is none.
        let whole = fronts(metrics, [[]], resamples: ReportAssembly.resamples).filter { front in
            front.places.contains { $0.x != nil && $0.y != nil }
        }
        let measured = Set(whole.map(\.axes.x)).union([.decodeTPS])
        let byTask = fronts(
            offer.taskMetrics.filter(measured.contains), content.tasks.map { [$0.name] },
            resamples: FrontOffer.taskResamples)
        return OfferedFronts(whole + byTask, offer: offer)
    }
}
