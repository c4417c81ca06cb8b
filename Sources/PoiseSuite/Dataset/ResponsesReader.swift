import Foundation
import PoiseCore

/// Reads responses that were made elsewhere: lines of `{"id": "…", "response": "…"}`.
package enum ResponsesReader {
    /// One line.
    package struct Line: Hashable, Sendable {
        /// The sample that it answers.
        package let sample: String
        /// Nil where the request failed there (`null`): never a wrong answer.
        package let response: String?
        /// From 1.
        package let number: Int
    }

    /// The responses in the order of the file; a sample may stand there several times, as its epochs.
    ///
    /// - Parameter samples: the ids that lines may name.
    /// - Throws: `InvalidSuite` with every line that is wrong.
    package static func responses(at path: String, to samples: Set<String>) throws -> [Line] {
        let log = ProblemLog()
        let files = SourceFiles(for: path, log: log)
        guard let data = files.data(at: path, named: Paths.name(of: path), noun: "the responses", by: nil) else {
            throw InvalidSuite(problems: log.problems)
        }
        var lines: [Line] = []
        let known = samples.sorted()
        for (index, bytes) in data.lines.enumerated() {
            func refuse(_ what: String, _ expected: String? = nil, column: Int? = nil) {
                log.add(.init(path: path, line: index + 1, column: column, what: what, expected: expected))
            }
            guard let text = DatasetReader.text(of: bytes, isFirst: index == 0) else {
                refuse("not UTF-8 text", "Save the file as UTF-8.")
                continue
            }
            if text.allSatisfy(\.isWhitespace) { continue }
            let form = #"Write {"id": "…", "response": "…"}, or null where no response came."#
            do {
                guard case .object(let members) = try JSONReader.read(text) else {
                    refuse("a line is a JSON object", form)
                    continue
                }
                guard let id = members.first(where: { $0.name == "id" })?.value.scalar else {
                    refuse("a line without an “id” that is a text or a number", form)
                    continue
                }
                guard let response = members.first(where: { $0.name == "response" })?.value,
                    response.isNull || response.text != nil
                else {
                    refuse("the line of “\(id)” has no “response” that is a text", form)
                    continue
                }
                guard samples.contains(id) else {
                    refuse(
                        "no sample “\(id)” in the task",
                        // Of a file for another task every line is wrong, and no more of them are shown.
                        log.count < InvalidSuite.longestList
                            ? nearest(to: id, among: known).map { "Did you mean “\($0)”?" } : nil)
                    continue
                }
                lines.append(Line(sample: id, response: response.text, number: index + 1))
            } catch {
                refuse("not valid JSON: \(error.what)", column: error.column)
            }
        }
        if lines.isEmpty, log.count == 0 {
            log.add(.init(path: path, what: "the file has no responses", expected: "Write one JSON object a line."))
        }
        guard log.count == 0 else { throw InvalidSuite(problems: log.problems) }
        return lines
    }
}

extension JSONTree {
    fileprivate var isNull: Bool {
        if case .null = self { true } else { false }
    }

    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A text, or the digits of a number as they were written.
    fileprivate var scalar: String? {
        switch self {
        case .string(let text) where !text.isEmpty: text
        case .number(let digits): digits
        default: nil
        }
    }
}
