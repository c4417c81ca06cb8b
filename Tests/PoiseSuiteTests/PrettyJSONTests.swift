import PoiseCore
import Testing

@testable import PoiseSuite

struct PrettyJSONTests {
    @Test func `JSON is spread over lines with sorted keys`() {
        let value = JSONValue.object([
            "b": .array([.number(1), .string("x")]), "a": .object(["c": .array([.object([:])]), "d": .null]),
            "e": .array([]),
        ])
        #expect(
            value.prettyText == """
                {
                  "a": {
                    "c": [
                      {}
                    ],
                    "d": null
                  },
                  "b": [1, "x"],
                  "e": []
                }

                """
        )
    }

    @Test func `what was written is read again`() throws {
        let value = JSONValue.object(["q\"\n": .array([.array([.bool(true)]), .number(0.5)])])
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }
}
