import PoiseCore

/// What a reader may choose of one machine's fronts.
struct FrontControls {
    let axes: [Choice]
    let tasks: [Choice]
    let hasTasks: Bool
    let loads: [Choice]
    let hasLoads: Bool
    let profiles: [Choice]

    struct Choice {
        let value: String
        let text: String
        let isFirst: Bool
    }

    /// - Parameter content: of one machine.
    init(_ content: ReportContent) {
        let metrics = FrontViews.metrics(content)
        axes = Self.choices(
            metrics.map { ($0.rawValue, Wording.sentence(DrawnAxis($0, of: [], currency: nil).name)) })
        let offered = Set((content.detail?.fronts.fronts ?? []).flatMap(\.axes.tasks))
        let names = content.tasks.enumerated().filter { offered.contains($0.element.name) }
        tasks = Self.choices(
            [("0", "All tasks")] + names.map { ("\($0.offset + 1)", $0.element.title ?? $0.element.name) })
        hasTasks = !names.isEmpty
        loads = Self.choices(content.measuredLoads.enumerated().map { ("\($0)", $1.description) })
        hasLoads = loads.count > 1
        let profiles = FrontViews.profiles(content)
        let own = content.detail?.choices.first?.profile.name
        let none = ("", "nobody")
        let named = profiles.map { ($0.name, $0.name) }
        self.profiles = Self.choices(own == nil ? [none] + named : named + [none])
    }

    private static func choices(_ all: [(value: String, text: String)]) -> [Choice] {
        all.enumerated().map { Choice(value: $1.value, text: $1.text, isFirst: $0 == 0) }
    }
}
