/// What the shape of a front says: how much it covers, and where going further costs more than it brings.
package enum FrontShape {
    /// A place where more is better on both axes.
    package struct Place: Hashable, Sendable {
        package let x: Double
        package let y: Double

        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// The area that is dominated by any of the places and dominates the reference.
    ///
    /// Zitzler and Thiele 1998, "Multiobjective optimization using evolutionary algorithms: a comparative case study": the
    /// size of the space covered. Places that do not reach beyond the reference on both axes add nothing.
    package static func hypervolume(of places: [Place], reference: Place) -> Double {
        var (area, reached) = (0.0, reference.y)
        for place in places.sorted(by: { ($0.x, $0.y) > ($1.x, $1.y) }) where place.x > reference.x && place.y > reached
        {
            area += (place.x - reference.x) * (place.y - reached)
            reached = place.y
        }
        return area
    }

    /// The front's place that bulges furthest out of the straight line between its ends, both axes scaled to the front.
    ///
    /// Das 1999, "On characterizing the 'knee' of the Pareto curve based on normal-boundary intersection". Nil where nothing
    /// lies outside of the line: fewer than three places on the front, or a front that bends inwards. Of several equally far
    /// out it is the one with the least x.
    /// - Parameter places: any; those that another dominates are left out.
    package static func knee(of places: [Place]) -> Place? {
        var front: [Place] = []
        for place in places.sorted(by: { ($0.x, $0.y) > ($1.x, $1.y) }) where place.y > front.last?.y ?? -.infinity {
            front.append(place)
        }
        guard let right = front.first, let left = front.last, front.count > 2 else { return nil }
        func bulge(_ place: Place) -> Double {
            (place.x - left.x) / (right.x - left.x) + (place.y - right.y) / (left.y - right.y) - 1
        }
        // From the left, so that the first of equals has the least x.
        var furthest: (place: Place, bulge: Double)?
        for place in front.reversed() where bulge(place) > max(1e-12, furthest?.bulge ?? 0) {
            furthest = (place, bulge(place))
        }
        return furthest?.place
    }
}
