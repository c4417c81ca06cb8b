/// What the whole front of one load comes to.
package struct FrontFigures: Hashable, Codable, Sendable {
    package var load: Load
    /// The area between the front and the reference, in the product of both axes' units: more is better.
    package var hypervolume: Double
    /// The worst place that the area is measured from: no right answer, and no speed, or where less is better the most that
    /// any candidate has. Areas over other references cannot be compared.
    package var referenceX: Double
    package var referenceY: Double
    /// The candidate where going further on either axis costs more than it brings; nil where the front has no such bend.
    package var knee: String?

    package init(load: Load, hypervolume: Double, referenceX: Double, referenceY: Double, knee: String?) {
        self.load = load
        self.hypervolume = hypervolume
        self.referenceX = referenceX
        self.referenceY = referenceY
        self.knee = knee
    }
}
