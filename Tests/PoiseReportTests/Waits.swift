import Foundation
import PoiseCore

@testable import PoiseReport

extension Demo {
    /// Waits around a median, a bell on the logarithmic scale.
    static func wait(
        _ candidate: String, _ kind: WaitDistribution.Kind, load: Load = 1, median: Double, n: Int = 880,
        sampledTrials: Int? = nil
    ) -> WaitDistribution {
        let ratio = pow(10, 0.05)
        let counts = (-8...8).map { Int(Double(n) / 5 * exp(-Double($0 * $0) / 18)) }
        let low = pow(10, ((log10(median) * 20).rounded() - 8.5) / 20)
        return WaitDistribution(
            candidate: candidate, load: load, kind: kind, n: counts.reduce(0, +), sampledTrials: sampledTrials,
            median: median, p90: median * 1.6, p99: n >= 100 ? median * 2.4 : nil, counts: counts, low: low,
            ratio: ratio)
    }

    /// The demo with waiting times, lengths and intervals by task.
    static func detailed(loads: [Load] = [1], thinks: Bool = false) -> ReportContent {
        var content = content(loads: loads)
        var detail = PageDetail()
        for point in content.points {
            let first = point.ttft ?? 1
            detail.waits += [
                wait(point.candidate, .ttft, load: point.load, median: first),
                wait(point.candidate, .ttfo, load: point.load, median: thinks ? first * 8 : first),
                wait(point.candidate, .itl, load: point.load, median: first / 6, n: 5_000, sampledTrials: 400),
                wait(point.candidate, .latency, load: point.load, median: point.latency ?? 1),
            ]
            detail.lengths.append(
                ResponseLengths(
                    candidate: point.candidate, load: point.load, n: 880, median: 14, p90: 31.5,
                    charactersPerSecond: (point.decodeTPS ?? 0) * 3.5))
        }
        let fronts = content.tasks.map { task in
            OtherFront(
                axes: FrontAxes(x: .latency, tasks: [task.name]),
                places: content.taskAccuracies.filter { $0.task == task.name }.map { score in
                    let share = score.accuracy
                    let point = content.points.first { $0.candidate == score.candidate && $0.load == score.load }
                    return FrontPlace(
                        candidate: score.candidate, model: "", quantization: nil, load: score.load, n: score.n,
                        unscored: 0,
                        x: point?.latency.map { FrontPlace.Value(estimate: $0, low: $0 * 0.9, high: $0 * 1.2) },
                        y: share.map { FrontPlace.Value(estimate: $0, low: max(0, $0 - 0.1), high: min(1, $0 + 0.1)) },
                        onFront: false, frontProbability: nil)
                })
        }
        detail.fronts = OfferedFronts(
            fronts,
            offer: FrontOffer(
                trials: 10_000, candidates: content.candidates.count, loads: loads.count, tasks: content.tasks.count,
                resamples: 10_000))
        content.detail = detail
        content.calibration = calibration
        for id in content.responses.keys {
            content.responses[id]?.finishReasons = ["stop": 870 * loads.count, "length": 10 * loads.count]
        }
        return content
    }
}
