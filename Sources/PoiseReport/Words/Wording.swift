import Foundation
import PoiseCore

/// Phrases that the page, the chart and the terminal share.
enum Wording {
    static func load(_ load: Load) -> String {
        switch load {
        case .concurrency(1): "one request at a time"
        case .concurrency(let count): "\(Numbers.count(count)) requests in flight"
        case .rate(let perSecond, .poisson): "\(Numbers.trimmed(perSecond)) requests a second, arriving at random"
        case .rate(let perSecond, .constant): "\(Numbers.trimmed(perSecond)) requests a second, evenly spaced"
        }
    }

    /// `n = 440`, or `n = 431–440` where candidates differ.
    static func n(_ candidates: [ViewCandidate]) -> String {
        let counts = candidates.map(\.point.n)
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

    private static func instant(_ timestamp: String) -> Date? {
        let timestamp = hasZone(timestamp) ? timestamp : timestamp + "Z"
        return (try? Date(timestamp, strategy: .iso8601))
            ?? (try? Date(timestamp, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// `2 cores of AMD EPYC 7763, 16 GB, Linux 6.1`
    static func machine(_ machine: MachineFacts) -> String {
        [
            "\(Numbers.counted(machine.cores, "core")) of \(machine.processor)", memory(machine.memory),
            machine.system,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Whole gigabytes without decimals: `16 GB`, `15.6 GB`.
    private static func memory(_ bytes: Int64) -> String {
        bytes > 0 ? Numbers.trimmed((Double(bytes) / 1e8).rounded() / 10) + " GB" : ""
    }

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

    /// What a point says when read aloud, or when the pointer rests on it.
    static func spoken(_ candidate: ViewCandidate) -> String {
        let point = candidate.point
        var parts = [
            "\(candidate.spoken): \(Numbers.percent(point.accuracy))% right",
            "\(Numbers.percentRange(point.accuracyLow, point.accuracyHigh)), n = \(Numbers.count(point.n))",
            "\(Numbers.threeDigits(point.decodeTPS)) tok/s",
            Numbers.range(point.decodeTPSLow, point.decodeTPSHigh),
        ]
        if point.frontProbability != nil {
            parts.append("on the front in \(Numbers.probability(point.frontProbability)) of resamples")
        }
        return parts.joined(separator: "; ")
    }

    /// The chart's caption: load, machine, engine, n, date.
    static func caption(_ content: ReportContent, _ view: FrontView) -> String {
        let tasks = content.tasks.count == 1 ? "one task" : "all \(Numbers.count(content.tasks.count)) tasks"
        let engines = engines(content)
        let instrument = [engines.isEmpty ? nil : engines, machine(content.run.machine)]
            .compactMap(\.self).joined(separator: " on ")
        return "\(content.suite.name): \(tasks), \(n(view.drawn)); \(load(view.load)); \(instrument); "
            + "\(date(content.run.startedAt))."
    }
}
