import Foundation

/// Dates as the database has them.
enum Timestamp {
    /// ISO 8601 in UTC, to the millisecond.
    static func text(of date: Date) -> String {
        date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    }
}
