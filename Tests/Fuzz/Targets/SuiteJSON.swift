import PoiseCore

@testable import PoiseGrading
@testable import PoiseSuite

/// The samples' reader of JSON, which keeps order and digits.
enum SuiteJSON {
    /// Values deeper than this are refused.
    static let deepest = 128

    static func takes(_ text: String) -> Bool { (try? JSONReader.read(text)) != nil }

    /// What it read, written as exact JSON; nil where it is none.
    static func text(_ text: String) -> String? {
        (try? JSONReader.read(text)).map { exact($0).text }
    }

    private static func exact(_ tree: JSONTree) -> ExactJSON {
        switch tree {
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let digits): (try? ExactJSON(parsing: digits)) ?? .string(digits)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(exact))
        case .object(let members):
            .object(Dictionary(members.map { ($0.name, exact($0.value)) }) { _, last in last })
        }
    }
}
