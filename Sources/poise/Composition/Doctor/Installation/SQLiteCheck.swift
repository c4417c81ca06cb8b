import PoiseReport

/// Whether SQLite's version has an error that matters here.
enum SQLiteCheck: DoctorCheck {
    static let name = "SQLite"

    /// Where two connections wrote and checkpointed at one moment, a database could be damaged: versions 3.7.0 to 3.51.2,
    /// by https://www.sqlite.org/wal.html#walresetbug (2026).
    private static let damaged = (first: [3, 7, 0], fixed: [3, 51, 3])

    static func finding(version: String) -> Finding {
        let numbers = version.split(separator: ".").compactMap { Int($0) }
        guard numbers.count >= 3 else { return skipped("a version that is no number: \(version)") }
        let isOld = numbers.lexicographicallyPrecedes(damaged.fixed)
        guard isOld, !numbers.lexicographicallyPrecedes(damaged.first) else { return ok(version) }
        return warning(
            "\(version): very rarely, two processes that write at the same moment damage a database"
                + " (SQLite's WAL-reset bug, before 3.51.3)",
            "Run one Poise at a time on a database, or install SQLite 3.51.3 or newer; your system may have mended its"
                + " own without a new number.")
    }

    static let examples = [
        DoctorExample("the version that mended it", finding(version: "3.51.3"), .ok, "3.51.3"),
        DoctorExample("a newer one", finding(version: "4.0.0"), .ok),
        DoctorExample("the last with the bug", finding(version: "3.51.2"), .warning, "3.51.3 or newer"),
        DoctorExample("Debian 12's", finding(version: "3.40.1"), .warning, "one Poise at a time"),
        DoctorExample("no number", finding(version: "unknown"), .skipped),
    ]
}
