import PoiseCore

/// The small drawings of the ladders, on scales that all rungs share.
struct LadderDrawing {
    private let scale: AxisScale
    /// A loss that is accepted, as a share; nil where none is.
    private let margin: Double?
    /// Flips that fill their side of the drawing; more are cut there.
    private let mostFlips: Int

    private static let width = 152.0
    private static let half = 38.0
    /// Differences beyond it are cut, since one broken rung would press all others together.
    private static let farthest = 0.15

    init(_ ladders: [Ladder]) {
        let rungs = ladders.flatMap(\.rungs)
        let changes = rungs.compactMap { $0.change?.accuracy }
        margin = ladders.lazy.compactMap(\.margin).first
        let lows = changes.map { $0.low ?? $0.difference } + [-(margin ?? 0) * 1.5, -0.02]
        let highs = changes.map { $0.high ?? $0.difference } + [0.01]
        scale = AxisScale(
            kind: .linear, low: max(-Self.farthest, lows.min() ?? 0), high: min(Self.farthest, highs.max() ?? 0))
        let flips = rungs.compactMap { rung in rung.change.flatMap { $0.flips.n > 0 ? $0.flips : nil } }
            .map { max($0.lost, $0.gained) }.sorted()
        let middle = flips.isEmpty ? 0 : flips[flips.count / 2]
        mostFlips = max(5, min(flips.last ?? 0, middle * 5))
    }

    private func x(_ difference: Double) -> Double {
        min(1, max(0, scale.position(of: difference))) * Self.width
    }

    private func svg(_ content: String, width: Double, height: Int = 18) -> String {
        "<svg class=\"cell\" viewBox=\"0 0 \(SVGNumber.text(width)) \(height)\" width=\"\(SVGNumber.text(width))\" "
            + "height=\"\(height)\" aria-hidden=\"true\">\(content)</svg>"
    }

    /// Points that people say, at least three of them where there is room.
    var axis: String {
        let span = (scale.high - scale.low) * 100
        let step = [1.0, 2, 5, 10].first { span / $0 <= 4.5 } ?? 10
        let first = Int((scale.low * 100 / step).rounded(.up))
        let last = Int((scale.high * 100 / step).rounded(.down))
        guard first <= last else { return "" }
        let words = (first...last).map { place -> String in
            let value = Double(place) * step
            let at = x(value / 100)
            let anchor = at < 10 ? "start" : at > Self.width - 10 ? "end" : "middle"
            return "<text x=\"\(SVGNumber.text(at))\" y=\"12\" text-anchor=\"\(anchor)\">"
                + "\(value > 0 ? "+" : "")\(Numbers.trimmed(value))</text>"
        }
        return svg(words.joined(), width: Self.width, height: 16)
    }

    /// A difference with its interval against zero and the accepted loss.
    func interval(_ change: AccuracyChange?) -> String {
        let zero = "<path class=\"zero\" d=\"M\(SVGNumber.text(x(0))) 0V18\"/>"
        let rule = margin.map { "<path class=\"margin\" d=\"M\(SVGNumber.text(x(-$0))) 0V18\"/>" } ?? ""
        guard let change else { return svg(zero + rule, width: Self.width) }
        var marks = ""
        if let low = change.low, let high = change.high, high > scale.low, low < scale.high {
            marks += "<path class=\"span\" d=\"M\(SVGNumber.text(x(low))) 9H\(SVGNumber.text(x(high)))\"/>"
        }
        if change.difference < scale.low {
            marks += "<path class=\"beyond\" d=\"M6 5l-4 4 4 4\"/>"
        } else if change.difference > scale.high {
            let end = SVGNumber.text(Self.width - 6)
            marks += "<path class=\"beyond\" d=\"M\(end) 5l4 4-4 4\"/>"
        } else {
            marks += "<path class=\"mid\" d=\"M\(SVGNumber.text(x(change.difference))) 9h0\"/>"
        }
        return svg(zero + rule + marks, width: Self.width)
    }

    /// Lost to the left of the middle, hollow; gained to the right, full.
    func flips(_ flips: Flips) -> String {
        func length(_ count: Int) -> Double { Double(min(count, mostFlips)) / Double(mostFlips) * (Self.half - 1) }
        let (lost, gained) = (length(flips.lost), length(flips.gained))
        func cut(_ count: Int, at x: Double) -> String {
            count > mostFlips ? "<path class=\"cut\" d=\"M\(SVGNumber.text(x)) 3l3 12\"/>" : ""
        }
        let left =
            flips.lost == 0
            ? ""
            : "<rect class=\"lost\" x=\"\(SVGNumber.text(Self.half - lost))\" y=\"4.5\" width=\""
                + "\(SVGNumber.text(max(0.5, lost - 0.5)))\" height=\"9\"/>"
        let right =
            flips.gained == 0
            ? ""
            : "<rect class=\"gained\" x=\"\(SVGNumber.text(Self.half + 0.5))\" y=\"4\" width=\""
                + "\(SVGNumber.text(max(1, gained)))\" height=\"10\"/>"
        return svg(
            left + right + cut(flips.lost, at: 8) + cut(flips.gained, at: Self.half * 2 - 11), width: Self.half * 2)
    }
}
