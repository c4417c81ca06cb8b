import PoiseCore
import Testing

@testable import PoiseReport

struct StripChartTests {
    @Test func `ticks are numbers that people say, the first with the unit`() {
        #expect(StripChart.ticks(end: 60).map(\.text) == ["0 ms", "10", "20", "30", "40", "50"])
        #expect(StripChart.ticks(end: 1500).map(\.text) == ["0 s", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2", "1.4"])
        #expect(StripChart.ticks(end: 90_000).map(\.text) == ["0 s", "20", "40", "60", "80"])
        #expect(StripChart.ticks(end: 1500).map { $0.milliseconds.rounded() }.last == 1400)
        #expect(StripChart.ticks(end: 0).isEmpty && StripChart.ticks(end: .infinity).isEmpty)
    }

    @Test func `every chunk has a stroke, thinking a shorter one, and the flag its place`() {
        let strip = StripChart.element(Scenes.take(thinking: ["a"], completeAt: 3), end: 100)
        #expect(strip.contains("<path class=\"beat thought\" d=\"M500 15V28\"/>"))
        #expect(strip.contains("<path class=\"beat\" d=\"M599.6 8V28M699.2 8V28M798.8 8V28\"/>"))
        #expect(strip.contains("<svg class=\"done\" x=\"79.88%\">"))
        #expect(!StripChart.element(Scenes.take(completeAt: nil), end: 100).contains("done"))
    }
}
