import PoiseCore

/// The keys of a task file.
enum TaskKeys {
    static let name = Key.optional("name", Form.text, "A short name; the file's own name where left out.")
    static let title = Key.optional("title", Form.text, "What the task asks, for people.")
    static let license = Key.optional("license", Form.text, "The licence of the samples, as an SPDX identifier.")
    static let useCase = Key.optional("use_case", Form.text, "What the task stands for: reasoning, extraction, …")
    static let samples = Key<LocatedText>.required(
        "samples", .locatedText, "The dataset: a file of JSON lines, relative to this file."
    )
    static let prompt = Key<YAMLValue>.optional(
        "prompt", .tree(.anyOf([.text, .list(.mapping(MessageKeys.all))])),
        "The text, or the list of messages, that asks a sample; {input} where left out."
            + " {choices} and {metadata.key} are filled in too."
    )
    static let isPrivate = Key.optional(
        "private", Form.bool, default: false, as: .bool(false),
        "Whether its texts never leave the database: pages, exports and lists have its numbers alone."
    )
    static let maxTokens = Key.optional(
        "max_tokens", Form.count, "The longest response; goes over the suite's sampling settings."
    )

    /// All keys; those of `graders` are those of the checks.
    static func all(checks: [CheckSpecification]) -> [KeyDeclaration] {
        [
            name.declaration, title.declaration, license.declaration, useCase.declaration, samples.declaration,
            prompt.declaration, isPrivate.declaration, maxTokens.declaration, graders(checks: checks).declaration,
        ]
    }

    static func graders(checks: [CheckSpecification]) -> Key<YAMLValue> {
        let rubric = [[GraderKeys.rubric.declaration]]
        return .required(
            "graders", .tree(.list(.oneOfMappings(checks.map { GraderKeys.keys(of: $0) } + rubric))),
            "Checks and rubrics that read the answers; the first one decides a trial's score."
        )
    }
}

/// The keys of one message of a prompt.
enum MessageKeys {
    static let role = Key.required("role", Form.oneOf(Message.promptRoles), "Who says it.")
    static let content = Key<LocatedText>.required("content", .locatedText, "What is said.")
    static let all: [KeyDeclaration] = [role.declaration, content.declaration]
}

/// The keys of one grader of a task.
enum GraderKeys {
    static let rubric = Key<LocatedText>.required(
        "rubric", .locatedText, "A rubric by its name (beside the task or in a Rubrics folder above it), or its path."
    )

    /// The key that every criterion needs; which name it holds is looked up apart.
    static let checkOfAnyName = Key.required("check", Form.text, "The name of the check that measures it.").declaration

    /// `check` and the options of a check; its name is the only one that `check` may say there.
    static func keys(of check: CheckSpecification) -> [KeyDeclaration] {
        [Key.required("check", Form.oneOf([check.name]), check.summary).declaration] + OptionForms.keys(of: check)
    }
}
