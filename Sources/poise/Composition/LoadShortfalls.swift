import PoiseCore
import PoiseReport

/// Levels that were not offered their load, since the endpoint turned requests away or failed again and again.
///
/// What was measured there is true of another load than the one that it stands under.
enum LoadShortfalls {
    /// More levels than this are summed up in one sentence.
    private static let mostListed = 4

    private struct Level: Hashable {
        let candidate: String
        let load: Load
    }

    static func warnings(about shortfalls: [LevelShortfall], in plan: Plan) -> [String] {
        let levels = plan.candidates.flatMap { candidate in
            plan.loads.map { Level(candidate: candidate.id, load: $0) }
        }
        let found = levels.compactMap { level -> (Level, [LevelShortfall])? in
            let own = shortfalls.filter { $0.candidate == level.candidate && $0.load == level.load }
            return own.isEmpty ? nil : (level, own)
        }
        guard found.count > mostListed else {
            return found.map { "\($0.candidate), \(Wording.load($0.load)): \(clause(on: $1, at: $0.load))." }
        }
        let total = found.flatMap(\.1)
        return [
            "\(found.count) of \(levels.count) levels were not offered their load: endpoints \(what(total)), and"
                + " \(held(total)); their speeds are of other loads than they stand under, and poise run at a smaller"
                + " load measures one that can be offered."
        ]
    }

    /// The same for a gate, which holds speeds against each other that may be of other loads: all that concern it.
    static func gateWarnings(
        about shortfalls: [LevelShortfall], of candidates: [String], at load: Load?
    ) -> [GateWarning] {
        let concerned = shortfalls.filter { candidates.contains($0.candidate) && (load == nil || $0.load == load) }
        var seen: Set<Level> = []
        return concerned.map { Level(candidate: $0.candidate, load: $0.load) }.filter { seen.insert($0).inserted }
            .map { level in
                let own = concerned.filter { $0.candidate == level.candidate && $0.load == level.load }
                return .problem(
                    candidate: level.candidate,
                    reason: "at \(Wording.load(level.load)), \(clause(on: own, at: level.load))")
            }
    }

    private static func clause(on shortfalls: [LevelShortfall], at load: Load) -> String {
        "the endpoint \(what(shortfalls)), and \(held(shortfalls)); \(kept(shortfalls, at: load))"
    }

    /// `turned away 37 of 437 requests (429) and failed again and again 2 times`
    private static func what(_ shortfalls: [LevelShortfall]) -> String {
        let requests = shortfalls.reduce(0) { $0 + $1.requests }
        let turnedAway = shortfalls.reduce(0) { $0 + $1.turnedAway }
        let outages = shortfalls.reduce(0) { $0 + $1.outages }
        let parts = [
            turnedAway > 0
                ? "turned away \(Numbers.count(turnedAway)) of \(Numbers.counted(requests, "request")) (429)" : nil,
            outages > 0 ? "was left alone \(Numbers.counted(outages, "time")) since requests failed in a row" : nil,
        ].compactMap(\.self)
        return parts.isEmpty
            ? "was held back with others behind the same address" : Numbers.list(parts, joinedBy: "and")
    }

    /// Those of a report's warnings that are of this kind, each once: a table has room for the ones that make its numbers
    /// mean something else.
    static func sentences(among warnings: [String]) -> [String] {
        var seen: Set<String> = []
        return warnings.filter { $0.contains(sign) && seen.insert($0).inserted }
    }

    private static let sign = "requests were held back for "

    private static func held(_ shortfalls: [LevelShortfall]) -> String {
        let seconds = shortfalls.reduce(0) { $0 + $1.waited } / 1000
        return sign + "\(Numbers.span(seconds: seconds)) in all"
    }

    private static func kept(_ shortfalls: [LevelShortfall], at load: Load) -> String {
        let means = shortfalls.compactMap(\.kept)
        let mean = means.isEmpty ? nil : Numbers.threeDigits(means.reduce(0, +) / Double(means.count))
        switch load {
        case .concurrency(let count):
            let wanted = Numbers.counted(count, "request")
            return mean.map {
                "of \(wanted) in flight \($0) were kept on average, and its speeds are of that load"
            } ?? "its \(wanted) in flight were not kept"
        case .rate(let perSecond, _):
            return mean.map {
                "of \(Numbers.trimmed(perSecond)) requests a second \($0) were offered, and its figures are of that rate"
            } ?? "its rate was not offered"
        }
    }
}
