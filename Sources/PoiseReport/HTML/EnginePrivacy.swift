import Foundation
import PoiseCore

/// Keeps the directories of the machine that measured out of a page that is shared.
package enum EnginePrivacy {
    /// The last component of a path.
    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The arguments with absolute paths cut to their last component, also behind an equals sign.
    static func arguments(_ facts: EngineFacts) -> [String] {
        facts.arguments.map { argument in
            if argument.hasPrefix("/") { return name(of: argument) }
            guard argument.hasPrefix("-"), let equals = argument.range(of: "=/") else { return argument }
            return argument[..<equals.lowerBound] + "=" + name(of: String(argument[equals.upperBound...]))
        }
    }

    /// A text with every word that is an absolute path cut to its last component, also behind an equals sign.
    package static func withoutFolders(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            if word.hasPrefix("/") { return name(of: String(word)) }
            guard word.hasPrefix("-"), let equals = word.range(of: "=/") else { return String(word) }
            return word[..<equals.lowerBound] + "=" + name(of: String(word[equals.upperBound...]))
        }.joined(separator: " ")
    }

    /// What the engine says of itself beside its build, as names and texts.
    static func details(_ facts: EngineFacts) -> String {
        (facts.details?.listed ?? []).map { "\($0.name) \($0.text.hasPrefix("/") ? name(of: $0.text) : $0.text)" }
            .joined(separator: ", ")
    }
}
