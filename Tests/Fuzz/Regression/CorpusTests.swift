import Foundation
import Testing

/// What `make fuzz` starts from, and what it once found, without a fuzzer: each promise holds of every one of them.
@Suite struct CorpusTests {
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Corpus")

    private func inputs(of name: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: Self.corpus.appending(path: name), includingPropertiesForKeys: nil)
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `every promise holds of the corpus`(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let inputs = try inputs(of: name)
        #expect(inputs.count >= 3)
        for input in inputs {
            let bytes = try [UInt8](Data(contentsOf: input))
            #expect(throws: Never.self, "\(name)/\(input.lastPathComponent)") { try target.check(bytes) }
        }
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `every promise holds of what is cut off anywhere`(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        for input in try inputs(of: name) {
            let bytes = try [UInt8](Data(contentsOf: input))
            // About two dozen places of each, so that these tests stay short.
            for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 24)) {
                #expect(throws: Never.self, "\(name)/\(input.lastPathComponent), \(end) bytes") {
                    try target.check(Array(bytes[..<end]))
                }
            }
        }
    }

    @Test func `every folder of the corpus belongs to a target`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }

    @Test func `the corpus stays small`() throws {
        let files = FileManager.default.enumerator(at: Self.corpus, includingPropertiesForKeys: [.fileSizeKey])
        var bytes = 0
        for case let file as URL in try #require(files) {
            bytes += try file.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        }
        #expect(bytes < 400_000)
    }

    @Test func `a promise that does not hold says which`() {
        #expect(throws: BrokenPromise.self) { try promise(false, "two and two are five") }
        #expect(throws: BrokenPromise.self) { try promiseEqual(4, 5, "two and two") }
    }
}
