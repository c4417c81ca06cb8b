/// A grid of characters to draw on; what lies outside is ignored.
struct PlotCanvas {
    let width: Int
    let height: Int
    private var cells: [[Cell]]

    private struct Cell {
        var character: Character = " "
        var style: TerminalText.Style?
        /// The directions in which a line leaves the cell.
        var strokes: Strokes = []
    }

    struct Strokes: OptionSet {
        let rawValue: Int
        static let up = Strokes(rawValue: 1)
        static let down = Strokes(rawValue: 2)
        static let left = Strokes(rawValue: 4)
        static let right = Strokes(rawValue: 8)
    }

    init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: Array(repeating: Cell(), count: self.width), count: self.height)
    }

    private func holds(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && x < width && y >= 0 && y < height
    }

    func isFree(_ x: Int, _ y: Int) -> Bool {
        holds(x, y) && cells[y][x].character == " " && cells[y][x].strokes.isEmpty
    }

    /// Whether nothing but lines stands there.
    func isUnwritten(_ x: Int, _ y: Int) -> Bool {
        holds(x, y) && cells[y][x].character == " "
    }

    mutating func put(_ character: Character, _ x: Int, _ y: Int, style: TerminalText.Style? = nil) {
        guard holds(x, y) else { return }
        cells[y][x].character = character
        cells[y][x].style = style
    }

    mutating func write(_ text: String, _ x: Int, _ y: Int, style: TerminalText.Style? = nil) {
        for (offset, character) in text.enumerated() { put(character, x + offset, y, style: style) }
    }

    mutating func strokeAcross(from x1: Int, to x2: Int, y: Int) {
        let (start, end) = (min(x1, x2), max(x1, x2))
        guard start < end else { return }
        for x in start...end {
            if x > start { stroke(x, y, .left) }
            if x < end { stroke(x, y, .right) }
        }
    }

    mutating func strokeDown(x: Int, from y1: Int, to y2: Int) {
        let (start, end) = (min(y1, y2), max(y1, y2))
        guard start < end else { return }
        for y in start...end {
            if y > start { stroke(x, y, .up) }
            if y < end { stroke(x, y, .down) }
        }
    }

    private mutating func stroke(_ x: Int, _ y: Int, _ direction: Strokes) {
        if holds(x, y) { cells[y][x].strokes.insert(direction) }
    }

    /// One line of text for each row, without spaces at its end.
    func lines(color: Bool) -> [String] {
        cells.map { row in
            var kept = row[...]
            while let last = kept.last, last.character == " ", last.strokes.isEmpty { kept.removeLast() }
            return kept.map { cell in
                let character = cell.character == " " ? Self.line(cell.strokes) : cell.character
                return TerminalText.styled(String(character), cell.style, color: color)
            }.joined()
        }
    }

    /// The box-drawing character with these ends.
    private static func line(_ strokes: Strokes) -> Character {
        switch strokes {
        case []: " "
        case [.left, .right], [.left], [.right]: "─"
        case [.up, .down], [.up], [.down]: "│"
        case [.left, .down]: "┐"
        case [.left, .up]: "┘"
        case [.right, .down]: "┌"
        case [.right, .up]: "└"
        case [.left, .right, .down]: "┬"
        case [.left, .right, .up]: "┴"
        case [.up, .down, .right]: "├"
        case [.up, .down, .left]: "┤"
        default: "┼"
        }
    }
}
