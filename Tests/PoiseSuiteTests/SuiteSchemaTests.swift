import Foundation
import PoiseCore
import PoiseGrading
import Testing

@testable import PoiseSuite

struct SuiteSchemaTests {
    private static let schemas = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Datasets/schemas")

    /// Writes the files instead where POISE_WRITE_SCHEMAS is set.
    @Test(arguments: ["suite.schema.json", "task.schema.json", "rubric.schema.json"])
    func `the schemas in the repository are those of the code`(name: String) throws {
        let text = try #require(SuiteSchema.files(checks: CheckCatalog.specifications)[name])
        let file = Self.schemas.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["POISE_WRITE_SCHEMAS"] != nil {
            try FileManager.default.createDirectory(at: Self.schemas, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let committed = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            committed == text,
            "Datasets/schemas/\(name) is out of date: POISE_WRITE_SCHEMAS=1 swift test --filter SuiteSchemaTests"
        )
    }

    @Test func `every key of a suite is described`() throws {
        let properties = try #require(SuiteSchema.suite(checks: [])["properties"]?.object)
        #expect(properties.keys.sorted() == SuiteKeys.all.map(\.name).sorted())
        #expect(properties.values.allSatisfy { $0["description"]?.string?.hasSuffix(".") == true })
        #expect(properties["rounds"]?["default"] == .number(1))
        #expect(properties["rounds"]?["minimum"] == .number(1))
        #expect(
            SuiteSchema.suite(checks: [])["required"] == .array(["name", "candidates", "tasks"].map(JSONValue.string)))
    }

    @Test func `every check of a task has its options`() throws {
        let graders = SuiteSchema.task(checks: Workspace.checks)["properties"]?["graders"]?["items"]?["anyOf"]?.array
        let number = try #require(graders?.first { $0["properties"]?["check"]?["enum"] == .array([.string("number")]) })
        #expect(number["properties"]?["extract"]?["enum"] == .array([.string("last_number"), .string("first_number")]))
        #expect(number["additionalProperties"] == .bool(false))
        #expect(graders?.count == Workspace.checks.count + 1)
        #expect(graders?.last?["required"] == .array([.string("rubric")]))
    }

    @Test func `a schema is JSON and the same each time`() throws {
        for (name, text) in SuiteSchema.files(checks: Workspace.checks) {
            #expect(try JSONValue(parsing: text)["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
            #expect(SuiteSchema.files(checks: Workspace.checks)[name] == text)
        }
    }
}
