import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// The fronts that a reader can choose on the page.
enum FrontViewsAssembly {
    static func fronts(
        of runs: [MeasuredRun], _ content: ReportContent, in store: RunStore
    ) async throws -> [OtherFront] {
        var fronts: [OtherFront] = []
        for tasks in [[]] + content.tasks.map({ [$0.name] }) {
            for metric in [Metric.decodeTPS, .ttfo, .latency, .timeToCorrect] {
                fronts.append(
                    try await AxesAssembly.front(
                        of: runs, FrontAxes(x: metric, tasks: tasks), resamples: 200, in: store))
            }
        }
        return fronts
    }
}
