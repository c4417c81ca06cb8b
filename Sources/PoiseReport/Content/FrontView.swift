import PoiseCore

/// One load of a run, ready to be drawn: its candidates in the suite's order, the models, and the front.
struct FrontView {
    let load: Load
    /// Every candidate that has a point at this load, in the suite's order.
    let candidates: [ViewCandidate]
    /// In the order of their first candidate; a model's index decides its colour and shape.
    let models: [String]

    init(_ content: ReportContent, load: Load) {
        self.load = load
        let points = content.points.filter { $0.load == load }
        let roster = Roster(
            content.candidates,
            measured: points.map { CandidateSummary(id: $0.candidate, model: $0.model, quantization: $0.quantization) })
        models = roster.models
        let byCandidate = Dictionary(points.map { ($0.candidate, $0) }) { first, _ in first }
        candidates = roster.entries.compactMap { entry in
            byCandidate[entry.id].map {
                ViewCandidate(point: $0, order: entry.order, family: entry.family, isAlone: entry.isAlone)
            }
        }
    }

    /// Those with both a share of right answers and a speed.
    var drawn: [ViewCandidate] { candidates.filter(\.isDrawn) }

    /// Those that lack one of the two.
    var undrawn: [ViewCandidate] { candidates.filter { !$0.isDrawn } }

    /// The members of the front from slow and right to fast and less right.
    var front: [ViewCandidate] {
        drawn.filter(\.point.onFront).sorted { left, right in
            (left.speed, right.accuracy, left.order) < (right.speed, left.accuracy, right.order)
        }
    }
}

/// A candidate at one load with what decides its place, mark and name.
struct ViewCandidate {
    let point: FrontPoint
    /// Its place in the suite.
    let order: Int
    /// The index of its model.
    let family: Int
    /// Whether it is the only one of its model.
    let isAlone: Bool

    var id: String { point.candidate }
    var isDrawn: Bool { (point.accuracy ?? .nan).isFinite && speed > 0 && speed.isFinite }
    /// 0…1; 0 where undefined, so only of use where `isDrawn`.
    var accuracy: Double { point.accuracy ?? 0 }
    /// tok/s; 0 where undefined, so only of use where `isDrawn`.
    var speed: Double { point.decodeTPS ?? 0 }
    var accuracyLow: Double { min(finite(point.accuracyLow) ?? accuracy, accuracy) }
    var accuracyHigh: Double { max(finite(point.accuracyHigh) ?? accuracy, accuracy) }
    var speedLow: Double { min(finite(point.decodeTPSLow) ?? speed, speed) }
    var speedHigh: Double { max(finite(point.decodeTPSHigh) ?? speed, speed) }
    /// 0…1: how full its mark is; membership itself where no resamples were drawn.
    var frontShare: Double { min(1, max(0, point.frontProbability ?? (point.onFront ? 1 : 0))) }

    private func finite(_ value: Double?) -> Double? {
        value.flatMap { $0.isFinite ? $0 : nil }
    }

    /// `tiny-m at q4_0`, as running text names it.
    var spoken: String { point.quantization.map { "\(point.model) at \($0)" } ?? point.model }
}
