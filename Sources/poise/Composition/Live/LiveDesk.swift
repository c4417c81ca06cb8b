import Foundation
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// What the live page's server knows: the newest page, how far the run is, and when the next page is due.
actor LiveDesk {
    private let record: RunRecord
    private let plan: Plan
    private let options: PageOptions
    private let store: RunStore
    private var schedule = LiveSchedule()
    private var page: String
    private var version = 0
    private var done = 0
    private var last: Int64?
    private var place = ""
    private var isMaking = false
    /// Whether something was stored since the newest page.
    private var hasNews = false
    /// Whether the newest page is not there, because it could not be made.
    private var isBehind = false
    /// The file of the ended run's page.
    private var ended: String?
    /// Whether somebody was told of the end who also has the last page.
    private(set) var isToldOfEnd = false
    private var wasLastPageGiven = false

    /// - Parameter options: what the page may hold of the texts.
    init(run: String, options: PageOptions, store: RunStore) async throws {
        self.options = options
        record = try await store.run(run)
        plan = try await store.plan(of: run)
        self.store = store
        page = HTMLReport.waiting(suite: plan.name)
    }

    static let problem = "The newest page could not be made; this is an older one."

    // MARK: - Requests

    func currentPage(now: Instant) -> String {
        schedule.note(requestAt: now)
        wasLastPageGiven = ended != nil
        return page
    }

    /// `{"version": 3, "progress": "120 of 400 trials", "problem": null, "ended": null}`
    func state(now: Instant) async -> String {
        schedule.note(requestAt: now)
        await look()
        if wasLastPageGiven { isToldOfEnd = true }
        let text = { (value: String?) in value.map { JSONValue.string($0).text } ?? "null" }
        return
            "{\"version\": \(version), \"progress\": \(text(progress)), \"problem\": \(text(isBehind ? Self.problem : nil)), "
            + "\"ended\": \(text(ended.map { VisibleText.of($0, isOneLine: true) }))}\n"
    }

    private var progress: String {
        let planned = plan.trialCount
        let share = planned > 0 ? " (\(Numbers.probability(Double(min(done, planned)) / Double(planned))))" : ""
        return "\(Numbers.count(done)) of \(Numbers.counted(planned, "trial"))\(share)\(place)"
    }

    // MARK: - Pages

    /// Makes a page where one is due.
    func makePageIfDue(now: Instant) async {
        guard schedule.isWatched(at: now) else { return }
        await look()
        if schedule.isDue(at: now, hasNews: hasNews) { await makePage() }
    }

    /// The run is over: the last page, where somebody looks.
    func end(page path: String, now: Instant) async {
        guard schedule.isWatched(at: now) else {
            (ended, isToldOfEnd) = (path, true)
            return
        }
        while isMaking { try? await Task.sleep(for: .milliseconds(50)) }
        await look()
        await makePage()
        ended = path
    }

    private func makePage() async {
        guard !isMaking else { return }
        let (began, before) = (Instant.now(), CPUTime.now())
        (isMaking, hasNews) = (true, false)
        defer { isMaking = false }
        do {
            page = try await Self.page(of: record.id, version: version + 1, options, in: store)
            version += 1
            isBehind = false
        } catch {
            // What an error quotes is not for whoever looks.
            isBehind = true
        }
        let now = Instant.now()
        schedule.note(madeAt: now, cost: max((CPUTime.now() - before).total, now - began))
    }

    /// Away from the desk, which goes on answering; on one core, which leaves the others to what is measured.
    private static func page(
        of run: String, version: Int, _ options: PageOptions, in store: RunStore
    ) async throws -> String {
        try await ResampleCores.$isOne.withValue(true) {
            let content = try await PageAssembly.content(of: [try await store.run(run)], options: options, in: store)
            return try HTMLReport.live(content, version: version)
        }
    }

    /// Counts what was stored since.
    private func look() async {
        guard let advance = try? await store.advance(of: record.id, after: last), advance.last != last else { return }
        done += advance.trials
        last = advance.last
        hasNews = true
        guard let candidate = advance.candidate else { return }
        place = ", now \(candidate)"
        if plan.rounds > 1, let round = advance.round { place += ", round \(round) of \(plan.rounds)" }
    }
}
