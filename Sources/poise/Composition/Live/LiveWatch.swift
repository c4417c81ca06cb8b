import PoiseCore
import Synchronization

/// `--watch` of one run: the live page from the run's beginning to its end; without it the run goes on as well.
final class LiveWatch: Sendable {
    private let database: String
    private let port: UInt16?
    private let pageArguments: [String]
    private let page = Mutex<LivePage?>(nil)

    /// - Parameters:
    ///   - port: nil for one that the system chooses.
    ///   - pageArguments: what the page may hold, as `poise report` takes it.
    init(database: String, port: UInt16?, pageArguments: [String]) {
        self.pageArguments = pageArguments
        self.database = database
        self.port = port
    }

    /// Serves the page and says where, or warns.
    func begin(_ run: RunRecord) {
        do {
            let live = try LivePage.start(
                run: run.id, database: database, port: port, pageArguments: pageArguments
            ) { ending in
                Console.say(
                    "warning: the live page is no longer served: its process ended early (\(ending)); the run goes on")
            }
            Console.say("the page while it runs: \(live.address)")
            page.withLock { $0 = live }
        } catch {
            Console.say("warning: \(Console.explanation(of: error))")
        }
    }

    /// Lets those who look know where the page is kept.
    func end(page path: String) async {
        await page.withLock { $0 }?.end(page: path)
    }

    /// Ends it at once.
    func stop() {
        page.withLock { $0 }?.stop()
    }
}
