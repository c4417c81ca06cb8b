import Foundation

/// Dates as the database has them.
enum Timestamp {
    /// ISO 8601 in UTC, to the millisecond.
    static func text(of date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    }

    /// Seconds between two of them, never fewer than 0; nil where one is none.
    static func seconds(from start: String, to end: String) -> Double? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let from = try? Date(start, strategy: style), let to = try? Date(end, strategy: style) else { return nil }
        return max(0, to.timeIntervalSince(from))
    }
}
