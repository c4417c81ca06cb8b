import Foundation
package import PoiseCore

/// A baseline that a team keeps beside its code: one candidate as it was measured, at one or more loads.
///
/// One line a sample, so that a new baseline reads as a difference; the same measurements are the same bytes. Times are
/// kept to the microsecond, answers and samples as the beginnings of their SHA-256.
package struct BaselineFile: Hashable, Sendable {
    /// Of the layout; a reader refuses those that it does not know.
    static let format = 1
    static let formatKey = "poiseBaseline"

    /// By load, at least one; all of one candidate and one run.
    package let loads: [MeasuredCandidate]

    /// - Parameter loads: of one candidate of one run; nil where there is none, or they are of several.
    package init?(_ loads: [MeasuredCandidate]) {
        guard let first = loads.first,
            loads.allSatisfy({ $0.candidate == first.candidate && $0.run == first.run && !$0.observations.isEmpty })
        else { return nil }
        self.loads = loads.sorted { $0.load < $1.load }
    }

    package var candidate: String { loads[0].candidate }
    package var run: String { loads[0].run }

    // MARK: - Writing

    package var text: String {
        let first = loads[0]
        var lines = [
            "{",
            "\"\(Self.formatKey)\": \(Self.format),",
            "\"candidate\": \(Self.quoted(first.candidate)),",
            "\"model\": \(Self.quoted(first.model)),",
            "\"quantization\": \(first.quantization.map(Self.quoted) ?? "null"),",
            "\"run\": \(Self.quoted(first.run)),",
            "\"peakMemory\": \(first.peakMemory.map(String.init) ?? "null"),",
            "\"price\": \(first.price.map(Self.json) ?? "null"),",
            "\"circumstances\": \(Self.json(first.circumstances)),",
            "\"columns\": \(Self.list(BaselineTrial.columns.map(Self.quoted))),",
            "\"loads\": [",
        ]
        for (index, load) in loads.enumerated() {
            lines.append("{\"load\": \(OrderedJSON.load(load.load).text), \"samples\": [")
            lines.append(Self.samples(of: load).joined(separator: ",\n"))
            lines.append("]}" + (index + 1 < loads.count ? "," : ""))
        }
        return (lines + ["]", "}"]).joined(separator: "\n") + "\n"
    }

    /// `["add","add-7","3f9a…",[[1,1,1,…],[2,1,1,…]]]`, in order of their names.
    private static func samples(of load: MeasuredCandidate) -> [String] {
        let bySample = Dictionary(grouping: load.observations) { [$0.task, $0.sample] }
        return bySample.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { name, trials in
            let sorted = trials.sorted { ($0.round, $0.epoch) < ($1.round, $1.epoch) }.map { trial in
                list(BaselineTrial(trial).values)
            }
            let digest = load.samples[name[0]]?[name[1]].map(quoted) ?? "null"
            return list([quoted(name[0]), quoted(name[1]), digest, list(sorted)])
        }
    }

    private static func list(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }

    private static func quoted(_ text: String) -> String { JSONValue.string(text).text }

    /// With its members in order of their names.
    private static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of these types always encode; a reader would refuse what is empty here.
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

/// A trial as a row of numbers.
struct BaselineTrial {
    static let columns = [
        "round", "epoch", "score", "answer", "ttft", "ttfo", "latency", "decodedTokens", "decodeSpan", "outputTokens",
        "promptTokens", "charactersPerSecond", "queueDelay", "scheduled", "ended", "isLengthCapped", "hasFailed",
    ]

    let values: [String]

    init(_ trial: Observation) {
        func number(_ value: Double?, _ decimals: Double = 1000) -> String {
            guard let value, value.isFinite else { return "null" }
            return OrderedJSON.number((value * decimals).rounded() / decimals).text
        }
        func count(_ value: Int?) -> String { value.map(String.init) ?? "null" }
        func flag(_ value: Bool?) -> String { value.map { $0 ? "1" : "0" } ?? "null" }
        values = [
            "\(trial.round)", "\(trial.epoch)", trial.score.map { OrderedJSON.number($0).text } ?? "null",
            trial.answer.map { "\"\(AnswerDigest.of($0).dropFirst(AnswerDigest.mark.count))\"" } ?? "null",
            number(trial.ttft), number(trial.ttfo),
            number(trial.latency), count(trial.decodedTokens), number(trial.decodeSpan), count(trial.outputTokens),
            count(trial.promptTokens), number(trial.charactersPerSecond), number(trial.queueDelay),
            number(trial.scheduled, 10), number(trial.ended, 10), flag(trial.isLengthCapped), flag(trial.hasFailed),
        ]
    }
}
