import PoiseCore

/// Faults as people write them: `NAME[=VALUE][@WHEN]`, as in `status=429:2@1-3`, `reset=5@10%`, `crlf`.
///
/// WHEN is a list of request numbers and ranges, or a percentage; every request without it.
extension SimulatorFaults.Rule: LosslessStringConvertible {
    /// - Throws: `SimulatorFaultTextFailure` with what was expected.
    package init(parsing text: String) throws {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let named = (parts.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map(String.init)
        let fault = try Self.fault(named: named.first ?? "", value: named.count > 1 ? named[1] : nil, in: text)
        self.init(fault, on: parts.count > 1 ? try Self.occurrence(parts[1], in: text) : .always)
    }

    package init?(_ description: String) {
        try? self.init(parsing: description)
    }

    package var description: String {
        let when =
            switch occurrence {
            case .always: ""
            case .requests(let ranges):
                "@"
                    + ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
                    .joined(separator: ",")
            case .probability(let share): "@\(share * 100)%"
            }
        return fault.text + when
    }

    private static func fault(named name: String, value: String?, in text: String) throws -> SimulatorFault {
        guard let form = SimulatorFault.forms.first(where: { $0.name == name }) else {
            throw SimulatorFaultTextFailure.unknownName(
                name, in: text, nearest: nearest(to: name, among: SimulatorFault.forms.map(\.name))
            )
        }
        switch (form.make, value) {
        case (.plain(let fault), nil): return fault
        case (.plain, .some): throw SimulatorFaultTextFailure.value(of: name, expected: "no value", in: text)
        case (.counted(let things, let range, let make), let value):
            guard let count = value.flatMap({ Int($0) }), range.contains(count) else {
                throw SimulatorFaultTextFailure.value(
                    of: name, expected: "a number of \(things), from \(range.lowerBound) to \(range.upperBound)",
                    in: text)
            }
            return make(count)
        case (.status, let value):
            guard let fault = status(value ?? "") else {
                throw SimulatorFaultTextFailure.value(
                    of: name,
                    expected: "a status from 400 to 599, and perhaps seconds to wait as a number or a date: "
                        + "429:2, 429:2:date",
                    in: text
                )
            }
            return fault
        }
    }

    /// `CODE`, `CODE:SECONDS` or `CODE:SECONDS:date`.
    private static func status(_ value: String) -> SimulatorFault? {
        var parts = value.split(separator: ":", omittingEmptySubsequences: false)
        let asDate = parts.count == 3 && parts.last == "date"
        if asDate { parts.removeLast() }
        guard (asDate ? 2...2 : 1...2).contains(parts.count), let code = Int(parts[0]), (400...599).contains(code)
        else { return nil }
        guard parts.count == 2 else { return .status(code) }
        guard let seconds = Int(parts[1]), (0...1_000_000).contains(seconds) else { return nil }
        return .status(code, retryAfter: seconds, asDate: asDate)
    }

    private static func occurrence(_ when: String, in text: String) throws -> SimulatorFaults.Occurrence {
        if when.hasSuffix("%") {
            guard let percent = Double(when.dropLast()), (0...100).contains(percent) else {
                throw SimulatorFaultTextFailure.occurrence(when, in: text)
            }
            return .probability(percent / 100)
        }
        let ranges = try when.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard let last = ends.last ?? nil, let first = ends.first ?? nil, ends.count <= 2, first >= 1, first <= last
            else { throw SimulatorFaultTextFailure.occurrence(when, in: text) }
            return first...last
        }
        return .requests(ranges)
    }
}

extension SimulatorFaults.Rule: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension SimulatorFault {
    /// How a fault is made from its value.
    enum Make: Sendable {
        case plain(SimulatorFault)
        /// With a number of what is named.
        case counted(String, ClosedRange<Int>, @Sendable (Int) -> SimulatorFault)
        case status
    }

    /// Every fault's name, in the order of a help page.
    static let forms: [(name: String, make: Make)] = [
        ("status", .status),
        ("close-before-headers", .plain(.closeBeforeHeaders)),
        ("hang", .plain(.hang)),
        ("close", .counted("chunks before it", 0...1_000_000) { .close(afterChunks: $0) }),
        ("reset", .counted("chunks before it", 0...1_000_000) { .reset(afterChunks: $0) }),
        ("stall", .counted("chunks before it", 0...1_000_000) { .stall(afterChunks: $0) }),
        ("drip", .counted("milliseconds between events", 1...1_000_000) { .drip(milliseconds: $0) }),
        ("malformed", .counted("chunks before it", 0...1_000_000) { .malformed(afterChunks: $0) }),
        ("error", .counted("chunks before it", 0...1_000_000) { .error(afterChunks: $0) }),
        ("no-done", .plain(.withoutDone)),
        ("huge", .counted("bytes", 1...1_000_000_000) { .huge(bytes: $0) }),
        ("endless", .plain(.endless)),
        ("coalesce", .counted("events in a write", 1...1_000_000) { .coalesced(events: $0) }),
        ("split", .counted("pieces", 1...1_000_000) { .split(pieces: $0) }),
        ("crlf", .plain(.carriageReturns)),
        ("comments", .plain(.comments)),
        ("whole", .plain(.ignoresStream)),
        ("echo-key", .plain(.echoesKey)),
        ("close-after-response", .plain(.closeAfterResponse)),
    ]

    /// The names that `SimulatorFaults.Rule(parsing:)` knows.
    package static var names: [String] { forms.map(\.name) }

    /// The fault as it is written.
    var text: String {
        switch self {
        case .status(let code, let retryAfter, let asDate):
            "status=\(code)" + (retryAfter.map { ":\($0)" + (asDate ? ":date" : "") } ?? "")
        case .closeBeforeHeaders: "close-before-headers"
        case .hang: "hang"
        case .close(let chunks): "close=\(chunks)"
        case .reset(let chunks): "reset=\(chunks)"
        case .stall(let chunks): "stall=\(chunks)"
        case .drip(let milliseconds): "drip=\(milliseconds)"
        case .malformed(let chunks): "malformed=\(chunks)"
        case .error(let chunks): "error=\(chunks)"
        case .withoutDone: "no-done"
        case .huge(let bytes): "huge=\(bytes)"
        case .endless: "endless"
        case .coalesced(let events): "coalesce=\(events)"
        case .split(let pieces): "split=\(pieces)"
        case .carriageReturns: "crlf"
        case .comments: "comments"
        case .ignoresStream: "whole"
        case .echoesKey: "echo-key"
        case .closeAfterResponse: "close-after-response"
        }
    }
}

/// A fault that was not written as one can be.
package enum SimulatorFaultTextFailure: ExplainedError, Equatable {
    case unknownName(String, in: String, nearest: String?)
    case value(of: String, expected: String, in: String)
    case occurrence(String, in: String)

    package var what: String {
        switch self {
        case .unknownName(let name, _, _): "there is no fault named \"\(name)\""
        case .value(let name, let expected, _): "the fault \"\(name)\" takes \(expected)"
        case .occurrence(let when, _): "\"\(when)\" does not say which requests have the fault"
        }
    }

    package var place: String? {
        switch self {
        case .unknownName(_, let text, _), .value(_, _, let text), .occurrence(_, let text): "fault \"\(text)\""
        }
    }

    package var remedy: String? {
        switch self {
        case .unknownName(_, _, let nearest):
            nearest.map { "Did you mean \"\($0)\"?" }
                ?? "Known faults: \(SimulatorFault.names.joined(separator: ", "))."
        case .value: "As in status=429:2, reset=5, split=3, crlf."
        case .occurrence: "Numbers and ranges from 1 (@1-3,7) or a percentage (@10%)."
        }
    }
}
