/// Puts labels beside their points so that no two overlap and none leaves the area.
///
/// Each label tries 8 directions × 4 distances and pays for what it would cover and for distance; several passes let
/// the labels make room for each other, the first ones first. A last pass is strict: what would still cover another
/// label or the edge takes the cheapest place that does not, or is hidden. The same input gives the same places.
package struct LabelPlacement {
    /// A label that wants a place.
    package struct Label: Hashable, Sendable {
        /// The point that it names.
        package var x: Double
        package var y: Double
        /// The radius of the point's mark, which the label keeps clear of.
        package var radius: Double
        package var width: Double
        package var height: Double

        package init(x: Double, y: Double, radius: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.radius = radius
            self.width = width
            self.height = height
        }
    }

    /// Where a label came to stand.
    package struct Place: Hashable, Sendable {
        package var box: Box
        /// Far enough from its point that a line should lead to it.
        package var needsLeader: Bool
        /// No place was left; the box is where it would stand on hover.
        package var isHidden: Bool
    }

    /// A line that a label should not cover, and what covering it costs.
    package struct Line: Hashable, Sendable {
        let segment: Segment
        let cost: Double

        package init(_ segment: Segment, cost: Double) {
            self.segment = segment
            self.cost = cost
        }

        static let frontier = 60.0
        static let limit = 40.0
        static let whisker = 34.0
        static let ladder = 26.0
    }

    private enum Cost {
        static let outside = 2000.0
        static let label = 900.0
        static let mark = 500.0
        /// Nearer to another point than to its own: it would name the wrong one.
        static let confusion = 150.0
        static let direction = 3.0
    }

    /// Distances beyond the mark with their cost; from the second on a line leads to the label.
    private static let rings: [(distance: Double, cost: Double)] = [(0, 0), (12, 22), (26, 60), (44, 130)]
    private static let directions: [(x: Double, y: Double)] = [
        (1, 0), (1, -1), (1, 1), (0, -1), (0, 1), (-1, 0), (-1, -1), (-1, 1),
    ]

    private let labels: [Label]
    private let lines: [Line]
    private let area: Box

    /// - Parameter labels: the most important first.
    package static func places(for labels: [Label], lines: [Line] = [], in area: Box) -> [Place] {
        LabelPlacement(labels: labels, lines: lines, area: area).places()
    }

    private func places() -> [Place] {
        let candidates = labels.map(boxes)
        // What a box costs by itself does not change while the others move.
        let fixedCosts = labels.indices.map { index in
            candidates[index].map { fixedCost(of: $0.box, for: index) + $0.cost }
        }
        var chosen = [Int?](repeating: nil, count: labels.count)
        for _ in 0..<4 {
            for index in labels.indices {
                let others = labels.indices.compactMap { other in
                    other == index ? nil : chosen[other].map { candidates[other][$0].box }
                }
                chosen[index] = candidates[index].indices.min { left, right in
                    let one = fixedCosts[index][left] + labelCost(of: candidates[index][left].box, among: others)
                    let other = fixedCosts[index][right] + labelCost(of: candidates[index][right].box, among: others)
                    return one < other
                }
            }
        }
        return strict(candidates, fixedCosts, chosen)
    }

    /// Keeps what stands free, in order; moves or hides the rest.
    private func strict(
        _ candidates: [[(box: Box, cost: Double, ring: Int)]], _ costs: [[Double]], _ chosen: [Int?]
    ) -> [Place] {
        var kept: [Box] = []
        return labels.indices.map { index in
            let options = candidates[index]
            let isFree = { (option: Int) in
                area.contains(options[option].box) && kept.allSatisfy { $0.overlap(with: options[option].box) == 0 }
                    && !coversMark(options[option].box, besides: index, moreThan: 0.5)
            }
            let wanted = chosen[index].flatMap { isFree($0) ? $0 : nil }
            let place = wanted ?? options.indices.filter(isFree).min { costs[index][$0] < costs[index][$1] }
            guard let place else {
                return Place(box: clamped(options.first?.box), needsLeader: false, isHidden: true)
            }
            kept.append(options[place].box)
            return Place(box: options[place].box, needsLeader: options[place].ring > 0, isHidden: false)
        }
    }

    /// Whether a box hides more than a share of another point's mark.
    private func coversMark(_ box: Box, besides index: Int, moreThan share: Double) -> Bool {
        labels.indices.contains { other in
            let mark = mark(of: other)
            return other != index && box.overlap(with: mark) > mark.width * mark.height * share
        }
    }

    private func boxes(around label: Label) -> [(box: Box, cost: Double, ring: Int)] {
        Self.rings.enumerated().flatMap { ring, far in
            Self.directions.enumerated().map { order, direction in
                let reach = (label.radius + 4 + far.distance) * (direction.x != 0 && direction.y != 0 ? 0.74 : 1)
                let box = Box(
                    x: label.x + direction.x * reach - label.width * (1 - direction.x) / 2,
                    y: label.y + direction.y * reach - label.height * (1 - direction.y) / 2,
                    width: label.width, height: label.height
                )
                return (box, Double(order) * Cost.direction + far.cost, ring)
            }
        }
    }

    private func fixedCost(of box: Box, for index: Int) -> Double {
        var sum = area.contains(box) ? 0 : Cost.outside
        for other in labels.indices where other != index {
            let overlap = box.overlap(with: mark(of: other))
            if overlap > 0 { sum += Cost.mark + overlap }
        }
        let own = box.distance(toX: labels[index].x, y: labels[index].y)
        let isConfusing = labels.indices.contains { other in
            other != index && box.distance(toX: labels[other].x, y: labels[other].y) < own - 0.5
        }
        if isConfusing { sum += Cost.confusion }
        for line in lines where box.isCrossed(by: line.segment) { sum += line.cost }
        return sum
    }

    private func labelCost(of box: Box, among others: [Box]) -> Double {
        others.reduce(0) { sum, other in
            let overlap = box.overlap(with: other)
            return overlap > 0 ? sum + Cost.label + overlap : sum
        }
    }

    private func mark(of index: Int) -> Box {
        let reach = labels[index].radius + 1
        return Box(x: labels[index].x - reach, y: labels[index].y - reach, width: 2 * reach, height: 2 * reach)
    }

    private func clamped(_ box: Box?) -> Box {
        guard var box else { return area }
        box.x = max(area.x, min(box.x, area.right - box.width))
        box.y = max(area.y, min(box.y, area.bottom - box.height))
        return box
    }
}
