import PoiseCore
import Testing

@testable import PoiseReport

struct ChartStyleTests {
    @Test(arguments: ChartTheme.allCases)
    func `a chart of its own has every colour written out`(theme: ChartTheme) {
        let style = PageStyle.file(theme)
        #expect(!style.contains("var("), "\(style)")
        #expect(!style.contains("--"))
    }

    @Test func `a dark chart has light ink on dark paper`() {
        let (light, dark) = (PageStyle.file(.light), PageStyle.file(.dark))
        #expect(light.contains(".sheet{fill:#fff}"))
        #expect(dark.contains(".sheet{fill:#14171a}"))
        #expect(dark.contains("color:#a9a2ff") && !dark.contains("#45399a"))
    }

    @Test func `a width in pixels scales the drawing and leaves its units`() {
        let svg = FrontChart.svgFile(Demo.content(), load: 1, pixels: 1664)
        let usual = FrontChart.svgFile(Demo.content(), load: 1)
        #expect(svg.contains("width=\"1664\"") && usual.contains("width=\"832\""))
        let box = { (text: String) in text.split(separator: "viewBox=\"").last?.prefix { $0 != "\"" } }
        #expect(box(svg) == box(usual))
    }
}
