import Foundation
import PoiseCore

/// Reads a dataset: one JSON object a line, in the shape that inspect_ai made common.
struct DatasetReader {
    let path: String
    let log: ProblemLog
    /// What turns may name as their checks; nil where the names are not known.
    var graders: GraderReader?
    /// Keys of a line that are another reader's.
    var others: [String] = []

    /// A sample with the line that it stands on.
    struct Line: Hashable {
        let sample: Sample
        let number: Int
    }

    /// The samples in the order of the file; lines that are wrong are logged and left out.
    ///
    /// A sample without an id is called by its position among the samples, from 1, as inspect_ai does.
    func samples(in data: Data) -> [Line] {
        var lines: [Line] = []
        var position = 0
        for (index, bytes) in data.lines.enumerated() {
            let text = text(of: bytes, line: index + 1)
            if text?.allSatisfy(\.isWhitespace) == true { continue }
            position += 1
            if let text, let sample = sample(in: text, line: index + 1, position: position) {
                lines.append(Line(sample: sample, number: index + 1))
            }
        }
        if position == 0 {
            log.add(.init(path: path, what: "the dataset has no samples", expected: "Write one JSON object a line."))
        }
        refuseDuplicates(in: lines)
        return lines
    }

    private func text(of bytes: Data, line: Int) -> String? {
        if let text = Self.text(of: bytes, isFirst: line == 1) { return text }
        refuse(line, "not UTF-8 text", expected: "Save the file as UTF-8.")
        return nil
    }

    /// A line without the mark that some editors begin a file with; nil where it is not UTF-8.
    static func text(of bytes: Data, isFirst: Bool) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return isFirst && text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    private func refuseDuplicates(in lines: [Line]) {
        var first: [String: Int] = [:]
        for line in lines {
            if let earlier = first[line.sample.id] {
                refuse(
                    line.number, "a second sample “\(line.sample.id)”; the first is on line \(earlier)",
                    expected: "Give each sample an id of its own."
                )
            } else {
                first[line.sample.id] = line.number
            }
        }
    }

    private func refuse(_ line: Int, column: Int? = nil, _ what: String, expected: String?) {
        log.add(.init(path: path, line: line, column: column, what: what, expected: expected))
    }

    // MARK: - One line

    private static let keys = ["id", "input", "target", "choices", "metadata", "tools", "turns"]

    private func sample(in text: String, line: Int, position: Int) -> Sample? {
        let members: [JSONTree.Member]
        do {
            guard case .object(let read) = try JSONReader.read(text) else {
                refuse(line, "a sample is a JSON object", expected: #"Write {"input": "…", "target": "…"}."#)
                return nil
            }
            members = read
        } catch {
            refuse(line, column: error.column, "not valid JSON: \(error.what)", expected: nil)
            return nil
        }
        let before = log.count
        let refuse = { (column: Int?, what: String, expected: String?) in
            self.refuse(line, column: column, what, expected: expected)
        }
        let read = SampleMembers(members, "a sample", isWhole: true, refuse: refuse)
        let known = Self.keys + others
        read.refuseUnknown(besides: known)
        let id = read.read("id", default: String(position), SampleForm.id)
        let metadata = read.read("metadata", default: [:], SampleForm.metadata)
        let turnReader = TurnReader(graders: graders, refuse: refuse)
        let tools = turnReader.tools(in: read)
        let sample: Sample
        if read.member("turns") != nil {
            for key in ["input", "target", "choices"] {
                guard let member = read.member(key) else { continue }
                refuse(member.column, "a sample with both “turns” and “\(key)”", "Put “\(key)” into the turns.")
            }
            sample = Sample(id: id, turns: turnReader.turns(in: read, tools: tools), metadata: metadata, tools: tools)
        } else {
            if !read.has("input", among: known), !read.has("turns", among: known) {
                refuse(nil, "a sample without “input”", "input: the text to ask, or a list of messages.")
            }
            sample = Sample(
                id: id, input: read.read("input", default: .text(""), SampleForm.input),
                target: read.read("target", default: [], SampleForm.targets),
                choices: read.read("choices", default: [], SampleForm.choices), metadata: metadata, tools: tools)
        }
        return log.count == before ? sample : nil
    }
}

/// What was expected of a sample's value, and what stood there.
struct Mismatch: Error {
    let expected: String
    let found: String

    init(_ expected: String, _ tree: JSONTree) {
        self.expected = expected
        found = tree.found
    }

    init(_ expected: String, found: String) {
        self.expected = expected
        self.found = found
    }
}

/// How the values of a sample are read.
enum SampleForm {
    static func text(_ tree: JSONTree) throws(Mismatch) -> String {
        if case .string(let text) = tree, !text.isEmpty { return text }
        throw Mismatch("a text", tree)
    }

    /// A text, which may be empty.
    static func anyText(_ tree: JSONTree) throws(Mismatch) -> String {
        if case .string(let text) = tree { return text }
        throw Mismatch("a text", tree)
    }

    /// What a function is called with, which is always an object.
    static func arguments(_ tree: JSONTree) throws(Mismatch) -> JSONValue? {
        guard case .object = tree else { throw Mismatch("an object", tree) }
        return tree.value
    }

    static func id(_ tree: JSONTree) throws(Mismatch) -> String {
        if let text = scalar(tree), !text.isEmpty { return text }
        throw Mismatch("a text or a number", tree)
    }

    static func input(_ tree: JSONTree) throws(Mismatch) -> Sample.Input {
        switch tree {
        case .string(let text) where !text.isEmpty: return .text(text)
        case .array(let items) where !items.isEmpty:
            var messages: [Message] = []
            for item in items { messages.append(try message(item)) }
            return .messages(messages)
        default: throw Mismatch("a text or a list of messages", tree)
        }
    }

    static func targets(_ tree: JSONTree) throws(Mismatch) -> [String] {
        if let text = scalar(tree) { return [text] }
        return try texts(tree, "a text, a number, or a list of them")
    }

    static func choices(_ tree: JSONTree) throws(Mismatch) -> [String] {
        let choices = try texts(tree, "a list of texts")
        // The choices are lettered A to Z.
        guard choices.count <= 26 else {
            throw Mismatch("a list of at most 26 texts", found: "\(choices.count) of them")
        }
        return choices
    }

    static func metadata(_ tree: JSONTree) throws(Mismatch) -> [String: JSONValue] {
        guard case .object = tree else { throw Mismatch("an object", tree) }
        return tree.value.object ?? [:]
    }

    private static func message(_ tree: JSONTree) throws(Mismatch) -> Message {
        guard case .object(let members) = tree else { throw Mismatch("a list of messages with role and content", tree) }
        if let extra = members.first(where: { !["role", "content"].contains($0.name) }) {
            throw Mismatch("messages with role and content", found: "the key “\(extra.name)”")
        }
        let role = members.first { $0.name == "role" }?.value ?? .null
        let content = members.first { $0.name == "content" }?.value ?? .null
        guard case .string(let name) = role, Message.promptRoles.contains(name) else {
            throw Mismatch("messages with a role of \(Message.promptRoles.joined(separator: ", "))", role)
        }
        guard case .string(let text) = content else { throw Mismatch("messages whose content is a text", content) }
        return Message(role: name, content: text)
    }

    private static func texts(_ tree: JSONTree, _ expected: String) throws(Mismatch) -> [String] {
        guard case .array(let items) = tree else { throw Mismatch(expected, tree) }
        var texts: [String] = []
        for item in items {
            guard let text = scalar(item) else { throw Mismatch(expected, item) }
            texts.append(text)
        }
        return texts
    }

    /// A text, or the digits of a number as they were written.
    private static func scalar(_ tree: JSONTree) -> String? {
        switch tree {
        case .string(let text): text
        case .number(let digits): digits
        default: nil
        }
    }
}
