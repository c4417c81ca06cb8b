import Foundation
import Testing

@testable import PoiseSuite

struct GlobTests {
    @Test(arguments: [
        ("add.yaml", "*.yaml", true), ("add.yml", "*.yaml", false), ("a", "?", true), ("", "?", false), ("", "*", true),
        ("abc", "a*c", true), ("abcbc", "a*bc", true), ("ab", "a*bc", false), ("a1", "a[0-9]", true),
        ("ax", "a[0-9]", false), ("ax", "a[!0-9]", true), ("a-", "a[b-]", true), ("a]", "a[]]", true),
        ("a[b", "a[b", true), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "*a*a*a*a*a*a*a*b", false), ("é", "?", true),
    ])
    func `a name matches a pattern or not`(name: String, pattern: String, expected: Bool) {
        #expect(Glob.matches(name, pattern) == expected)
    }

    @Test(arguments: [
        ("*.txt", ["B.txt", "a.txt"]), ("*/*.txt", ["d/c.txt"]),
        ("**/*.txt", ["B.txt", "a.txt", "d/c.txt", "d/e/f.txt"]),
        ("d/**", []), ("[ab].txt", ["a.txt"]), (".*.txt", [".h.txt"]), ("x*", []), ("d", []), ("d/../a.*", ["a.txt"]),
    ])
    func `files are found in sorted order`(pattern: String, expected: [String]) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/poise-glob-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/d/e", withIntermediateDirectories: true)
        for name in ["a.txt", "B.txt", ".h.txt", "d/c.txt", "d/e/f.txt"] {
            try Data().write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        #expect(Glob(pattern: "\(folder)/\(pattern)").matches() == expected.map { "\(folder)/\($0)" })
    }
}
