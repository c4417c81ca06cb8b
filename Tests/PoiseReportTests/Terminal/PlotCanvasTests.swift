import Testing

@testable import PoiseReport

struct PlotCanvasTests {
    @Test func `lines that meet are joined by the right corner`() {
        var canvas = PlotCanvas(width: 5, height: 3)
        canvas.strokeAcross(from: 0, to: 2, y: 0)
        canvas.strokeDown(x: 2, from: 0, to: 2)
        canvas.strokeAcross(from: 2, to: 4, y: 2)
        #expect(canvas.lines(color: false) == ["──┐", "  │", "  └──"])
    }

    @Test func `what lies outside is ignored`() {
        var canvas = PlotCanvas(width: 2, height: 1)
        canvas.write("abc", 1, 0)
        canvas.put("x", 0, 9)
        #expect(canvas.lines(color: false) == [" a"])
        #expect(!canvas.isFree(5, 5))
        #expect(PlotCanvas(width: -1, height: -1).lines(color: false).isEmpty)
    }

    @Test func `a style wraps its own character only where colours are wanted`() {
        var canvas = PlotCanvas(width: 2, height: 1)
        canvas.put("A", 0, 0, style: .bold)
        #expect(canvas.lines(color: true) == ["\u{1B}[1mA\u{1B}[0m"])
        #expect(canvas.lines(color: false) == ["A"])
    }
}
