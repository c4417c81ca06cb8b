import Foundation
import PoiseCore

/// How the columns of any CSV or JSONL file become samples.
package struct ColumnMapping: Hashable, Sendable {
    /// Where the choices of a sample stand.
    package enum Choices: Hashable, Sendable {
        /// A column each.
        case columns([String])
        /// One column with a list; in CSV the list is written as JSON.
        case list(String)
    }

    package var input: String
    /// nil where the check needs none.
    package var target: String?
    package var choices: Choices?
    /// What the first choice is called where targets are numbers: 0 or 1; nil where they are letters or texts.
    package var firstChoice: Int?
    /// nil where samples are numbered.
    package var id: String?
    package var metadata: [String] = []

    package init(input: String, target: String? = nil) {
        self.input = input
        self.target = target
    }

    /// What is the same for every sample; nil where Poise chooses.
    package struct Task: Hashable, Sendable {
        package var name: String
        package var title: String?
        package var license: String?
        package var check: String?
        package var prompt: String?

        package init(name: String) {
            self.name = name
        }
    }

    /// - Throws: at the first record that does not have what the mapping names.
    package func task(from file: SourceFile, isTable: Bool, as settings: Task) throws(ImportFailure) -> ImportedTask {
        let records = isTable ? try Records.table(of: file) : try Records.json(of: file)
        var items: [ImportedTask.Item] = []
        for (index, record) in records.enumerated() {
            items.append(try item(of: record, number: index + 1, prefix: settings.name))
        }
        let grader = settings.check.map { CheckDefinition(name: $0) } ?? Self.grader(for: items.map(\.sample))
        guard let grader else {
            throw ImportFailure(
                "without a target nothing says what a right answer is", at: file.path,
                remedy: "Name the column with --target, or a check that needs none with --check.")
        }
        var task = try ImportedTask(
            name: settings.name, title: settings.title ?? settings.name, license: settings.license,
            prompt: settings.prompt ?? standardPrompt, graders: [grader], items: items, of: file.path)
        if settings.check == nil {
            task.notes.append("the answers are graded by `\(grader.name)`, as the targets look; --check names another")
        }
        return task
    }

    private var standardPrompt: String {
        choices == nil
            ? "{input}"
            : """
            {input}

            {choices}

            Answer with the letter of the right choice alone.
            """
    }

    /// `choice` where there are choices, `number` where every target is one, else `normalized`; nil without targets.
    static func grader(for samples: [Sample]) -> CheckDefinition? {
        guard !samples.allSatisfy(\.target.isEmpty) else { return nil }
        if samples.contains(where: { !$0.choices.isEmpty }) { return CheckDefinition(name: "choice") }
        let areNumbers = samples.allSatisfy { $0.target.allSatisfy { Double($0.filter { $0 != "," }) != nil } }
        return CheckDefinition(name: areNumbers ? "number" : "normalized")
    }

    private func item(of record: Record, number: Int, prefix: String) throws(ImportFailure) -> ImportedTask.Item {
        let question = try ColumnPath(input).required(in: record, named: "--input")
        let choices = try choices(of: record)
        var values: [String: JSONValue] = [:]
        for name in metadata { values[name] = try ColumnPath(name).required(in: record, named: "--metadata") }
        let sample = Sample(
            id: try id(of: record) ?? ImportedTask.id(prefix, number), input: try Self.input(question, of: record),
            target: try targets(of: record, choices: choices), choices: choices, metadata: values)
        return .init(sample: sample, place: record.place)
    }

    private func id(of record: Record) throws(ImportFailure) -> String? {
        guard let id else { return nil }
        let value = try ColumnPath(id).required(in: record, named: "--id")
        guard let label = Record.label(value), !label.isEmpty else {
            throw record.failure("expected the id to be a text or a number, found \(value.kindName)")
        }
        return label
    }

    /// A text, or messages with role and content.
    static func input(_ value: JSONValue, of record: Record) throws(ImportFailure) -> Sample.Input {
        if let items = value.array, !items.isEmpty {
            var messages: [Message] = []
            for item in items {
                guard let role = item["role"]?.string, let content = item["content"].flatMap(MessageText.read) else {
                    throw record.failure("expected the input to be a text or messages with role and content")
                }
                guard Message.promptRoles.contains(role) else {
                    throw record.failure(
                        "expected messages of \(Message.promptRoles.joined(separator: ", ")), found one of “\(role)”")
                }
                messages.append(Message(role: role, content: content))
            }
            return .messages(messages)
        }
        guard let text = Record.label(value), !text.allSatisfy(\.isWhitespace) else {
            throw record.failure(
                "expected the input to be a text, found \(value == .string("") ? "an empty one" : value.kindName)")
        }
        return .text(text)
    }

    private func choices(of record: Record) throws(ImportFailure) -> [String] {
        switch choices {
        case nil: return []
        case .columns(let names):
            var choices: [String] = []
            for name in names {
                let value = try ColumnPath(name).required(in: record, named: "--choices")
                guard let choice = Record.label(value) else {
                    throw record.failure("expected the choice “\(name)” to be a text, found \(value.kindName)")
                }
                choices.append(choice)
            }
            return choices
        case .list(let name):
            var value = try ColumnPath(name).required(in: record, named: "--choices-column")
            if let text = value.string, text.first == "[" {
                value = try JSONDocument.value(of: Data(text.utf8), in: record.place)
            }
            guard let items = value.array, items.count > 1 else {
                throw record.failure(
                    "expected “\(name)” to be a list of choices, found \(value.kindName)",
                    remedy: #"In CSV, write it as JSON: ["oak", "trout"]; columns of their own are named by --choices."#
                )
            }
            return items.map { Record.label($0) ?? $0.text }
        }
    }

    private func targets(of record: Record, choices: [String]) throws(ImportFailure) -> [String] {
        guard let target else { return [] }
        let value = try ColumnPath(target).required(in: record, named: "--target")
        let texts = (value.array ?? [value]).map { item in
            Record.label(item) ?? item.bool.map { $0 ? "true" : "false" } ?? item.text
        }
        guard !texts.isEmpty else { throw record.failure("the list of targets is empty") }
        guard !choices.isEmpty else { return texts }
        var letters: [String] = []
        for text in texts { letters.append(try letter(of: text, choices: choices, record)) }
        return letters
    }

    /// The letter that a target means: the letter itself, the text of a choice, or its number.
    private func letter(of target: String, choices: [String], _ record: Record) throws(ImportFailure) -> String {
        var index: Int?
        if let firstChoice, let number = Int(target) {
            index = number - firstChoice
        } else if let same = choices.firstIndex(of: target) {
            index = same
        } else {
            index = ChoiceLetters.index(target)
        }
        if let index, choices.indices.contains(index), let letter = ChoiceLetters.letter(index) { return letter }
        throw record.failure(
            "the target “\(target)” is none of the \(choices.count) choices",
            remedy: Int(target) != nil && firstChoice == nil
                ? "If it is the number of a choice, say --first-choice 0 or --first-choice 1."
                : "It may be a letter, the text of a choice, or with --first-choice its number.")
    }
}

/// The text of a message's content, which may come in parts of which some are no answer.
enum MessageText {
    /// A text, or the parts of the kind `text` one after the other; nil where it is neither.
    static func read(_ content: JSONValue) -> String? {
        if let text = content.string { return text }
        guard let parts = content.array else { return nil }
        return parts.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }.joined(separator: "\n")
    }
}
