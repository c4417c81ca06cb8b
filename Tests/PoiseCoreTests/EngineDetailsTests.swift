import Foundation
import PoiseCore
import Testing

struct EngineDetailsTests {
    @Test func `engines of before they were asked still read`() throws {
        let stored = #"{"engine":"llama.cpp","build":"b1","arguments":[],"loadTime":1.5,"isSimulated":false}"#
        let facts = try JSONDecoder().decode(EngineFacts.self, from: Data(stored.utf8))
        #expect(facts.details == nil)
        #expect(facts == EngineFacts(engine: "llama.cpp", build: "b1", arguments: [], loadTime: 1.5, modelFile: nil))
    }

    @Test func `what is not known takes no room and is not listed`() throws {
        var details = EngineDetails()
        #expect(details.isEmpty)
        details.slots = 4
        details.devices = ["CUDA0 (NVIDIA L4)", "CUDA1 (NVIDIA L4)"]
        details.gpuMemory = 0
        #expect(!details.isEmpty)
        #expect(details.listed.map(\.name) == ["slots", "devices", "gpuMemory"])
        #expect(details.listed.map(\.text) == ["4", "CUDA0 (NVIDIA L4), CUDA1 (NVIDIA L4)", "0"])
        let data = try JSONEncoder().encode(details)
        #expect(try JSONValue(parsing: data).object?.count == 3)
        #expect(try JSONDecoder().decode(EngineDetails.self, from: data) == details)
    }

    @Test func `everything known is listed under the name that it is stored by`() throws {
        // Of each kind one value: a member that is missing from the list would be missing on the page.
        let text = #"""
            {"server":"a","model":"a","modelDigest":"a","quantization":"a","dataType":"a","parameters":"a",
            "templateSHA256":"a","slots":1,"contextSize":1,"threads":1,"batchThreads":1,"batchSize":1,
            "microBatchSize":1,"flashAttention":"a","attentionBackend":"a","keyCacheType":"a","valueCacheType":"a",
            "gpuLayers":"a","tensorParallelSize":1,"devices":["a"],"instructions":["a"],"memory":1,"gpuMemory":1,
            "repeatsKey":true}
            """#
        let details = try JSONDecoder().decode(EngineDetails.self, from: Data(text.utf8))
        let names = Mirror(reflecting: details).children.compactMap(\.label)
        #expect(details.listed.map(\.name) == names)
        #expect(try JSONValue(parsing: text).object?.keys.sorted() == names.sorted())
    }
}
