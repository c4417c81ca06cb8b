package import PoiseCore

/// The front of one load drawn with characters: a letter for each model, a staircase, labels where they fit.
package enum FrontPlot {
    /// - Parameters:
    ///   - width: columns that the plot may use; at least 40 are used.
    ///   - height: lines that it may use with its captions; at least 12 are used.
    ///   - color: whether ANSI styles may be used.
    package static func text(
        _ content: ReportContent, load: Load, width: Int, height: Int = 24, color: Bool = false
    ) -> String {
        let front = DrawnFront(content, load: load)
        guard !front.drawn.isEmpty else {
            let (one, other) = (front.y.isShare ? "a share of right answers" : "a \(front.y.name)", front.x.name)
            return TerminalText.wrapped(
                "No front to draw: no candidate has both \(TerminalText.printable(one)) and a \(other).",
                to: max(40, width)
            ).joined(separator: "\n") + "\n"
        }
        let width = max(40, width)
        let below = legend(front, width: width)
        let rows = max(7, max(12, height) - 4 - below.count)
        let drawing = Drawing(front, width: width, rows: rows)
        let hidden = drawing.hidden.isEmpty ? [] : hiddenLines(drawing.hidden, width: width)
        return ([drawing.top] + drawing.lines(color: color) + below + hidden).joined(separator: "\n") + "\n"
    }

    /// A to Z by the model's place in the suite; letters begin again after the 26th.
    static func letter(family: Int) -> Character {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return letters[family % letters.count]
    }

    private static func legend(_ view: DrawnFront, width: Int) -> [String] {
        let families = Set(view.drawn.map(\.family))
        let models = view.models.enumerated().filter { families.contains($0.offset) }
            .map { "\(letter(family: $0.offset)) \(TerminalText.printable($0.element))" }
        let words = models.joined(separator: "   ")
        // A letter and its name stay on one line.
        let unbroken = models.map(Wording.unbroken).joined(separator: ", ")
        let lines =
            TerminalText.width(words) <= width
            ? [words]
            : TerminalText.wrapped(unbroken, to: width).map {
                $0.split(separator: "\u{A0}", omittingEmptySubsequences: false).joined(separator: " ")
            }
        return lines
            + TerminalText.wrapped(
                "A capital letter is on the front, a small one is beaten; "
                    + "\(Wording.n(counts: view.drawn.map(\.place.n))); \(Wording.load(view.load)).", to: width
            )
    }

    private static func hiddenLines(_ hidden: [String], width: Int) -> [String] {
        TerminalText.wrapped(
            "Under another mark: \(Numbers.list(hidden.map(TerminalText.printable))).", to: width
        )
    }
}

/// The plot itself, on its grid.
private struct Drawing {
    private let view: DrawnFront
    private let width: Int
    private let rows: Int
    private let xScale: AxisScale
    private let yScale: AxisScale
    private let left: Int
    private var canvas: PlotCanvas
    /// Candidates whose place is taken by another one's mark.
    private(set) var hidden: [String] = []

    private var plotWidth: Int { width - left }

    init(_ view: DrawnFront, width: Int, rows: Int) {
        self.view = view
        self.width = width
        self.rows = rows
        xScale = view.x.scale(view.drawn.map(\.x))
        yScale = AxisScale.shares(view.drawn.map(\.y))
        left = 6
        // Two lines below the axis: its numbers and its name.
        canvas = PlotCanvas(width: width, height: rows + 3)
        axes()
        frontier()
        marks()
    }

    var top: String { " " + view.y.short }

    func lines(color: Bool) -> [String] { canvas.lines(color: color) }

    private func column(_ value: Double) -> Int {
        left + Int((xScale.position(of: value) * Double(plotWidth - 1)).rounded())
    }

    private func row(_ share: Double) -> Int {
        rows - 1 - Int((yScale.position(of: share) * Double(rows - 1)).rounded())
    }

    private mutating func axes() {
        for share in yScale.shareTicks(gap: 2.5 / Double(rows)) {
            let text = Numbers.percent(share, 0) + "%"
            canvas.write(text, left - 2 - text.count, row(share), style: .dim)
            canvas.put("┤", left - 1, row(share), style: .dim)
        }
        for y in 0..<rows where canvas.isUnwritten(left - 1, y) { canvas.put("│", left - 1, y, style: .dim) }
        canvas.put("└", left - 1, rows, style: .dim)
        for x in left..<width { canvas.put("─", x, rows, style: .dim) }
        for label in labels() {
            canvas.put("┬", label.x, rows, style: .dim)
            canvas.write(label.text, label.start, rows + 1, style: .dim)
        }
        let kind = xScale.kind == .logarithmic ? " (log)" : ""
        let name = "\(view.x.name), \(view.x.column.unit)\(kind), \(view.x.better) →"
        canvas.write(name, width - name.count, rows + 2)
    }

    /// As many numbers of the x axis as stand at least two columns apart, each below its tick and inside the plot.
    ///
    /// How long they are is known only once they are chosen: a narrow range needs decimals.
    private func labels() -> [(x: Int, text: String, start: Int)] {
        for gap in Numbers.fixed(xScale.high.rounded(), 0).count + 3..<plotWidth {
            let ticks = xScale.ticks(gap: Double(gap) / Double(plotWidth))
            let labels = zip(ticks, AxisScale.texts(ticks)).map { tick, text in
                let x = column(tick)
                return (x: x, text: text, start: min(max(left, x - text.count / 2), width - text.count))
            }.sorted { $0.x < $1.x }
            let stand = zip(labels, labels.dropFirst()).allSatisfy { $0.start + $0.text.count + 2 <= $1.start }
            if stand { return labels }
        }
        return []
    }

    private mutating func frontier() {
        var (x, y): (Int, Int?) = (left, nil)
        for member in view.front {
            let (memberX, memberY) = (column(member.x), row(member.y))
            if let y { canvas.strokeDown(x: x, from: y, to: memberY) }
            canvas.strokeAcross(from: x, to: memberX, y: memberY)
            (x, y) = (memberX, memberY)
        }
        if let y { canvas.strokeDown(x: x, from: y, to: rows - 1) }
    }

    private mutating func marks() {
        let order = view.drawn.sorted { left, right in
            (left.isOnFront ? 0 : 1, -left.frontShare, left.order)
                < (right.isOnFront ? 0 : 1, -right.frontShare, right.order)
        }
        var shown: [DrawnCandidate] = []
        for candidate in order {
            let (x, y) = (column(candidate.x), row(candidate.y))
            guard canvas.isUnwritten(x, y) else {
                hidden.append(candidate.id)
                continue
            }
            let letter = String(FrontPlot.letter(family: candidate.family))
            let isOnFront = candidate.isOnFront
            canvas.put(Character(isOnFront ? letter : letter.lowercased()), x, y, style: isOnFront ? .bold : nil)
            shown.append(candidate)
        }
        // Labels after all marks, so that none takes a mark's place.
        for candidate in shown { label(candidate) }
    }

    /// Beside the mark, else above or below; over blank paper first, over the staircase if it must.
    private mutating func label(_ candidate: DrawnCandidate) {
        let name = TerminalText.printable(candidate.quantization ?? candidate.model)
        let text = TerminalText.cut(name, to: 16)
        guard TerminalText.width(text) == text.count else { return }
        let (x, y) = (column(candidate.x), row(candidate.y))
        let places = [
            (x + 2, y), (x - 1 - text.count, y), (x + 1, y - 1), (x - text.count / 2, y - 1), (x + 1, y + 1),
            (x - text.count / 2, y + 1), (x - text.count, y - 1), (x - text.count, y + 1),
        ]
        let blank = places.first { place in isOpen(place.0, place.1, text.count) { canvas.isFree($0, $1) } }
        let place =
            blank ?? places.first { place in isOpen(place.0, place.1, text.count) { canvas.isUnwritten($0, $1) } }
        guard let place else { return }
        canvas.write(text, place.0, place.1, style: candidate.isOnFront ? nil : .dim)
    }

    /// Whether a text fits inside the plot with a blank on either side of it.
    private func isOpen(_ x: Int, _ y: Int, _ count: Int, _ test: (Int, Int) -> Bool) -> Bool {
        guard y >= 0, y < rows, x >= left, x + count <= width else { return false }
        return (x..<x + count).allSatisfy { test($0, y) }
            && (x == left || canvas.isUnwritten(x - 1, y))
            && (x + count == width || canvas.isUnwritten(x + count, y))
    }
}
