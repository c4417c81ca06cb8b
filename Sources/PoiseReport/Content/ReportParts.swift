package import PoiseCore

/// The run that a candidate's point at a load comes from.
package struct PointOrigin: Hashable, Codable, Sendable {
    package var candidate: String
    package var load: Load
    package var run: String

    package init(candidate: String, load: Load, run: String) {
        self.candidate = candidate
        self.load = load
        self.run = run
    }
}

extension ReportContent {
    /// The machines of a report, each with its own content.
    package var parts: [ReportContent] {
        var first = self
        first.otherMachines = []
        return [first] + otherMachines.flatMap(\.parts)
    }

    /// The runs of this machine.
    package var runs: [RunRecord] { [run] + joinedRuns }

    /// The loads that something was measured at; the first load of the suite where nothing was.
    package var measuredLoads: [Load] {
        let all = allLoads
        let measured = all.filter { load in points.contains { $0.load == load } }
        return measured.isEmpty ? Array(all.prefix(1)) : measured
    }

    /// The run that a point comes from.
    package func runID(of point: FrontPoint) -> String { runID(of: point.candidate, at: point.load) }

    package func runID(of candidate: String, at load: Load) -> String {
        origins.first { $0.candidate == candidate && $0.load == load }?.run ?? run.id
    }

    /// About how many requests are under way at a load: what it says, or by Little's law the rate times the longest of
    /// the candidates' median waits; nil where nothing was measured at a rate.
    package func streams(at load: Load) -> Int? {
        guard case .rate(let perSecond, _) = load else { return load.concurrency }
        let waits = points.filter { $0.load == load }.compactMap { point in
            point.latency.map { max(0, $0 - (point.queueDelay ?? 0)) }
        }
        guard let longest = waits.filter(\.isFinite).max() else { return nil }
        return max(1, Int(min(1e9, (perSecond * longest / 1000).rounded(.up))))
    }
}

extension [ReportContent] {
    /// `machine A`, `machine B`, …: what tells the machines of one report apart; empty where there is one.
    func machineName(_ index: Int) -> String {
        guard count > 1 else { return "" }
        let letters = Array<Character>("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return "machine " + (index < letters.count ? String(letters[index]) : "\(index + 1)")
    }
}

extension FrontPoint {
    /// Whether tokens of several requests flow at once, so that what they add up to is a number of its own.
    var isShared: Bool { load != .concurrency(1) }
}
