import Foundation
package import PoiseCore

/// Reads responses that people have graded.
///
/// A line is a sample with its `response` and `label`, or with two `responses` and which of them is better.
package enum LabelsReader {
    /// A response whose grade is known.
    package struct Labelled: Hashable, Sendable {
        package let sample: Sample
        package let response: String
        package let label: String
    }

    /// Two responses, of which one is known to be better.
    package struct Pair: Hashable, Sendable {
        package let sample: Sample
        package let first: String
        package let second: String
        /// `A`, `B`, or `T` where neither is.
        package let label: String
    }

    private static let own = ["response", "responses", "label", "task", "criterion"]
    private static let form = #"Write {"input": "…", "target": "…", "response": "…", "label": "…"}."#
    private static let pairForm = #"Write {"input": "…", "responses": ["…", "…"], "label": "A"}."#

    /// - Parameter grades: what a label may be, whatever its case; it is given back as it stands here.
    /// - Throws: `InvalidSuite` with every line that is wrong.
    package static func labels(
        at path: String, grades: [String]
    ) throws -> (labelled: [Labelled], pairs: [Pair], digest: String) {
        let log = ProblemLog()
        let files = SourceFiles(for: path, log: log)
        guard let data = files.data(at: path, named: Paths.name(of: path), noun: "the labels", by: nil) else {
            throw InvalidSuite(problems: log.problems)
        }
        let lines = DatasetReader(path: path, log: log, others: own).samples(in: data)
        let bytes = data.lines.map { $0 }
        var labelled: [Labelled] = []
        var pairs: [Pair] = []
        for line in lines {
            func refuse(_ what: String, _ expected: String) {
                log.add(.init(path: path, line: line.number, what: what, expected: expected))
            }
            let extra = members(of: bytes[line.number - 1], isFirst: line.number == 1)
            guard let label = extra["label"]?.word else {
                refuse("the line of “\(line.sample.id)” has no “label” that is a text or a number", form)
                continue
            }
            switch (extra["response"], extra["responses"]) {
            case (.string(let response)?, nil):
                guard let grade = grades.first(where: { $0.lowercased() == label.lowercased() }) else {
                    refuse("the label “\(label)” is no grade", "It is one of \(grades.joined(separator: ", ")).")
                    continue
                }
                labelled.append(Labelled(sample: line.sample, response: response, label: grade))
            case (nil, .array(let items)?):
                guard case .string(let first)? = items.first, case .string(let second)? = items.last, items.count == 2
                else {
                    refuse("“responses” are two texts", pairForm)
                    continue
                }
                guard let preference = ["a": "A", "b": "B", "t": "T", "tie": "T"][label.lowercased()] else {
                    refuse("the label “\(label)” of a pair", "It is A, B, or T where neither is better.")
                    continue
                }
                pairs.append(Pair(sample: line.sample, first: first, second: second, label: preference))
            default:
                refuse("the line of “\(line.sample.id)” needs either “response” or two “responses”", form)
            }
        }
        guard log.count == 0 else { throw InvalidSuite(problems: log.problems) }
        return (labelled, pairs, SHA256Digest.of(data))
    }

    /// What a line has beside its sample.
    private static func members(of line: Data, isFirst: Bool) -> [String: JSONTree] {
        guard let text = DatasetReader.text(of: line, isFirst: isFirst),
            case .object(let members)? = try? JSONReader.read(text)
        else { return [:] }
        return Dictionary(
            members.filter { own.contains($0.name) }.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension JSONTree {
    /// A text, or the digits of a number as they were written: grades may be digits.
    fileprivate var word: String? {
        switch self {
        case .string(let text): text
        case .number(let digits): digits
        default: nil
        }
    }
}
