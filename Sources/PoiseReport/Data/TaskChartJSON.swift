import PoiseCore

/// Where each candidate stands in the tasks' dot plot, so that the page's script can draw it for another pair.
enum TaskChartJSON {
    /// One for each load that has tasks; in each task the candidates' values with their intervals as places on the axis,
    /// in percent: `[value, low, high]`, or null.
    static func charts(_ content: ReportContent) -> OrderedJSON {
        .array(
            content.measuredLoads.compactMap { load in
                TaskComparison(content, FrontView(content, load: load)).map { chart($0, load) }
            })
    }

    private static func chart(_ comparison: TaskComparison, _ load: Load) -> OrderedJSON {
        let right = TaskChart(.right, comparison)
        let latency = TaskChart(.latency, comparison)
        return .object([
            ("load", .load(load)), ("first", .count(comparison.first)),
            ("candidates", .array(comparison.candidates.map { .string($0.id) })),
            ("spoken", .array(comparison.candidates.map { .string($0.spoken) })),
            ("families", .array(comparison.candidates.map { .count($0.family) })),
            ("right", .array(comparison.tasks.map { places($0.right, right) })),
            ("latency", comparison.hasLatency ? .array(comparison.tasks.map { places($0.latency, latency) }) : .null),
        ])
    }

    private static func places(_ values: [TaskComparison.Value?], _ chart: TaskChart) -> OrderedJSON {
        .array(
            values.map { value in
                guard let value else { return .null }
                return .array(
                    [value.estimate, value.low ?? value.estimate, value.high ?? value.estimate].map {
                        .number((chart.position(of: $0) * 10).rounded() / 10)
                    })
            })
    }
}
