import PoiseCore
import Testing

@Suite struct EngineDifferencesTests {
    private func facts(
        sha: String? = "0011", build: String? = "b1", threads: Int? = 4, template: String? = nil,
        devices: [String]? = nil
    ) -> EngineFacts {
        var details = EngineDetails()
        details.threads = threads
        details.templateSHA256 = template
        details.devices = devices
        return EngineFacts(
            engine: "llama.cpp", build: build, arguments: ["--port", "\(Int.random(in: 1...9999))"], loadTime: 12,
            modelFile: sha.map {
                ModelFileFacts(
                    path: "/m.gguf", name: nil, architecture: "llama", parameters: 1, fileType: "F16", bytes: 1,
                    sha256: $0, contextLength: nil, templateSHA256: nil)
            }, details: details)
    }

    @Test func `the same engine has no differences, whatever its port and the time that it took to load`() {
        let found = EngineDifferences(from: facts(), to: facts())
        #expect(found.grave.isEmpty && found.slight.isEmpty)
    }

    @Test func `other weights, another template and other hardware are grave`() {
        #expect(
            EngineDifferences(from: facts(), to: facts(sha: "2233")).grave == [
                "the model file's SHA-256 was 0011 and is 2233"
            ])
        #expect(EngineDifferences(from: facts(template: "a"), to: facts(template: "b")).grave.count == 1)
        #expect(EngineDifferences(from: facts(devices: ["CPU"]), to: facts(devices: ["CUDA0"])).grave.count == 1)
    }

    @Test func `another build and another number of threads are said`() {
        let found = EngineDifferences(from: facts(), to: facts(build: "b2", threads: 2))
        #expect(found.grave.isEmpty)
        #expect(found.slight == ["the build was b1 and is b2", "threads was 4 and is 2"])
    }

    @Test func `what one of them does not say is no difference`() {
        let found = EngineDifferences(from: facts(), to: facts(sha: nil, build: nil, threads: nil, template: "x"))
        #expect(found.grave.isEmpty && found.slight.isEmpty)
    }
}
