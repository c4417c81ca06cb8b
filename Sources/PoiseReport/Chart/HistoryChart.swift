import Foundation
import PoiseCore

/// One candidate over many runs: accuracy above, decode speed below, on one axis of time.
struct HistoryChart {
    /// Where the runs stand, 0…1.
    let places: [Double]
    /// Whether places follow the clock; else runs stand at equal distances.
    let isByTime: Bool
    /// The letter of what changed at a run, by the run's place.
    let events: [Int: String]
    private let starts: [String]

    private static let width = 340.0
    private static let left = 42.0
    private static let right = 10.0
    private static let panel = 84.0
    private static let tops = (accuracy: 26.0, speed: 146.0)
    private static let height = 268.0

    init(_ content: HistoryContent) {
        let starts = content.runs.map(\.record.startedAt)
        self.starts = starts
        let seconds = starts.map { Wording.seconds(from: "1970-01-01T00:00:00Z", to: $0) }
        let known = seconds.compactMap(\.self)
        let span = (known.max() ?? 0) - (known.min() ?? 0)
        let closest = zip(known, known.dropFirst()).map { $1 - $0 }.min() ?? 0
        let room = Self.width - Self.left - Self.right
        // Runs that would cover each other stand at equal distances.
        let isClear = known.count == starts.count && known.count > 1 && span > 0 && closest / span * room >= 8
        isByTime = isClear
        places =
            isClear
            ? known.map { ($0 - known[0]) / span }
            : starts.indices.map { index in starts.count == 1 ? 0.5 : Double(index) / Double(starts.count - 1) }
        var events: [Int: String] = [:]
        for (index, run) in content.runs.enumerated() where !run.changes.isEmpty { events[index] = "" }
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        if events.count <= letters.count {
            for (number, index) in events.keys.sorted().enumerated() { events[index] = String(letters[number]) }
        }
        self.events = events
    }

    func element(_ candidate: HistoryCandidate, family: Int, name: String) -> String {
        let points = candidate.points
        let shares = points.flatMap { [$0.point.accuracyLow, $0.point.accuracy, $0.point.accuracyHigh] }
            .compactMap(\.self)
        let speeds = points.flatMap { [$0.point.decodeTPSLow, $0.point.decodeTPS, $0.point.decodeTPSHigh] }
            .compactMap(\.self)
        let colour = MarkShape.colour(family: family)
        let body =
            eventLines()
            + accuracyPanel(points, scale: AxisScale.shares(shares.isEmpty ? [0, 1] : shares))
            + speedPanel(points, scale: Self.speedScale(speeds)) + dates() + verdicts(points)
        return "<svg class=\"history \(colour)\" viewBox=\"0 0 \(text(Self.width)) \(text(Self.height))\" "
            + "width=\"\(text(Self.width))\" height=\"\(text(Self.height))\" role=\"img\" "
            + "aria-label=\"\(Markup.escaped(name))\">\(body)</svg>"
    }

    // MARK: - Panels

    private func accuracyPanel(_ points: [HistoryPoint], scale: AxisScale) -> String {
        let top = Self.tops.accuracy
        let ticks = scale.shareTicks(gap: 0.28).map { ($0, Numbers.percent($0, 0) + "%") }
        let values = points.map { point in
            (point, point.point.accuracy, point.point.accuracyLow, point.point.accuracyHigh)
        }
        return frame("Right answers", top: top, scale: scale, ticks: ticks)
            + trace(points, top: top, scale: scale, value: { $0.point.accuracy }) { $0.accuracy != nil }
            + values.map { point, value, low, high in
                mark(
                    point, value, low, high, top: top, scale: scale,
                    isSure: (point.step?.accuracy?.outcome ?? .undecided) != .undecided)
            }.joined()
    }

    private func speedPanel(_ points: [HistoryPoint], scale: AxisScale) -> String {
        let top = Self.tops.speed
        let ticks = scale.ticks(gap: 0.28)
        return frame("Decode, tok/s", top: top, scale: scale, ticks: Array(zip(ticks, AxisScale.texts(ticks))))
            + trace(points, top: top, scale: scale, value: { $0.point.decodeTPS }) { !$0.isOtherMachine }
            + points.map { point in
                mark(
                    point, point.point.decodeTPS, point.point.decodeTPSLow, point.point.decodeTPSHigh, top: top,
                    scale: scale, isSure: (point.step?.speed?.outcome ?? .undecided) != .undecided)
            }.joined()
    }

    /// An own scale with room for what a run varies by.
    private static func speedScale(_ values: [Double]) -> AxisScale {
        guard let most = values.max(), let least = values.min(), most > 0 else {
            return AxisScale(kind: .linear, low: 0, high: 1)
        }
        let room = max((most - least) * 0.12, most * 0.06)
        return AxisScale(kind: .linear, low: max(0, least - room), high: most + room)
    }

    private func frame(_ title: String, top: Double, scale: AxisScale, ticks: [(Double, String)]) -> String {
        let lines = ticks.map { value, said in
            let y = top + (1 - scale.position(of: value)) * Self.panel
            return "<path class=\"grid\" d=\"M\(text(Self.left)) \(text(y))H\(text(Self.width - Self.right))\"/>"
                + "<text class=\"tick\" x=\"\(text(Self.left - 6))\" y=\"\(text(y + 4))\" text-anchor=\"end\">\(said)</text>"
        }
        return lines.joined() + "<text class=\"axisname\" x=\"2\" y=\"\(text(top - 10))\">\(title)</text>"
    }

    /// Lines from run to run, broken where two are not to be compared.
    private func trace(
        _ points: [HistoryPoint], top: Double, scale: AxisScale, value: (HistoryPoint) -> Double?,
        isJoined: (HistoryStep) -> Bool
    ) -> String {
        var data = ""
        var isOpen = false
        for point in points {
            guard let value = value(point) else {
                isOpen = false
                continue
            }
            let place = "\(text(x(point.run))) \(text(y(value, top, scale)))"
            data += isOpen && point.step.map(isJoined) == true ? "L\(place)" : "M\(place)"
            isOpen = true
        }
        return data.isEmpty ? "" : "<path class=\"trace\" d=\"\(data)\"/>"
    }

    private func mark(
        _ point: HistoryPoint, _ value: Double?, _ low: Double?, _ high: Double?, top: Double, scale: AxisScale,
        isSure: Bool
    ) -> String {
        guard let value else { return "" }
        let (x, radius) = (text(x(point.run)), starts.count > 60 ? 1.75 : isSure ? 4.5 : 3)
        var parts = ""
        if let low, let high {
            parts = "<path class=\"whisker\" d=\"M\(x) \(text(y(low, top, scale)))V\(text(y(high, top, scale)))\"/>"
        }
        return parts
            + "<circle class=\"\(isSure ? "sure" : "dot")\" cx=\"\(x)\" cy=\"\(text(y(value, top, scale)))\" "
            + "r=\"\(text(radius))\"/>"
    }

    // MARK: - Along the time

    private func eventLines() -> String {
        events.sorted { $0.key < $1.key }.map { run, letter in
            let x = text(x(run))
            return
                "<path class=\"event\" d=\"M\(x) \(text(Self.tops.accuracy - 4))V\(text(Self.tops.speed + Self.panel))\"/>"
                + (letter.isEmpty
                    ? ""
                    : "<text class=\"tick\" x=\"\(x)\" y=\"\(text(Self.tops.accuracy - 8))\" text-anchor=\"middle\">\(letter)</text>")
        }.joined()
    }

    /// The first and the last day, at the ends.
    private func dates() -> String {
        let y = text(Self.tops.speed + Self.panel + 18)
        guard let first = starts.first, let last = starts.last, starts.count > 1 else {
            return starts.first.map {
                "<text class=\"tick\" x=\"\(text(x(0)))\" y=\"\(y)\" text-anchor=\"middle\">\(Self.day($0))</text>"
            } ?? ""
        }
        return "<text class=\"tick\" x=\"\(text(Self.left))\" y=\"\(y)\">\(Self.day(first))</text>"
            + (Self.day(first) == Self.day(last)
                ? ""
                : "<text class=\"tick\" x=\"\(text(Self.width - 2))\" y=\"\(y)\" text-anchor=\"end\">\(Self.day(last))</text>")
    }

    /// `2026-11-21`
    private static func day(_ timestamp: String) -> String { Markup.escaped(String(timestamp.prefix(10))) }

    /// A sign for each run's verdict, as far as they do not touch.
    private func verdicts(_ points: [HistoryPoint]) -> String {
        guard starts.count <= 24, points.contains(where: { $0.gate != nil }) else { return "" }
        let y = Self.tops.speed + Self.panel + 34
        return points.compactMap { point in
            point.gate.map { verdict in
                let (sign, kind) =
                    switch verdict {
                    case .pass: ("✓", "pass")
                    case .fail: ("✕", "fail")
                    case .inconclusive: ("?", "open")
                    }
                return
                    "<text class=\"verdict-\(kind)\" x=\"\(text(x(point.run)))\" y=\"\(text(y))\" text-anchor=\"middle\">"
                    + "\(sign)</text>"
            }
        }.joined()
    }

    private func x(_ run: Int) -> Double {
        // Marks at the ends stand inside the frame.
        Self.left + 6 + places[run] * (Self.width - Self.left - Self.right - 12)
    }

    private func y(_ value: Double, _ top: Double, _ scale: AxisScale) -> Double {
        top + (1 - min(max(scale.position(of: value), 0), 1)) * Self.panel
    }

    private func text(_ value: Double) -> String { SVGNumber.text(value) }
}
