import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

/// Whatever stands in the files, loading ends with a plan or with problems that name a file.
struct DamagedInputTests {
    @Test(arguments: [
        "Suites/ladder.yaml", "Datasets/tiny/add.yaml", "Datasets/tiny/add.jsonl", "Rubrics/conciseness.yaml",
    ])
    func `a file that is cut off at any byte is read or refused`(path: String) throws {
        let workspace = try Workspace()
        let bytes = Data((Workspace.good[path] ?? "").utf8)
        var refused = 0
        for length in 0..<bytes.count {
            try workspace.write(bytes.prefix(length), to: path)
            if try outcome(of: workspace) == false { refused += 1 }
        }
        #expect(refused > bytes.count / 4)
        try workspace.write(bytes, to: path)
        #expect(try outcome(of: workspace))
    }

    @Test func `five hundred random changes are read or refused`() throws {
        var generator = SeededGenerator(seed: 20_261_121)
        let workspace = try Workspace()
        let paths = Workspace.good.keys.filter { !$0.hasPrefix("Models/") }.sorted()
        var refused = 0
        for _ in 0..<500 {
            let path = paths[generator.next(below: paths.count)]
            let good = Data((Workspace.good[path] ?? "").utf8)
            try workspace.write(mutated(good, &generator), to: path)
            if try outcome(of: workspace) == false { refused += 1 }
            try workspace.write(good, to: path)
        }
        #expect(refused > 100)
        #expect(refused < 500)
    }

    @Test(arguments: [
        "[", "{", "- - - - -", "&a [*a]", "? : :", "!!", "%YAML 1.2\n", "---\n...\n", "a: b\n---\nc: d\n", "\u{0}",
        "\u{FEFF}", "name: 'x", "? [a, b]\n: c", "!!binary x", "<<: x", "<<: [x]", "*a", "&a", "|", "name: |", "\t",
    ])
    func `odd YAML is refused with a place`(text: String) throws {
        let workspace = try Workspace(["Suites/ladder.yaml": text])
        let problems = try workspace.problems()
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { $0.hasPrefix("Suites/ladder.yaml") })
    }

    @Test func `a dataset that never ends is refused`() throws {
        let workspace = try Workspace([
            "Datasets/tiny/add.yaml": Workspace.replacing("add.jsonl", with: "/dev/zero", in: "Datasets/tiny/add.yaml")
        ])
        #expect(throws: UntrustedSuite.self) { try workspace.load() }
        #expect(
            try workspace.problems(granted: ["reads /dev/zero"]).contains {
                $0.hasSuffix("the dataset “/dev/zero” is a device or a pipe")
            })
    }

    @Test func `links in circles do not hold up a pattern`() throws {
        let workspace = try Workspace()
        for name in ["one", "two"] {
            try FileManager.default.createSymbolicLink(
                atPath: workspace.folder + "/Datasets/" + name, withDestinationPath: "../Datasets")
        }
        #expect(Glob(pattern: workspace.folder + "/**/**/none.yaml").matches() == [])
        #expect(Glob(pattern: workspace.folder + "/**/**/add.yaml").matches()?.count == 1)
    }

    @Test func `deep nesting is refused`() throws {
        let workspace = try Workspace(["Suites/ladder.yaml": "name: " + String(repeating: "[", count: 100_000)])
        #expect(try workspace.problems().count == 1)
    }

    @Test func `aliases that multiply are refused quickly`() throws {
        let levels = (1...9).map {
            "l\($0): &l\($0) [" + Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ", ") + "]"
        }
        let text = "name: &l0 x\n" + levels.joined(separator: "\n") + "\n"
        let workspace = try Workspace(["Suites/ladder.yaml": text])
        let what = "with its aliases filled in it has more than 100000 values, or more than 200 levels"
        #expect(try workspace.problems().count == 1)
        #expect(try workspace.problems()[0].hasSuffix(what))
    }

    /// Whether the suite became a plan; anything but a plan or a list of problems fails the test.
    private func outcome(of workspace: Workspace) throws -> Bool {
        do {
            _ = try workspace.load()
            return true
        } catch is UntrustedSuite {
            // A path that was cut or changed may lead outside.
            return false
        } catch let error as InvalidSuite {
            #expect(!error.problems.isEmpty)
            #expect(error.problems.allSatisfy { $0.path.hasPrefix(workspace.folder) && !$0.what.isEmpty })
            return false
        }
    }

    /// One to four bytes replaced, removed, inserted or copied from elsewhere.
    private func mutated(_ data: Data, _ generator: inout SeededGenerator) -> Data {
        var bytes = Array(data)
        for _ in 0...generator.next(below: 4) where !bytes.isEmpty {
            let place = generator.next(below: bytes.count)
            let other = generator.next(below: bytes.count)
            switch generator.next(below: 5) {
            case 0: bytes[place] = UInt8(generator.next(below: 256))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("{}[]:-\"'&*\t\n #|>%@`!?,".utf8)[generator.next(below: 22)], at: place)
            case 3: bytes.insert(contentsOf: bytes[min(place, other)..<min(bytes.count, max(place, other))], at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + 12))
            }
        }
        return Data(bytes)
    }
}
