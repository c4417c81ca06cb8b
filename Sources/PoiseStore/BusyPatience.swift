/// How long a database is waited for while another process writes to it.
///
/// SQLite asks again and again, and says only how often it did. The pauses are those of SQLite's own busy timeout
/// (`sqliteDefaultBusyCallback`, 3.40), so that the time waited follows from the count.
struct BusyPatience: Hashable, Sendable {
    enum Step: Hashable {
        /// - Parameter isLong: whether it is time to say what is waited for.
        case pause(milliseconds: Int, isLong: Bool)
        case giveUp
    }

    /// Milliseconds.
    private static let pauses = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100]

    /// Milliseconds until it is said.
    var notice = 3_000
    /// Milliseconds until it is given up.
    var limit = 30_000

    /// - Parameter tries: how often it was tried before.
    func step(after tries: Int) -> Step {
        let pause = tries < Self.pauses.count ? Self.pauses[tries] : 100
        let waited = Self.waited(tries)
        guard waited + pause <= limit else { return .giveUp }
        return .pause(milliseconds: pause, isLong: waited < notice && waited + pause >= notice)
    }

    /// Milliseconds of the first pauses.
    private static func waited(_ tries: Int) -> Int {
        pauses.prefix(tries).reduce(0, +) + 100 * max(0, tries - pauses.count)
    }
}
