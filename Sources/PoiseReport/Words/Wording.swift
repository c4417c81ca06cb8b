import Foundation
package import PoiseCore

/// Phrases that the page, the chart, the terminal and the warnings share.
package enum Wording {
    /// `4 requests in flight`, `5 requests a second, arriving at random`
    package static func load(_ load: Load) -> String {
        switch load {
        case .concurrency(1): "one request at a time"
        case .concurrency(let count): "\(Numbers.count(count)) requests in flight"
        case .rate(let perSecond, let arrivals):
            "\(Numbers.trimmed(perSecond)) \(perSecond == 1 ? "request" : "requests") a second, \(said(arrivals))"
        }
    }

    private static func said(_ arrivals: Load.Arrivals) -> String {
        switch arrivals {
        case .poisson: "arriving at random"
        case .constant: "evenly spaced"
        }
    }

    /// `at 1 and 4 requests in flight and at 5 requests a second, arriving at random`
    static func loads(_ loads: [Load]) -> String {
        guard loads.count > 1 else { return loads.first.map(load) ?? "" }
        let counts = loads.compactMap { $0.concurrency.map(Numbers.count) }
        let closed =
            counts.isEmpty ? [] : ["at \(Numbers.list(counts)) \(counts == ["1"] ? "request" : "requests") in flight"]
        let open = Load.Arrivals.allCases.compactMap { arrivals -> String? in
            let rates = loads.compactMap { load -> Double? in
                if case .rate(let perSecond, arrivals) = load { perSecond } else { nil }
            }
            guard !rates.isEmpty else { return nil }
            let unit = rates == [1] ? "request" : "requests"
            return "at \(Numbers.list(rates.map(Numbers.trimmed))) \(unit) a second, \(said(arrivals))"
        }
        return Numbers.list(closed + open)
    }

    /// Why a report has a front for each machine.
    static func apart(_ machines: Int) -> String {
        "These runs were made on machines of \(Numbers.count(machines)) kinds. Speeds of different machines never share a "
            + "front, so each machine has fronts of its own; right answers may be compared across them."
    }

    /// The first letter in upper case, as a sentence begins.
    static func sentence(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    /// `n = 440`, or `n = 431–440` where candidates differ.
    static func n(_ candidates: [ViewCandidate]) -> String { n(counts: candidates.map(\.point.n)) }

    static func n(counts: [Int]) -> String {
        guard let least = counts.min(), let most = counts.max() else { return "n = 0" }
        return least == most ? "n = \(Numbers.count(most))" : "n = \(Numbers.count(least))–\(Numbers.count(most))"
    }

    /// A number with its unit or its n, which no line break parts.
    static func unbroken(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "\u{A0}")
    }

    /// `21 November 2026`; what does not look like an ISO 8601 date stays as it is.
    static func date(_ timestamp: String) -> String {
        let parts = timestamp.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, Int(parts[0]) != nil, let month = Int(parts[1]),
            let day = Int(parts[2]), months.indices.contains(month - 1), (1...31).contains(day)
        else { return timestamp }
        return "\(day) \(months[month - 1]) \(parts[0])"
    }

    /// `21 November 2026, 07:14 UTC`; a time without a zone is one in UTC, as a run's are.
    static func dateAndTime(_ timestamp: String) -> String {
        let clock = timestamp.dropFirst(11).prefix(5)
        guard timestamp.dropFirst(10).first == "T", clock.count == 5, !hasZone(timestamp) || timestamp.hasSuffix("Z")
        else { return date(timestamp) }
        return "\(date(timestamp)), \(clock) UTC"
    }

    private static func hasZone(_ timestamp: String) -> Bool {
        timestamp.dropFirst(11).contains { "Z+-".contains($0) }
    }

    /// Seconds between two ISO 8601 times; nil where one of them is not one, or they run backwards.
    static func seconds(from start: String, to end: String?) -> Double? {
        guard let end, let from = instant(start), let to = instant(end), to >= from else { return nil }
        return to.timeIntervalSince(from)
    }

    /// Seconds that a run took, without those between its parts; nil where that is not known.
    static func seconds(of run: RunRecord) -> Double? {
        seconds(from: run.startedAt, to: run.endedAt).map { max(0, $0 - (run.paused ?? 0)) }
    }

    private static func instant(_ timestamp: String) -> Date? {
        let timestamp = hasZone(timestamp) ? timestamp : timestamp + "Z"
        return (try? Date(timestamp, strategy: .iso8601))
            ?? (try? Date(timestamp, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// Every engine of the run with its build: `llama.cpp b6123`.
    static func engines(_ content: ReportContent) -> String {
        let names = content.engines.values.map { facts in
            [facts.engine, facts.build].compactMap(\.self).joined(separator: " ")
        }
        return Numbers.list(Set(names).sorted())
    }

    /// `tiny-m at q8_0 and q4_0 and tiny-s at f16`: neighbours of one model share its name.
    static func names(_ candidates: [ViewCandidate]) -> String {
        var groups: [(model: String, quantizations: [String])] = []
        for candidate in candidates {
            let quantization = candidate.point.quantization
            if let quantization, groups.last?.model == candidate.point.model,
                groups.last?.quantizations.isEmpty == false
            {
                groups[groups.count - 1].quantizations.append(quantization)
            } else {
                groups.append((candidate.point.model, quantization.map { [$0] } ?? []))
            }
        }
        return Numbers.list(
            groups.map { $0.quantizations.isEmpty ? $0.model : "\($0.model) at \(Numbers.list($0.quantizations))" }
        )
    }

    /// What a mark says when read aloud, or when the pointer rests on it.
    static func spoken(_ candidate: DrawnCandidate, in front: DrawnFront) -> String {
        let place = candidate.place
        var parts = [
            "\(candidate.spoken): \(Numbers.percent(place.y?.estimate))% \(front.y.short)",
            "\(Numbers.percentRange(place.y?.low, place.y?.high)), n = \(Numbers.count(place.n))",
            front.x.spoken(place.x?.estimate),
        ]
        if place.x?.low != nil || front.x.metric == .decodeTPS {
            parts.append(front.x.spokenRange(place.x?.low, place.x?.high))
        }
        if place.frontProbability != nil {
            parts.append("on the front in \(Numbers.probability(place.frontProbability)) of resamples")
        }
        return parts.joined(separator: "; ")
    }

    /// The chart's caption: load, machine, engine, n, date.
    static func caption(_ content: ReportContent, _ view: FrontView) -> String {
        caption(content, DrawnFront(view, scope: scope(content.tasks.count)))
    }

    static func caption(_ content: ReportContent, _ front: DrawnFront) -> String {
        "\(content.suite.name): \(view(front)); \(place(content))."
    }

    /// `llama.cpp b6123 on 2 cores of …; 21 November 2026`: what answered where, and when.
    static func place(_ content: ReportContent) -> String {
        let engines = engines(content)
        let instrument = [engines.isEmpty ? nil : engines, content.run.machine.summary]
            .compactMap(\.self).joined(separator: " on ")
        return "\(instrument); \(date(content.run.startedAt))"
    }

    /// `all 12 tasks, n = 440; one request at a time`: what a front is of.
    static func view(_ front: DrawnFront) -> String {
        "\(front.scope), \(n(counts: front.drawn.map(\.place.n))); \(load(front.load))"
    }

    /// `one task`, `all 12 tasks`
    static func scope(_ tasks: Int) -> String {
        tasks == 1 ? "one task" : "all \(Numbers.count(tasks)) tasks"
    }

    /// What the axes are taken from: `the task add`, `the tasks add and sort`, or of many their number.
    static func scope(of axes: FrontAxes, tasks all: Int) -> String {
        switch axes.tasks.count {
        case 0: scope(all)
        case 1: "the task \(axes.tasks[0])"
        case 2...4: "the tasks \(Numbers.list(axes.tasks))"
        case let count: "\(Numbers.count(count)) tasks"
        }
    }
}
