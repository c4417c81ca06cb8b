import Testing

@testable import PoiseReport

struct MarkShapeTests {
    @Test func `six models have six shapes and six colours, the seventh is grey`() {
        #expect((0..<6).map(MarkShape.init) == [.square, .circle, .diamond, .triangle, .pentagon, .cross])
        #expect(MarkShape(family: 6) == .square)
        #expect(Set((0..<6).map(MarkShape.colour)).count == 6)
        #expect(MarkShape.colour(family: 6) == "mx" && MarkShape.colour(family: 40) == "mx")
    }

    @Test(arguments: MarkShape.allCases)
    func `every shape is one closed element with its attributes`(shape: MarkShape) {
        let element = shape.element(x: 10, y: 10, radius: 5, attributes: "class=\"dot\"")
        #expect(element.hasPrefix("<") && element.hasSuffix(" class=\"dot\"/>"))
        #expect(!element.contains("nan"))
    }

    @Test func `coordinates have one decimal at most and no minus zero`() {
        #expect(SVGNumber.text(12.34) == "12.3")
        #expect(SVGNumber.text(-0.04) == "0")
        #expect(SVGNumber.text(-1.25) == "-1.3")
        #expect(SVGNumber.text(100) == "100")
    }
}
