import PoiseCore
import Testing

@testable import PoiseGrading

@Suite struct ExpectedTextsTests {
    private let moon = sample(
        target: ["t1", "t2"], choices: ["c1", "c2"],
        metadata: ["facts": .array([.string("Moon"), .number(1969)]), "who": .string("Neil"), "none": .array([])])

    private func texts(_ of: JSONValue?) throws -> [String] {
        let options = try CheckOptions(of.map { ["of": $0] } ?? [:], of: ContainsAllCheck.specification)
        return try ExpectedTexts(options).texts(for: moon) { ["targets"] }
    }

    @Test func `without the option the targets are looked for`() throws {
        #expect(try texts(nil) == ["targets"])
    }

    @Test(arguments: [
        ("plain", ["plain"]), ("{metadata.facts}", ["Moon", "1969"]), ("{metadata.who}", ["Neil"]),
        ("by {metadata.who}", ["by Neil"]), ("{target}", ["t1", "t2"]), ("{choices}", ["c1", "c2"]), ("{input}", ["q"]),
        ("{ not a name }", ["{ not a name }"]),
    ])
    func `a template stands for what the sample holds`(_ template: String, _ expected: [String]) throws {
        #expect(try texts(.string(template)) == expected)
    }

    @Test func `the items of a list are joined to one list`() throws {
        #expect(try texts(.array([.string("{metadata.facts}"), .string("x")])) == ["Moon", "1969", "x"])
    }

    @Test(arguments: ["{metadata.absent}", "by {metadata.absent}", "{metadata.none}"])
    func `what the sample does not hold makes it unscorable`(_ template: String) {
        #expect(throws: Unscorable.self) { try texts(.string(template)) }
    }

    @Test(
        arguments: [
            .array([]), .string(""), .array([.string("a"), .string(" ")]), .string("{metdata.facts}"),
            .string("{metadata.}"),
        ] as [JSONValue])
    func `an option that can never be filled is an error`(_ value: JSONValue) {
        #expect(throws: GraderError.self) { try texts(value) }
    }
}
