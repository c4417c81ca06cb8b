import PoiseCore
import Testing

@testable import poise

@Suite struct ServedModelTests {
    private func facts(sha256: String? = nil, build: String? = nil, digest: String? = nil) -> EngineFacts {
        var details = EngineDetails()
        details.modelDigest = digest
        return EngineFacts(
            engine: "llama.cpp", build: build, arguments: [], loadTime: nil,
            modelFile: sha256.map {
                ModelFileFacts(
                    path: "m.gguf", name: nil, architecture: "llama", parameters: 1, fileType: "F16", bytes: 1,
                    sha256: $0, contextLength: nil, templateSHA256: nil)
            }, details: details)
    }

    @Test func `the same file says nothing, and so does a run that has nothing stored`() throws {
        let now = facts(sha256: "aa", build: "1")
        #expect(try ServedModel.warnings(about: "m", now: now, then: now).isEmpty)
        #expect(try ServedModel.warnings(about: "m", now: now, then: nil).isEmpty)
        #expect(try ServedModel.warnings(about: "m", now: now, then: facts()).isEmpty)
    }

    @Test func `another file or digest is refused, and both are named`() {
        let file = #expect(throws: ServedModel.Failure.self) {
            try ServedModel.warnings(about: "m", now: facts(sha256: "aa"), then: facts(sha256: "bb"))
        }
        #expect(file?.what == "it serves another model than in the run: m.gguf with SHA-256 aa… now, bb… then")
        #expect(file?.remedy == "Put the run's own m.gguf back, or run the suite again.")
        let digest = #expect(throws: ServedModel.Failure.self) {
            try ServedModel.warnings(about: "m", now: facts(digest: "d1"), then: facts(digest: "d2"))
        }
        #expect(digest?.what.contains("d1 now, d2 then") == true)
    }

    @Test func `another build of the engine is a warning`() throws {
        let warnings = try ServedModel.warnings(about: "m", now: facts(build: "b2"), then: facts(build: "b1"))
        #expect(warnings == ["m is served by another build than in the run: b2 now, b1 then"])
    }
}
