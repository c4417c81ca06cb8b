package import PoiseCore

/// The front of one load as SVG: for the page in several widths, or as a file of its own.
package enum FrontChart {
    /// A whole .svg file with its own colours, title and caption, plain enough for any program that draws SVG.
    ///
    /// - Parameters:
    ///   - pixels: how wide it is drawn where nothing else says so: a converter's PNG is that wide; nil for 832.
    package static func svgFile(
        _ content: ReportContent, load: Load, theme: ChartTheme = .light, pixels: Int? = nil
    ) -> String {
        let front = DrawnFront(content, load: load)
        let layout = FrontLayout(front, width: 800)
        let (body, lines) = (drawing(front, layout, anchors: nil), captionLines(content, front))
        let (margin, top) = (16.0, 40.0)
        let width = layout.width + 2 * margin
        let height = top + layout.height + 24 + Double(lines.count) * 18 + margin
        let scale = pixels.map { Double($0) / width } ?? 1
        let caption = lines.enumerated().map { index, line in
            text("tick", margin, top + layout.height + 24 + Double(index) * 18, line)
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(height))" \
            width="\(number(width * scale))" height="\(number((height * scale).rounded(.up)))" role="img" \
            aria-label="\(Markup.escaped(name(of: front)))">
            <style>\(PageStyle.file(theme))</style>
            <rect class="sheet" width="100%" height="100%"/>
            \(text("title", margin, 26, title(content, front)))
            <g transform="translate(\(number(margin)) \(number(top)))">\(body)</g>
            \(caption.joined())
            </svg>

            """
    }

    /// The chart as an element of the page.
    ///
    /// - Parameters:
    ///   - width: in units of 1/16 rem; the page shows the one that fits.
    ///   - anchors: where a click on a candidate's mark leads, by its id.
    static func element(_ front: DrawnFront, width: Double, anchors: [String: String]) -> String {
        let layout = FrontLayout(front, width: width)
        let size = "width=\"\(number(layout.width))\" height=\"\(number(layout.height))\""
        return
            "<svg class=\"chart w\(number(width))\" viewBox=\"0 0 \(number(layout.width)) \(number(layout.height))\" "
            + "\(size) role=\"group\" aria-label=\"\(Markup.escaped(name(of: front))) "
            + "The table below holds the same numbers.\">\(drawing(front, layout, anchors: anchors))</svg>"
    }

    // MARK: - Parts

    private static func drawing(
        _ front: DrawnFront, _ layout: FrontLayout, anchors: [String: String]?
    ) -> String {
        (bands(layout) + axes(front, layout) + hatches(layout) + ladders(layout) + [frontier(layout)] + limits(layout)
            + points(front, layout, anchors: anchors)).joined()
    }

    private static func axes(_ front: DrawnFront, _ layout: FrontLayout) -> [String] {
        let plot = layout.plot
        var parts: [String] = []
        let shares = layout.yScale.shareTicks(gap: 34 / plot.height)
        for share in shares {
            let y = plot.bottom - layout.yScale.position(of: share) * plot.height
            parts.append(path("grid", "M\(number(plot.x)) \(number(y))H\(number(plot.right))"))
            parts.append(text("tick", plot.x - 8, y + 4, Numbers.percent(share, 0) + "%", anchor: "end"))
        }
        parts.append(path("axisline", "M\(number(plot.x)) \(number(plot.bottom))H\(number(plot.right))"))
        let ticks = layout.xScale.ticks(gap: tickGap(layout) / plot.width)
        for (tick, said) in zip(ticks, AxisScale.texts(ticks)) {
            let x = plot.x + layout.xScale.position(of: tick) * plot.width
            parts.append(path("axisline", "M\(number(x)) \(number(plot.bottom))v5"))
            // A number at the very edge is set inwards rather than cut off.
            let half = TextWidth.of(said, size: 12) / 2
            let inside = max(half + 1, min(x, layout.width - half - 1))
            parts.append(text("tick", inside, plot.bottom + 20, said, anchor: "middle"))
        }
        let quality = TextWidth.shortened(
            "\(Wording.sentence(front.y.name)), \(front.scope)", to: plot.width, size: 12.5)
        parts.append(text("axisname", layout.isNarrow ? 2 : plot.x, 14, quality))
        let unit = layout.isNarrow ? front.x.column.unit : front.x.unit
        let kind = layout.xScale.kind == .logarithmic ? " (log)" : ""
        parts.append(
            "<text class=\"axisname\" x=\"\(number(plot.right))\" y=\"\(number(layout.height - 6))\" "
                + "text-anchor=\"end\">\(Markup.escaped("\(Wording.sentence(front.x.name)), \(unit)\(kind) "))"
                + "<tspan class=\"better\">\(front.x.better) →</tspan></text>"
        )
        return parts
    }

    /// Wide enough for the longest number that can stand there.
    private static func tickGap(_ layout: FrontLayout) -> Double {
        let longest = Numbers.fixed(layout.xScale.high.rounded(), 0)
        return max(layout.isNarrow ? 30 : 36, TextWidth.of(longest, size: 12) + 8)
    }

    private static func ladders(_ layout: FrontLayout) -> [String] {
        layout.ladders.map { ladder in
            path("ladder \(MarkShape.colour(family: ladder.family))", line(ladder.points))
        }
    }

    private static func frontier(_ layout: FrontLayout) -> String {
        layout.frontier.isEmpty ? "" : path("frontier", line(layout.frontier))
    }

    /// Fuller marks are drawn over emptier ones.
    private static func points(
        _ front: DrawnFront, _ layout: FrontLayout, anchors: [String: String]?
    ) -> [String] {
        let marks = layout.marks.sorted { left, right in
            (left.candidate.frontShare, left.candidate.order) < (right.candidate.frontShare, right.candidate.order)
        }
        // All whiskers first: they pass under every mark and every word.
        return marks.map { mark in
            path(
                "whisker \(MarkShape.colour(family: mark.candidate.family))"
                    + (mark.isPick ? " of-pick" : mark.keepsLimits ? "" : " dim"), whiskers(mark))
        }
            + marks.map { point($0, front, layout, anchor: anchors?[$0.candidate.id]) }
    }

    private static func whiskers(_ mark: FrontLayout.Mark) -> String {
        "M\(number(mark.x)) \(number(mark.top))V\(number(mark.bottom))"
            + "M\(number(mark.left)) \(number(mark.y))H\(number(mark.right))"
    }

    private static func point(
        _ mark: FrontLayout.Mark, _ front: DrawnFront, _ layout: FrontLayout, anchor: String?
    ) -> String {
        let candidate = mark.candidate
        let shape = MarkShape(family: candidate.family)
        let box = mark.place.box
        let share = Numbers.fixed(candidate.frontShare, 2)
        var parts = [
            "<title>\(Markup.escaped(Wording.spoken(candidate, in: front)))</title>"
        ]
        if mark.place.needsLeader {
            let end = box.nearest(toX: mark.x, y: mark.y)
            parts.append(path("leader", "M\(number(mark.x)) \(number(mark.y))L\(number(end.x)) \(number(end.y))"))
        }
        if mark.isPick {
            parts.append(
                shape.element(
                    x: mark.x, y: mark.y, radius: layout.radius + FrontLayout.ring, attributes: "class=\"ring\""))
        }
        parts.append(shape.element(x: mark.x, y: mark.y, radius: layout.radius, attributes: "class=\"back\""))
        parts.append(
            shape.element(
                x: mark.x, y: mark.y, radius: layout.radius, attributes: "class=\"dot\" fill-opacity=\"\(share)\""
            )
        )
        let classes = "label" + (mark.isNamed ? " full" : "") + (mark.place.isHidden ? " hidden" : "")
        // Where the order of painting is not known a halo would cover its own word, so a file sets it apart.
        let foot = box.bottom - (mark.isPick ? 5 : 4)
        if anchor == nil { parts.append(text(classes + " halo", box.x + 1, foot, mark.label)) }
        let plain = anchor == nil ? " plain" : ""
        parts.append(text(classes + plain, box.x + 1, foot, mark.label))
        let group =
            "class=\"point \(MarkShape.colour(family: candidate.family))\(mark.isPick ? " pick" : "")\" "
            + "data-i=\"\(candidate.order)\""
        guard let anchor else { return "<g \(group)>\(parts.joined())</g>" }
        return "<a \(group) href=\"#\(Markup.escaped(anchor))\" "
            + "aria-label=\"\(Markup.escaped(Wording.spoken(candidate, in: front)))\">\(parts.joined())</a>"
    }

    // MARK: - Words

    private static func name(of front: DrawnFront) -> String {
        let (drawn, members) = (front.drawn.count, front.front.count)
        return "\(Wording.sentence(front.y.name)) against \(front.x.name): \(members) of "
            + "\(Numbers.counted(drawn, "candidate")) \(members == 1 ? "is" : "are") on the front."
    }

    private static func title(_ content: ReportContent, _ front: DrawnFront) -> String {
        TextWidth.shortened(
            "\(content.suite.name): \(front.y.name) against \(front.x.name)", to: 780, size: 18)
    }

    private static func captionLines(_ content: ReportContent, _ front: DrawnFront) -> [String] {
        let simulated = content.isSimulated ? "Simulated: no model wrote these answers. " : ""
        return wrapped(
            simulated + Wording.caption(content, front) + undrawn(front)
                + " Whiskers are 95% intervals. The fill of a mark is the share of resamples in which it is on the "
                + "front, hollow 0, full 100%. Poise \(content.run.poiseVersion), run \(content.run.id).",
            to: 790, size: 12
        )
    }

    /// Those that a chart of other axes has no place for.
    private static func undrawn(_ front: DrawnFront) -> String {
        guard front.x.metric != .decodeTPS, !front.undrawn.isEmpty else { return "" }
        let names = front.undrawn.map { candidate in
            candidate.place.x?.estimate == .infinity ? "\(candidate.id) (\(Numbers.infinite))" : candidate.id
        }
        return " Without a place: \(Numbers.list(names))."
    }

    /// Breaks a text at its spaces into lines that fit.
    private static func wrapped(_ text: String, to most: Double, size: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let line = lines.last, TextWidth.of(line + " " + word, size: size) <= most {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(TextWidth.shortened(String(word), to: most, size: size))
            }
        }
        return lines
    }

    // MARK: - Elements

    static func line(_ points: [(x: Double, y: Double)]) -> String {
        "M" + points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
    }

    static func path(_ classes: String, _ data: String) -> String {
        "<path class=\"\(classes)\" d=\"\(data)\"/>"
    }

    static func text(
        _ classes: String, _ x: Double, _ y: Double, _ content: String, anchor: String? = nil
    ) -> String {
        let anchored = anchor.map { " text-anchor=\"\($0)\"" } ?? ""
        return "<text class=\"\(classes)\" x=\"\(number(x))\" y=\"\(number(y))\"\(anchored)>"
            + "\(Markup.escaped(content))</text>"
    }

    static func number(_ value: Double) -> String { SVGNumber.text(value) }
}
