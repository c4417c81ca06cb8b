/// The shape of a model's marks; every model has a colour, a shape and a written name.
package enum MarkShape: CaseIterable, Sendable {
    case square, circle, diamond, triangle, pentagon, cross

    /// The shape of a model by its index in the suite; shapes begin again after the sixth.
    package init(family: Int) {
        let all = Self.allCases
        self = all[((family % all.count) + all.count) % all.count]
    }

    /// An SVG element centred on a point.
    ///
    /// - Parameters:
    ///   - radius: of the circle; the other shapes have about its area.
    ///   - attributes: as they stand in the markup, already escaped.
    func element(x: Double, y: Double, radius r: Double, attributes: String) -> String {
        let number = SVGNumber.text
        switch self {
        case .circle:
            return "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(r))\" \(attributes)/>"
        case .square:
            let side = number(r * 1.8)
            return "<rect x=\"\(number(x - r * 0.9))\" y=\"\(number(y - r * 0.9))\" "
                + "width=\"\(side)\" height=\"\(side)\" \(attributes)/>"
        case .diamond, .triangle, .pentagon, .cross:
            let corners = corners.map { "\(number(x + $0.0 * r)) \(number(y + $0.1 * r))" }
            return "<path d=\"M\(corners.joined(separator: "L"))z\" \(attributes)/>"
        }
    }

    /// The corners of the shapes that are drawn as a path, in radii around the centre.
    private var corners: [(Double, Double)] {
        switch self {
        case .diamond: [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)]
        case .triangle: [(0, -1.2), (1.2, 0.9), (-1.2, 0.9)]
        case .pentagon: [(0, -1.15), (1.1, -0.35), (0.68, 0.95), (-0.68, 0.95), (-1.1, -0.35)]
        case .cross:
            [
                (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4), (0.4, 1.1), (-0.4, 1.1),
                (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
            ]
        case .square, .circle: []
        }
    }

    /// The class that gives the colour: `m1` … `m6`, and `mx`, grey, from the seventh model on.
    static func colour(family: Int) -> String {
        family < 6 ? "m\(family + 1)" : "mx"
    }
}
