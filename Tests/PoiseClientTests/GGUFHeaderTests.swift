import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct GGUFHeaderTests {
    private static let models = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Models")

    private static func model(_ size: String) -> String {
        models.appendingPathComponent("tiny-\(size)-f16.gguf").path
    }

    /// Parameters as `Models/README.md` has them, counted by the training script.
    @Test(arguments: [("xs", 123_712), ("s", 886_912), ("m", 3_477_760)] as [(String, Int64)])
    func `a real file tells its architecture, parameters, type, size and digest`(
        size: String, parameters: Int64
    ) throws {
        let path = Self.model(size)
        let facts = try ModelFile.facts(of: path)
        #expect(facts.architecture == "llama")
        #expect(facts.name == "tiny-\(size)")
        #expect(facts.parameters == parameters)
        #expect(facts.fileType == "F16")
        #expect(facts.contextLength == 512)
        #expect(facts.bytes == Int64(try Data(contentsOf: URL(fileURLWithPath: path)).count))
        #expect(facts.sha256.count == 64)
        #expect(facts.templateSHA256?.count == 64)
    }

    @Test func `a header that is cut short anywhere is named as truncated, never misread`() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.model("xs")))
        let readable = (0..<20_000).filter { (try? GGUFHeader(parsing: whole.prefix($0))) != nil }
        // Once the tensor table is whole the rest of the file is not looked at.
        let end = try #require(readable.first)
        #expect(end > 4_000)
        #expect(readable == Array(end..<20_000))
        #expect(throws: GGUFHeader.Failure.truncated) { try GGUFHeader(parsing: whole.prefix(end - 1)) }
    }

    @Test func `damaged bytes never crash`() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.model("xs"))).prefix(20_000)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            var damaged = Data(whole)
            for _ in 0..<4 { damaged[generator.next(below: 6_000)] = UInt8(generator.next(below: 256)) }
            _ = try? GGUFHeader(parsing: damaged)
        }
    }

    @Test func `another file is refused with what to do`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString).gguf").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("PK\u{3}\u{4} not a model".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ModelFile.Failure.notGGUF(path: path, reason: "it does not begin with GGUF")) {
            try ModelFile.facts(of: path)
        }
        #expect(throws: ModelFile.Failure.self) { try ModelFile.facts(of: path + ".missing") }
    }
}
