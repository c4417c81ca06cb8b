import Foundation
import PoiseCore

/// Reads one task file with its dataset and its rubrics.
struct TaskReader {
    let files: SourceFiles
    let graders: GraderReader

    /// The task, all of its samples in it; nil with the problems logged.
    ///
    /// - Parameter place: what names it; nil where that is the command line.
    func task(at path: String, named name: String, by place: YAMLValue?) -> EvaluationTask? {
        guard let text = files.text(at: path, named: name, noun: "the task", by: place),
            let root = YAMLSource(path: path, log: files.log).root(of: text),
            let mapping = Mapping(root, "a task", keys: TaskKeys.all(checks: graders.checks))
        else { return nil }
        let before = files.log.count
        let name = mapping.read(TaskKeys.name) ?? Paths.stem(of: path)
        let title = mapping.read(TaskKeys.title)
        let license = mapping.read(TaskKeys.license)
        let useCase = mapping.read(TaskKeys.useCase)
        let maxTokens = mapping.read(TaskKeys.maxTokens)
        let isPrivate = mapping.read(TaskKeys.isPrivate)
        let prompt = readPrompt(in: mapping.read(TaskKeys.prompt))
        let found = mapping.read(TaskKeys.graders(checks: graders.checks)).map(readGraders(in:)) ?? []
        let samples = mapping.read(TaskKeys.samples).flatMap(dataset(of:))
        if let samples { check(prompt.uses + found.flatMap(\.templates), against: samples) }
        guard files.log.count == before, let samples, !found.isEmpty else { return nil }
        return EvaluationTask(
            name: name, title: title, license: license, useCase: useCase, maxTokens: maxTokens,
            graders: found.map(\.definition), samples: samples.lines.map(\.sample), prompt: prompt.template,
            isPrivate: isPrivate ?? false
        )
    }

    // MARK: - Samples

    private struct Dataset {
        let path: String
        let lines: [DatasetReader.Line]
    }

    private func dataset(of reference: LocatedText) -> Dataset? {
        let path = Paths.resolved(reference.text, against: reference.value.source.path)
        guard let data = files.data(at: path, named: reference.text, noun: "the dataset", by: reference.value) else {
            return nil
        }
        let reader = DatasetReader(path: path, log: files.log, graders: graders)
        return Dataset(path: path, lines: reader.samples(in: data))
    }

    private func check(_ uses: [TemplateUse], against dataset: Dataset) {
        let check = PlaceholderCheck(samples: dataset.lines, dataset: dataset.path, log: files.log)
        uses.forEach(check.check)
        check.checkLengths(uses)
        let prompts = uses.filter { !$0.mayNameTarget }
        let asksNothing = prompts.allSatisfy { Template($0.text).placeholders.isEmpty }
        let isAsked = dataset.lines.contains { line in
            line.sample.questions.contains { if case .text = $0.input { true } else { false } }
        }
        if let prompt = prompts.first, asksNothing, isAsked {
            prompt.value.refuse("the prompt asks every sample the same", expected: "Put {input} where it belongs.")
        }
    }

    // MARK: - Prompt

    private struct Prompt {
        let template: Sample.Input
        let uses: [TemplateUse]
    }

    private func readPrompt(in value: YAMLValue?) -> Prompt {
        let standard = Sample.Input.text("{input}")
        guard let value else { return Prompt(template: standard, uses: []) }
        func use(_ text: String, _ place: YAMLValue) -> TemplateUse {
            TemplateUse(text: text, value: place, noun: "the prompt", mayNameTarget: false)
        }
        if let text = value.text, !text.isEmpty { return Prompt(template: .text(text), uses: [use(text, value)]) }
        guard let items = value.items, !items.isEmpty else {
            value.refuse(
                "expected a text or a list of messages, found \(value.items == nil ? value.found : "an empty list")",
                expected: "Write prompt: \"{input}\", in quotes: a plain { opens a mapping."
            )
            return Prompt(template: standard, uses: [])
        }
        var messages: [Message] = []
        var uses: [TemplateUse] = []
        for item in items {
            guard let mapping = Mapping(item, "a message", keys: MessageKeys.all) else { continue }
            let role = mapping.read(MessageKeys.role)
            let content = mapping.read(MessageKeys.content)
            guard let role, let content else { continue }
            messages.append(Message(role: role, content: content.text))
            uses.append(use(content.text, content.value))
        }
        return Prompt(template: .messages(messages), uses: uses)
    }

    // MARK: - Graders

    private struct FoundGrader {
        let definition: GraderDefinition
        let templates: [TemplateUse]
    }

    private func readGraders(in list: YAMLValue) -> [FoundGrader] {
        guard let items = list.items, !items.isEmpty else {
            let found = list.items == nil ? list.found : "an empty list"
            list.refuse("expected a list of graders, found \(found)", expected: "Write - check: … or - rubric: ….")
            return []
        }
        return items.compactMap(grader(in:))
    }

    private func grader(in value: YAMLValue) -> FoundGrader? {
        let names = value.pairs.map { Set($0.map(\.name)) }
        let hasCheck = names?.contains("check") == true
        let hasRubric = names?.contains("rubric") == true
        guard hasCheck != hasRubric else {
            value.refuse(
                names == nil
                    ? "expected a grader, found \(value.found)"
                    : hasCheck ? "a grader with both “check” and “rubric”" : "a grader without “check” or “rubric”",
                expected: "Write - check: … or - rubric: …, one a grader."
            )
            return nil
        }
        if hasCheck {
            return graders.check(in: value, "the check").map {
                FoundGrader(definition: .check($0.definition), templates: $0.templates)
            }
        }
        guard let mapping = Mapping(value, "a rubric's name", keys: [GraderKeys.rubric.declaration]),
            let name = mapping.read(GraderKeys.rubric)
        else { return nil }
        return RubricReader(files: files, graders: graders).rubric(named: name).map {
            FoundGrader(definition: .rubric($0.definition), templates: $0.templates)
        }
    }
}
