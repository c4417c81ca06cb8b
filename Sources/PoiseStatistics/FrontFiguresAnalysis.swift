package import PoiseCore

extension FrontFigures {
    /// The figures of each load that has a front, ascending.
    ///
    /// - Parameter metric: the x axis of the places.
    package static func figures(of places: [FrontPlace], metric: Metric) -> [FrontFigures] {
        Dictionary(grouping: places, by: \.load).sorted { $0.key < $1.key }.compactMap { load, places in
            let known = places.compactMap { place -> (candidate: String, x: Double, y: Double, isOnFront: Bool)? in
                guard let x = place.x?.estimate, x.isFinite, let y = place.y?.estimate else { return nil }
                return (place.candidate, x, y, place.onFront)
            }
            guard let most = known.map(\.x).max() else { return nil }
            let sign = metric.isBetterHigher ? 1.0 : -1
            let reference = metric.isBetterHigher ? 0 : most
            let members = known.filter(\.isOnFront).map { FrontShape.Place(x: sign * $0.x, y: $0.y) }
            let knee = FrontShape.knee(of: members)
            return FrontFigures(
                load: load,
                hypervolume: FrontShape.hypervolume(
                    of: members, reference: FrontShape.Place(x: sign * reference, y: 0)),
                referenceX: reference, referenceY: 0,
                knee: known.first { member in
                    member.isOnFront && knee == FrontShape.Place(x: sign * member.x, y: member.y)
                }?.candidate)
        }
    }
}
