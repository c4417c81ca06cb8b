package import PoiseCore

/// JSON Schemas (draft 2020-12) of the files that people write, for editors to complete and explain them.
///
/// They come from the declarations that the readers use, so that the two cannot drift apart.
package enum SuiteSchema {
    /// The schema of a suite; it does not depend on the checks, and takes them so that all three read alike.
    package static func suite(checks: [CheckSpecification]) -> JSONValue {
        document(
            "suite", "A Poise suite", "Candidates, tasks, load levels and rounds that make one run.",
            Shape.mapping(SuiteKeys.all)
        )
    }

    /// The schema of a task, with every check and its options.
    package static func task(checks: [CheckSpecification]) -> JSONValue {
        document(
            "task", "A Poise task", "Samples with the prompt that asks them and the graders that read the answers.",
            Shape.mapping(TaskKeys.all(checks: checks))
        )
    }

    /// The schema of a rubric, with every check and its options.
    package static func rubric(checks: [CheckSpecification]) -> JSONValue {
        document(
            "rubric", "A Poise rubric", "Weighted criteria that make one score.",
            Shape.mapping(RubricKeys.all(checks: checks))
        )
    }

    /// Every schema as the text of its file, by the file's name.
    package static func files(checks: [CheckSpecification]) -> [String: String] {
        [
            "suite.schema.json": suite(checks: checks).prettyText,
            "task.schema.json": task(checks: checks).prettyText,
            "rubric.schema.json": rubric(checks: checks).prettyText,
        ]
    }

    private static func document(_ name: String, _ title: String, _ description: String, _ shape: Shape) -> JSONValue {
        var members = shape.schema.object ?? [:]
        members["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
        members["$id"] = .string("urn:poise:schema:\(name)")
        members["title"] = .string(title)
        members["description"] = .string(description)
        return .object(members)
    }
}
