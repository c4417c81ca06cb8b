/// What a use case adds to the chart: bands of felt speed behind everything, and the limits with their excluded sides.
extension FrontChart {
    /// How wide the hatch is on the side that a limit excludes.
    private static let hatch = 9.0

    /// The words of the bands in a strip above the plot; the comfortable one is tinted through it.
    static func bands(_ layout: FrontLayout) -> [String] {
        let (top, plot) = (layout.plot.y - 22, layout.plot)
        return layout.bands.flatMap { band, left, right in
            let good = band.isComfortable ? " good" : ""
            var parts: [String] = []
            if band.isComfortable {
                parts.append(
                    "<rect class=\"comfort\" x=\"\(number(left))\" y=\"\(number(top))\" "
                        + "width=\"\(number(right - left))\" height=\"\(number(plot.height + 22))\"/>")
            }
            parts.append(path("strip\(good)", "M\(number(left + 1)) \(number(top + 1.5))H\(number(right - 1))"))
            let word = [band.name, band.short].first {
                TextWidth.of($0, size: 12, isBold: band.isComfortable) <= right - left + 2
            }
            if let word {
                parts.append(text("bandword\(good)", (left + right) / 2, plot.y - 7, word, anchor: "middle"))
            }
            return parts
        }
    }

    /// Short strokes beside each limit, on the side that it excludes; nothing is filled over data.
    static func hatches(_ layout: FrontLayout) -> [String] {
        let plot = layout.plot
        var strokes = ""
        if let x = layout.limitX {
            let foot = layout.limitY.map { $0 + hatch } ?? plot.bottom
            for y in stride(from: plot.y + hatch, through: foot, by: 8) {
                strokes += "M\(number(x - hatch)) \(number(y))l9-9"
            }
        }
        if let y = layout.limitY {
            for x in stride(from: layout.limitX ?? plot.x, through: plot.right - hatch, by: 8) {
                strokes += "M\(number(x)) \(number(y + hatch))l9-9"
            }
        }
        return strokes.isEmpty ? [] : [path("hatch", strokes)]
    }

    /// Dashed lines with a knob at their ends, by which a reader may move them.
    static func limits(_ layout: FrontLayout) -> [String] {
        let plot = layout.plot
        var parts: [String] = []
        if let x = layout.limitX {
            parts += [
                path("rule", "M\(number(x)) \(number(plot.y))V\(number(plot.bottom))"), knob(x, plot.bottom),
            ]
        }
        if let y = layout.limitY {
            parts += [path("rule", "M\(number(plot.x)) \(number(y))H\(number(plot.right))"), knob(plot.right, y)]
        }
        return parts
    }

    private static func knob(_ x: Double, _ y: Double) -> String {
        "<circle class=\"knob\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"4.5\"/>"
    }
}
