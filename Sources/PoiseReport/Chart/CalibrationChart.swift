import Foundation
import PoiseCore

/// The client's own error against the number of streams, both logarithmic, with the line of 1 ms, as SVG.
enum CalibrationChart {
    /// Widths in units of 1/16 rem; the style sheet shows the one that fits.
    static let widths = [330.0, 540]

    /// In all widths; empty where fewer than two loads were tried.
    ///
    /// - Parameter streams: of the run, marked on the axis.
    static func elements(_ calibration: Calibration, streams: [Int]) -> String {
        guard calibration.loads.count > 1 else { return "" }
        return widths.map { element(calibration, streams: streams, width: $0) }.joined(separator: "\n")
    }

    private struct Curve {
        let name: String
        let classes: String
        let values: [Double]
    }

    private static func element(_ calibration: Calibration, streams: [Int], width: Double) -> String {
        let loads = calibration.loads
        let curves = [
            Curve(name: "TTFT p99", classes: "p99", values: loads.map(\.ttftError.p99)),
            Curve(name: "gaps p99", classes: "p99 gaps", values: loads.map(\.chunkError.p99)),
            Curve(name: "TTFT p50", classes: "p50", values: loads.map(\.ttftError.p50)),
            Curve(name: "gaps p50", classes: "p50 gaps", values: loads.map(\.chunkError.p50)),
        ]
        let frame = Frame(width: width, loads: loads.map(\.streams), errors: curves.flatMap(\.values))
        let ends = curves.map { frame.y($0.values[loads.count - 1]) }
        let places = apart(ends, by: 15)
        var parts = axes(frame, streams: streams)
        for (curve, place) in zip(curves, places) {
            let points = zip(loads, curve.values).map { (frame.x(Double($0.streams)), frame.y($1)) }
            let line = points.map { "\(number($0.0)) \(number($0.1))" }.joined(separator: "L")
            let dots = points.map { "M\(number($0.0)) \(number($0.1))h0" }.joined()
            parts.append(
                "<g class=\"\(curve.classes)\"><path class=\"curve\" d=\"M\(line)\"/><path class=\"tail\" d=\"\(dots)\"/>"
                    + text("label plain", frame.right + 8, place + 4, curve.name) + "</g>")
        }
        return
            "<svg class=\"chart calibration c\(number(width))\" viewBox=\"0 0 \(number(width)) \(number(frame.height))\" "
            + "width=\"\(number(width))\" height=\"\(number(frame.height))\" role=\"img\" aria-label=\"The client’s own error "
            + "against the number of streams at once; the table holds the numbers.\">\(parts.joined())</svg>"
    }

    /// Where everything stands.
    private struct Frame {
        let height = 260.0
        let left = 52.0
        let right: Double
        let top = 12.0
        var bottom: Double { height - 44 }
        let xScale: AxisScale
        let yScale: AxisScale

        init(width: Double, loads: [Int], errors: [Double]) {
            right = width - 72
            let most = Double(loads.max() ?? 1)
            xScale = AxisScale(kind: .logarithmic, low: Double(max(1, loads.min() ?? 1)), high: max(most, 2))
            // An error of nothing has no place; a microsecond is the least that times are stored in.
            let least = max(0.001, min(1, errors.filter { $0 > 0 }.min() ?? 0.001))
            yScale = AxisScale(kind: .logarithmic, low: least / 1.3, high: max(1, errors.max() ?? 1) * 1.4)
        }

        func x(_ streams: Double) -> Double { left + xScale.position(of: streams) * (right - left) }
        func y(_ error: Double) -> Double {
            bottom - max(0, yScale.position(of: max(error, yScale.low))) * (bottom - top)
        }
    }

    private static func axes(_ frame: Frame, streams: [Int]) -> [String] {
        var parts: [String] = []
        let errors = frame.yScale.ticks(gap: 34 / (frame.bottom - frame.top))
        for (index, error) in errors.enumerated() {
            let y = frame.y(error)
            parts.append(path("grid", "M\(number(frame.left)) \(number(y))H\(number(frame.right))"))
            let unit = index == errors.count - 1 ? " ms" : ""
            parts.append(text("tick", frame.left - 8, y + 4, Numbers.trimmed(error) + unit, anchor: "end"))
        }
        let floor = number(frame.bottom)
        parts.append(path("axisline", "M\(number(frame.left)) \(floor)H\(number(frame.right))"))
        for count in frame.xScale.ticks(gap: 44 / (frame.right - frame.left)) where count == count.rounded() {
            let x = frame.x(count)
            parts.append(path("axisline", "M\(number(x)) \(floor)v5"))
            parts.append(text("tick", x, frame.bottom + 20, Numbers.fixed(count, 0), anchor: "middle"))
        }
        parts.append(text("axisname", frame.right, frame.height - 6, "streams at once (log)", anchor: "end"))
        parts.append(path("limitline", "M\(number(frame.left)) \(number(frame.y(1)))H\(number(frame.right))"))
        let own = streams.map(Double.init).filter { $0 >= frame.xScale.low && $0 <= frame.xScale.high }
        for count in own {
            parts.append(path("ours", "M\(number(frame.x(count))) \(number(frame.top))V\(floor)"))
        }
        return parts
    }

    /// Moves labels that would overlap apart, in their order of height.
    private static func apart(_ heights: [Double], by least: Double) -> [Double] {
        var places = heights
        var floor = -Double.infinity
        for index in heights.indices.sorted(by: { (heights[$0], $0) < (heights[$1], $1) }) {
            places[index] = max(heights[index], floor + least)
            floor = places[index]
        }
        let excess = max(0, (places.max() ?? 0) - (heights.max() ?? 0))
        return places.map { $0 - excess / 2 }
    }

    private static func path(_ classes: String, _ data: String) -> String {
        "<path class=\"\(classes)\" d=\"\(data)\"/>"
    }

    private static func text(
        _ classes: String, _ x: Double, _ y: Double, _ content: String, anchor: String? = nil
    ) -> String {
        let anchored = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
        return "<text class=\"\(classes)\" x=\"\(number(x))\" y=\"\(number(y))\"\(anchored)>\(content)</text>"
    }

    private static func number(_ value: Double) -> String { SVGNumber.text(value) }
}
