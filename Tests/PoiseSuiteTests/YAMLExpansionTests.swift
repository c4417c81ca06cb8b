import Foundation
import Testing
import Yams

@testable import PoiseSuite

/// What a few letters of YAML may become.
struct YAMLExpansionTests {
    private func levels(_ count: Int, times: Int) -> String {
        "l0: &l0 x\n"
            + (1...count).map {
                "l\($0): &l\($0) [" + Array(repeating: "*l\($0 - 1)", count: times).joined(separator: ", ") + "]\n"
            }.joined()
    }

    private func isExcessive(_ text: String) throws -> Bool {
        if case .excess = try YAMLExpansion.outcome(of: text) { true } else { false }
    }

    @Test func `aliases of aliases are refused before anything goes through them`() throws {
        #expect(try isExcessive(levels(40, times: 9)))
        // As a key, where the parser would hash all of it.
        #expect(try isExcessive(levels(40, times: 9) + "? *l40\n: x\n"))
        #expect(try isExcessive(levels(40, times: 9) + "{*l40 : x}: y\n"))
        #expect(
            try isExcessive(
                levels(40, times: 9).replacingOccurrences(of: "[", with: "{k: [").replacingOccurrences(
                    of: "]", with: "]}")))
    }

    @Test func `a long chain of aliases is refused, since its end lies too deep`() throws {
        #expect(try isExcessive(levels(100_000 / 4, times: 1)))
        #expect(try !isExcessive(levels(100, times: 1)))
    }

    @Test func `what is written a thousand levels deep is refused`() throws {
        #expect(throws: YamlError.self) { try YAMLExpansion.outcome(of: String(repeating: "- ", count: 100_000)) }
        #expect(throws: YamlError.self) { try YAMLExpansion.outcome(of: String(repeating: "{a: ", count: 100_000)) }
        #expect(throws: YamlError.self) { try YAMLExpansion.outcome(of: String(repeating: "? ", count: 100_000)) }
        #expect(try isExcessive(String(repeating: "[", count: 500) + String(repeating: "]", count: 500)))
    }

    @Test func `an anchor that is used many times is fine, and stars in texts are`() throws {
        let uses = (0..<500).map { "c\($0): {<<: *base, name: '*\($0)', text: \"a * b\"}\n" }.joined()
        let text = "base: &base {a: 1, b: [x, y]}\n" + uses + "block: |\n  * one\n  * two\n"
        guard case .tree(let node) = try YAMLExpansion.outcome(of: text) else {
            Issue.record("it is not excessive")
            return
        }
        #expect(node.mapping?["block"]?.string == "* one\n* two\n")
        #expect(node.mapping?["c7"]?.mapping?["name"]?.string == "*7")
    }
}
