/// A rectangle; y grows downwards.
package struct Box: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    var right: Double { x + width }
    var bottom: Double { y + height }

    /// The area that two rectangles share; 0 where they only touch.
    package func overlap(with other: Box) -> Double {
        let across = min(right, other.right) - max(x, other.x)
        let down = min(bottom, other.bottom) - max(y, other.y)
        return across > 0 && down > 0 ? across * down : 0
    }

    package func contains(_ other: Box) -> Bool {
        other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
    }

    /// Whether a straight line runs through it (Liang and Barsky 1984).
    func isCrossed(by line: Segment) -> Bool {
        var (enter, leave) = (0.0, 1.0)
        for (start, delta, low, high) in [
            (line.x1, line.x2 - line.x1, x, right), (line.y1, line.y2 - line.y1, y, bottom),
        ] {
            if delta.magnitude < 1e-9 {
                if start < low || start > high { return false }
                continue
            }
            let (one, other) = ((low - start) / delta, (high - start) / delta)
            enter = max(enter, min(one, other))
            leave = min(leave, max(one, other))
        }
        return enter < leave
    }

    /// From a point to the nearest point of the rectangle; 0 inside it.
    func distance(toX px: Double, y py: Double) -> Double {
        let near = nearest(toX: px, y: py)
        return ((near.x - px) * (near.x - px) + (near.y - py) * (near.y - py)).squareRoot()
    }

    /// The point of the rectangle that is nearest to another point.
    func nearest(toX px: Double, y py: Double) -> (x: Double, y: Double) {
        (min(max(px, x), right), min(max(py, y), bottom))
    }
}

/// A straight line between two points.
package struct Segment: Hashable, Sendable {
    var x1: Double
    var y1: Double
    var x2: Double
    var y2: Double

    package init(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
        self.x1 = x1
        self.y1 = y1
        self.x2 = x2
        self.y2 = y2
    }
}
