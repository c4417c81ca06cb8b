import PoiseCore
import Yams

/// One YAML file: its text, the name it has in messages, and the log that its problems go to.
struct YAMLSource {
    let path: String
    let log: ProblemLog

    /// The file's content as one mapping; nil, with the problem logged, where it is something else.
    func root(of text: String) -> YAMLValue? {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        guard let node = composed(text) else { return nil }
        let value = YAMLValue(node: node, source: self)
        guard case .mapping = node else {
            value.refuse("expected keys with values, found \(value.found)", expected: "Start with “name: …”.")
            return nil
        }
        return value
    }

    func refuse(line: Int?, column: Int?, _ what: String, expected: String?) {
        log.add(.init(path: path, line: line, column: column, what: what, expected: expected))
    }

    private func composed(_ text: String) -> Node? {
        guard text.utf8.count <= Self.largestText else {
            refuse(
                line: nil, column: nil, "it has more than \(Self.largestText >> 20) MB",
                expected: "Samples go into a file of their own, as JSON lines.")
            return nil
        }
        do {
            switch try YAMLExpansion.outcome(of: text) {
            case .tree(let node): return node
            case .empty: refuse(line: nil, column: nil, "the file is empty", expected: "Start with “name: …”.")
            case .excess(let node):
                refuse(
                    line: node.mark?.line, column: node.mark?.column,
                    "with its aliases filled in it has more than \(YAMLExpansion.largestTree) values, or more than"
                        + " \(YAMLExpansion.deepest) levels", expected: "Write them out.")
            }
        } catch let error as YamlError {
            log.add(syntaxProblem(error, in: text))
        } catch {
            refuse(line: nil, column: nil, "cannot be read as YAML: \(error)", expected: nil)
        }
        return nil
    }

    /// Bytes; far above any file that a person writes.
    private static let largestText = 8 << 20
}

// MARK: - Syntax

extension YAMLSource {
    private func syntaxProblem(_ error: YamlError, in text: String) -> InvalidSuite.Problem {
        switch error {
        case .scanner(_, _, let mark, _) where isTab(mark, in: text):
            return problem(mark, "a tab stands where the indentation is", "YAML wants spaces there.")
        case .scanner(let context, let said, let mark, _), .parser(let context, let said, let mark, _):
            let start = context.map { " (\($0.text), from line \($0.mark.line))" } ?? ""
            return problem(mark, "not valid YAML: \(said)\(start)", hint(for: said))
        case .composer(_, let said, let mark, _) where said.contains("another document"):
            return problem(mark, "a second document starts here", "Write one document a file, without “---”.")
        case .composer(_, let said, let mark, _):
            return problem(mark, "not valid YAML: \(said)", "An alias (*name) needs its anchor (&name) before it.")
        case .reader(let said, let offset, _, _):
            let line = offset.map { 1 + text.prefix($0).count(where: \.isNewline) }
            return .init(path: path, line: line, what: "not valid YAML: \(said)", expected: "Remove the character.")
        case .duplicatedKeysInMapping(let keys, let context):
            return duplicateProblem(of: keys.first ?? "", first: context.mark, in: text)
        default:
            return .init(path: path, what: "not valid YAML: \(error)")
        }
    }

    private func problem(_ mark: Mark, _ what: String, _ expected: String?) -> InvalidSuite.Problem {
        .init(path: path, line: mark.line, column: mark.column, what: what, expected: expected)
    }

    private func hint(for said: String) -> String? {
        if said.contains("mapping values are not allowed") {
            return "A text with “: ” in it needs quotes; a key needs a line of its own."
        }
        if said.contains("did not find expected key") || said.contains("did not find expected '-' indicator") {
            return "Check the indentation of this line and of the ones above it."
        }
        if said.contains("cannot start any token") { return "Put the text in quotes." }
        return said.contains("unexpected end of stream") ? "A quote or a bracket is still open." : nil
    }

    private func isTab(_ mark: Mark, in text: String) -> Bool {
        let lines = Self.lines(of: text)
        guard lines.indices.contains(mark.line - 1) else { return false }
        return lines[mark.line - 1].unicodeScalars.prefix(mark.column).allSatisfy(\.properties.isWhitespace)
            && lines[mark.line - 1].unicodeScalars.prefix(mark.column).contains("\t")
    }

    /// The parser only says where the key stood first: the second is at the end of the shortest text that fails so.
    private func duplicateProblem(of key: String, first: Mark, in text: String) -> InvalidSuite.Problem {
        let lines = Self.lines(of: text)
        let line = (min(first.line, lines.count)..<max(first.line, lines.count) + 1).prefix(Self.longestSearch).first {
            count in
            do {
                _ = try Yams.compose(yaml: lines.prefix(count).joined(separator: "\n"), .basic)
                return false
            } catch YamlError.duplicatedKeysInMapping(_, let context) {
                return context.mark.line == first.line && context.mark.column == first.column
            } catch {
                return false
            }
        }
        return .init(
            path: path, line: line ?? first.line, column: line == first.line ? nil : first.column,
            what: "the key “\(key)” stands here again; it is on line \(first.line) already",
            expected: "Keep one of them."
        )
    }

    /// Each line of it parses the text anew.
    private static let longestSearch = 1000

    private static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }
}
