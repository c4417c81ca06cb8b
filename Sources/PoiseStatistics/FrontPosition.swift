/// A place on the two axes of the front: the more the better on both.
package struct FrontPosition: Hashable, Sendable {
    /// 0…1
    package let accuracy: Double
    /// tok/s
    package let speed: Double

    package init(accuracy: Double, speed: Double) {
        self.accuracy = accuracy
        self.speed = speed
    }

    /// Whether it is at least as good on both axes and better on one; equals do not dominate each other.
    package func dominates(_ other: FrontPosition) -> Bool {
        accuracy >= other.accuracy && speed >= other.speed && (accuracy > other.accuracy || speed > other.speed)
    }

    /// For each position whether no other dominates it (Pareto); one that is missing is not on the front.
    package static func front(of positions: [FrontPosition?]) -> [Bool] {
        positions.map { position in
            guard let position else { return false }
            return !positions.contains { $0?.dominates(position) ?? false }
        }
    }
}
