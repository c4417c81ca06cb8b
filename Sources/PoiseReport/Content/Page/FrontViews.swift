import PoiseCore

/// The fronts of one machine that its page can draw, the one that every run ends with first.
enum FrontViews {
    /// The x axes over all tasks.
    static func metrics(_ content: ReportContent) -> [Metric] {
        [.decodeTPS] + (content.detail?.fronts.fronts ?? []).filter(\.axes.tasks.isEmpty).map(\.axes.x)
    }

    /// The use cases that say how speeds feel or what must hold, the suite's own first.
    static func profiles(_ content: ReportContent) -> [Profile] {
        let own = content.detail?.choices.first.map { [$0.profile] } ?? []
        return own + Profile.builtIn.filter { profile in profile.speed != nil && profile.name != own.first?.name }
    }

    /// The front that every run ends with, as one of those that can be chosen.
    static func usual(_ content: ReportContent) -> OtherFront {
        OtherFront(axes: FrontAxes(), places: content.points.map { FrontPlace($0) })
    }
}
