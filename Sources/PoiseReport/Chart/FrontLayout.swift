import PoiseCore

/// Where everything of a front chart stands, in units of 1/16 rem; y grows downwards.
struct FrontLayout {
    /// One candidate's mark with its whiskers and its label.
    struct Mark {
        let candidate: DrawnCandidate
        let x: Double
        let y: Double
        /// Ends of the horizontal whisker.
        let left: Double
        let right: Double
        /// Ends of the vertical whisker.
        let top: Double
        let bottom: Double
        let label: String
        /// Whether the label carries the model's name.
        let isNamed: Bool
        let isPick: Bool
        /// Whether it is on the right side of all limits that the chart shows.
        let keepsLimits: Bool
        var place: LabelPlacement.Place
    }

    let width: Double
    let height: Double
    let plot: Box
    let xScale: AxisScale
    let yScale: AxisScale
    let radius: Double
    /// In the suite's order.
    private(set) var marks: [Mark]
    /// The corners of the stepped front, from the left edge to the floor; empty where nothing is drawn.
    let frontier: [(x: Double, y: Double)]
    /// Where bands of felt speed begin and end, from left to right, cut to the plot.
    let bands: [(band: FeltBand, left: Double, right: Double)]
    /// Where the limits stand; nil of one that lies outside of the plot.
    let limitX: Double?
    let limitY: Double?

    var isNarrow: Bool { width < 560 }

    static let labelSize = 12.5
    static let labelHeight = 16.0
    static let pickSize = 14.0
    static let pickHeight = 19.0
    /// How far the ring around the pick stands off its mark.
    static let ring = 5.0

    /// The front that every run ends with.
    init(_ view: FrontView, width: Double) { self.init(DrawnFront(view), width: width) }

    init(_ front: DrawnFront, width: Double) {
        let isNarrow = width < 560
        self.width = width
        height = isNarrow ? max(420, min(560, (width * 1.22).rounded())) : max(460, min(760, (width * 0.6).rounded()))
        let left = isNarrow ? 38.0 : 48
        // The bands' words stand in a strip above.
        let top = front.guide.bands.isEmpty ? 34.0 : 56
        let plot = Box(
            x: left, y: top, width: width - left - (isNarrow ? 10 : 18), height: height - top - 50
        )
        let drawn = front.drawn
        let xScale = front.x.scale(drawn.flatMap { [$0.xLow, $0.x, $0.xHigh] })
        let yScale = AxisScale.shares(front.isOfOneTask ? [0, 1] : drawn.flatMap { [$0.yLow, $0.y, $0.yHigh] })
        // What has no end leaves the plot at its edge.
        let across = { (value: Double) in plot.x + min(1, max(0, xScale.position(of: value))) * plot.width }
        let down = { (value: Double) in plot.bottom - yScale.position(of: value) * plot.height }
        self.plot = plot
        self.xScale = xScale
        self.yScale = yScale
        radius = isNarrow ? 5 : 6
        let named = Self.namedCandidates(drawn)
        let most = plot.width * (isNarrow ? 0.4 : 0.32)
        let names = Self.shortNames(front.models, most: most)
        let guide = front.guide
        let divisor = front.x.column.divisor
        bands = guide.bands.compactMap { band in
            let (low, high) = (across(band.low / divisor), across(band.high / divisor))
            return high - low > 1 ? (band, low, high) : nil
        }
        limitX = guide.limitX.map { xScale.position(of: $0 / divisor) }
            .flatMap { $0 > 0 && $0 < 1 ? plot.x + $0 * plot.width : nil }
        limitY = guide.limitY.map(yScale.position).flatMap { $0 > 0 && $0 < 1 ? plot.bottom - $0 * plot.height : nil }
        marks = drawn.map { candidate in
            let isPick = candidate.id == guide.pick
            let isNamed = isPick || named.contains(candidate.id)
            let isFastEnough =
                guide.limitX.map { limit in
                    front.x.metric.isBetterHigher
                        ? candidate.x >= limit / divisor : candidate.x <= limit / divisor
                } ?? true
            return Mark(
                candidate: candidate, x: across(candidate.x), y: down(candidate.y),
                left: min(across(candidate.xLow), across(candidate.xHigh)),
                right: max(across(candidate.xLow), across(candidate.xHigh)),
                top: down(candidate.yHigh), bottom: down(candidate.yLow),
                label: Self.label(of: candidate, model: names[candidate.family], isNamed: isNamed, most: most),
                isNamed: isNamed, isPick: isPick, keepsLimits: isFastEnough && candidate.y >= guide.limitY ?? 0,
                place: LabelPlacement.Place(box: plot, needsLeader: false, isHidden: true)
            )
        }
        frontier = Self.frontier(of: front.front.map { (across($0.x), down($0.y)) }, in: plot)
        placeLabels()
    }

    /// Lines through each model's candidates, in the suite's order; models with one candidate have none.
    var ladders: [(family: Int, points: [(x: Double, y: Double)])] {
        Dictionary(grouping: marks, by: \.candidate.family)
            .filter { $0.value.count > 1 }
            .sorted { $0.key < $1.key }
            .map { ($0.key, $0.value.map { ($0.x, $0.y) }) }
    }

    /// A staircase from the left edge over every member and down to the floor.
    ///
    /// - Parameter members: from left to right and falling; y grows downwards.
    static func frontier(of members: [(x: Double, y: Double)], in plot: Box) -> [(x: Double, y: Double)] {
        guard let first = members.first else { return [] }
        var corners = [(x: plot.x, y: first.y)]
        for (index, member) in members.enumerated() {
            corners.append(member)
            corners.append((member.x, index + 1 < members.count ? members[index + 1].y : plot.bottom))
        }
        return corners
    }

    /// The f16 of each model, or its first candidate, carries the model's name.
    private static func namedCandidates(_ drawn: [DrawnCandidate]) -> Set<String> {
        Set(
            Dictionary(grouping: drawn, by: \.family).values.compactMap { rungs in
                (rungs.first { $0.quantization?.lowercased() == "f16" } ?? rungs.first)?.id
            }
        )
    }

    /// - Parameter model: the model's name, as short as all models' names allow.
    private static func label(of candidate: DrawnCandidate, model: String, isNamed: Bool, most: Double) -> String {
        guard let quantization = candidate.quantization else {
            return TextWidth.shortened(model, to: most, size: labelSize, isBold: true)
        }
        guard isNamed else { return TextWidth.shortened(quantization, to: most / 2, size: labelSize) }
        let tail = TextWidth.shortened(quantization, to: most / 2, size: labelSize, isBold: true)
        let room = most - TextWidth.of(" " + tail, size: labelSize, isBold: true)
        return TextWidth.shortened(model, to: room, size: labelSize, isBold: true) + " " + tail
    }

    /// The models' names without the ending that all share, where one of them is too long for a label.
    ///
    /// `qwen-8b-instruct` and `llama-8b-instruct` differ at their beginning, which a cut in the middle would blur.
    static func shortNames(_ models: [String], most: Double) -> [String] {
        let isTooLong = models.contains { TextWidth.of($0, size: labelSize, isBold: true) > most * 0.7 }
        let parts = models.map { $0.split(separator: "-", omittingEmptySubsequences: false) }
        guard isTooLong, models.count > 1, let first = parts.first else { return models }
        let shortest = parts.map(\.count).min() ?? 0
        var shared = 0
        while shared < shortest - 1, parts.allSatisfy({ $0[$0.count - 1 - shared] == first[first.count - 1 - shared] })
        {
            shared += 1
        }
        return parts.map { $0.dropLast(shared).joined(separator: "-") }
    }

    /// The pick first, then members of the front, then those that carry a name, then the rest.
    private mutating func placeLabels() {
        let order = marks.indices.sorted { left, right in
            (Self.rank(marks[left]), left) < (Self.rank(marks[right]), right)
        }
        let labels = order.map { index in
            let mark = marks[index]
            return LabelPlacement.Label(
                x: mark.x, y: mark.y, radius: mark.isPick ? radius + Self.ring + 1 : radius,
                width: TextWidth.of(
                    mark.label, size: mark.isPick ? Self.pickSize : Self.labelSize, isBold: mark.isNamed) + 2,
                height: mark.isPick ? Self.pickHeight : Self.labelHeight
            )
        }
        let area = Box(x: plot.x + 2, y: plot.y + 2, width: plot.width - 2, height: plot.height - 4)
        let places = LabelPlacement.places(for: labels, lines: lines, in: area)
        for (index, place) in zip(order, places) { marks[index].place = place }
    }

    private static func rank(_ mark: Mark) -> Int {
        mark.isPick ? 0 : mark.candidate.isOnFront ? 1 : mark.isNamed ? 2 : 3
    }

    private var lines: [LabelPlacement.Line] {
        let steps = zip(frontier, frontier.dropFirst())
            .map { LabelPlacement.Line(Segment($0.x, $0.y, $1.x, $1.y), cost: LabelPlacement.Line.frontier) }
        let rungs = ladders.flatMap { ladder in
            zip(ladder.points, ladder.points.dropFirst())
                .map { LabelPlacement.Line(Segment($0.x, $0.y, $1.x, $1.y), cost: LabelPlacement.Line.ladder) }
        }
        let whiskers = marks.flatMap { mark in
            [Segment(mark.x, mark.top, mark.x, mark.bottom), Segment(mark.left, mark.y, mark.right, mark.y)]
                .map { LabelPlacement.Line($0, cost: LabelPlacement.Line.whisker) }
        }
        let limits = [
            limitX.map { Segment($0, plot.y, $0, plot.bottom) }, limitY.map { Segment(plot.x, $0, plot.right, $0) },
        ].compactMap { $0.map { LabelPlacement.Line($0, cost: LabelPlacement.Line.limit) } }
        return steps + rungs + whiskers + limits
    }
}
