import PoiseCore
import Testing

@testable import PoiseReport

struct OrderedJSONTests {
    @Test func `members keep their order and text is escaped`() throws {
        let value = OrderedJSON.object([
            ("z", .string("a\"\n\u{1}")), ("a", .array([.null, .bool(true), .integer(3)])),
        ])
        #expect(value.text.hasPrefix("{\"z\": "))
        #expect(try JSONValue(parsing: value.text)["z"]?.string == "a\"\n\u{1}")
    }

    @Test(arguments: [0.1, 1e-9, 1.7976931348623157e308, -2.5, 440, 1e20])
    func `a number reads back as itself`(number: Double) throws {
        #expect(try JSONValue(parsing: OrderedJSON.number(number).text).number == number)
    }

    @Test func `what is not finite is null`() {
        #expect(OrderedJSON.number(.infinity).text == "null")
        #expect(OrderedJSON.number(.nan).text == "null")
        #expect(OrderedJSON.optional(Double?.none).text == "null")
    }
}
