import PoiseCore
import Testing

@testable import PoiseSuite

struct MappingTests {
    private static let threads = Key.optional("threads", Form.count, default: 2, as: .number(2), "Compute threads.")
    private static let file = Key.required("file", Form.text, "The weights.")
    private static let keys = [threads.declaration, file.declaration]

    private func read(
        _ text: String, refused: [String: Mapping.Refusal] = [:]
    ) throws -> (mapping: Mapping?, problems: [InvalidSuite.Problem]) {
        let log = ProblemLog()
        let root = try #require(YAMLSource(path: "a.yaml", log: log).root(of: text))
        let mapping = Mapping(root, "a thing", keys: Self.keys, refused: refused)
        return (mapping, log.problems)
    }

    @Test func `values are read by their keys and defaults stand in`() throws {
        let (mapping, problems) = try read("file: a.gguf\n")
        #expect(mapping?.read(Self.file) == "a.gguf")
        #expect(mapping?.read(Self.threads) == 2)
        #expect(mapping?.has(Self.threads) == false)
        #expect(problems.isEmpty)
    }

    @Test func `an unknown key is refused where it stands, with its neighbour`() throws {
        let problems = try read("file: a\nthread: 3\nzebra: 1\n").problems
        #expect(problems.map(\.place) == ["a.yaml:2:1", "a.yaml:3:1"])
        #expect(problems.map(\.what) == ["unknown key “thread” in a thing", "unknown key “zebra” in a thing"])
        #expect(problems.map(\.expected) == ["Did you mean “threads”?", "Known keys: threads, file."])
    }

    @Test func `a missing key is named with its summary`() throws {
        let problems = try read("threads: 1\n").problems
        #expect(problems.map(\.what) == ["a thing without “file”"])
        #expect(problems.map(\.expected) == ["file: The weights."])
    }

    @Test func `a key that is known and not taken says why`() throws {
        let refusal = Mapping.Refusal(what: "not yet", expected: "Wait.")
        let problems = try read("file: a\njudge: x\n", refused: ["judge": refusal]).problems
        #expect(problems.map(\.what) == ["not yet"])
        #expect(problems.map(\.line) == [2])
    }

    @Test func `a merge fills in what is not written`() throws {
        let log = ProblemLog()
        let text = """
            one: &one {file: a.gguf, threads: 1}
            two: &two {threads: 9, port: 80}
            all: {<<: [*one, *two], file: b.gguf}
            none: {<<: word}
            """
        let root = YAMLSource(path: "a.yaml", log: log).root(of: text)
        let merged = try #require(root?.pairs?.first { $0.name == "all" }?.value.pairs)
        #expect(merged.map(\.name) == ["file", "threads", "port"])
        #expect(merged.map(\.value.text) == ["b.gguf", "1", "80"])
        #expect(log.count == 0)
        _ = root?.pairs?.first { $0.name == "none" }?.value.pairs
        #expect(log.problems.map(\.what) == ["“<<” merges mappings, found the text \"word\""])
        #expect(log.problems.map(\.place) == ["a.yaml:4:8"])
    }

    @Test func `a key that is no word is refused`() throws {
        let problems = try read("file: a\n? [b]\n: c\n").problems
        #expect(problems.map(\.what) == ["expected a key, found a list"])
    }
}
