/// A place on the two axes of the front: the more the better on both.
package struct FrontPosition: Hashable, Sendable {
    /// 0…1
    package let accuracy: Double
    /// tok/s; of another axis whatever it is measured in, its negative where less is better.
    package let speed: Double

    package init(accuracy: Double, speed: Double) {
        self.accuracy = accuracy
        self.speed = speed
    }

    /// The place of a metric; nil where one of the two is unknown, or the metric has no end: what never comes is on no
    /// front, and keeps nobody off it.
    package init?(accuracy: Double?, metric: Double?, isBetterHigher: Bool) {
        guard let accuracy, let metric, metric.isFinite else { return nil }
        self.init(accuracy: accuracy, speed: isBetterHigher ? metric : -metric)
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
