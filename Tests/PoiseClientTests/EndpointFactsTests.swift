import Foundation
import PoiseCore
import Synchronization
import Testing

@testable import PoiseClient

/// The answers are llama.cpp's own, recorded from build 11549, and the other engines' after their documentation (vLLM
/// `show_version`, Ollama `docs/api.md`, SGLang `server_info`, TGI `docs/openapi.json`).
struct EndpointFactsTests {
    private typealias Page = EndpointFacts.Page

    private static func answer(
        _ body: String, status: Int = 200, headers: [String: String] = [:]
    ) -> EndpointFacts.Answer {
        EndpointFacts.Answer(status: status, headers: HTTPHeaders(headers), body: Array(body.utf8))
    }

    private static func facts(_ bodies: [Page: String], model: String = "m") -> EndpointFacts {
        EndpointFacts(from: bodies.mapValues { answer($0) }, model: model)
    }

    @Test func `pages stand beside the base URL, with v1 or without`() {
        #expect(Page.models.url(besides: "http://127.0.0.1:8000/v1") == "http://127.0.0.1:8000/v1/models")
        #expect(Page.models.url(besides: "http://127.0.0.1:11434/") == "http://127.0.0.1:11434/v1/models")
        #expect(Page.props.url(besides: "https://host/prefix/v1/") == "https://host/prefix/props")
        #expect(Page.ollamaLoaded.url(besides: "http://127.0.0.1:11434") == "http://127.0.0.1:11434/api/ps")
    }

    @Test func `llama.cpp says its build, file, slots, context and template`() throws {
        let template = "{{ messages }}"
        let props = #"""
            {"default_generation_settings":{"params":{"seed":1},"n_ctx":512},"total_slots":2,"model_alias":"tiny@f16",
            "model_ftype":"F16","model_path":"/home/someone/Models/tiny-m-f16.gguf","chat_template":"{{ messages }}",
            "build_info":"b6123-abcdef0","is_sleeping":false}
            """#
        let models = #"""
            {"models":[{"name":"tiny@f16","digest":"","details":{"quantization_level":""}}],"object":"list",
            "data":[{"id":"tiny@f16","object":"model","created":1795264714,"owned_by":"llamacpp",
            "meta":{"vocab_type":2,"n_vocab":264,"n_ctx":512,"n_params":3477760,"size":6960128,"ftype":"F16"}}]}
            """#
        let facts = EndpointFacts(
            from: [
                .props: Self.answer(props, headers: ["server": "llama.cpp"]),
                .models: Self.answer(models, headers: ["server": "llama.cpp"]),
                .version: Self.answer(#"{"error":{"code":404}}"#, status: 404),
            ], model: "tiny@f16")
        #expect(facts.build == "llama.cpp b6123-abcdef0")
        #expect(!facts.isSimulated)
        var details = EngineDetails()
        details.server = "llama.cpp"
        details.model = "tiny-m-f16.gguf"
        details.quantization = "F16"
        details.parameters = "3477760"
        details.memory = 6_960_128
        details.slots = 2
        details.contextSize = 512
        details.templateSHA256 = SHA256Digest.of(Data(template.utf8))
        #expect(facts.details == details)
        // A build without git does not know its number.
        #expect(Self.facts([.props: #"{"total_slots":1,"build_info":"b0-unknown"}"#]).build == "llama.cpp")
    }

    @Test func `vLLM is known by its models, and only then is its version believed`() {
        let models = #"""
            {"object":"list","data":[{"id":"base","object":"model","owned_by":"vllm","root":"Qwen/Qwen3-8B",
            "max_model_len":16384},{"id":"m","object":"model","owned_by":"vllm","root":"/data/adapters/mine",
            "max_model_len":8192}]}
            """#
        let facts = Self.facts([.models: models, .version: #"{"version":"0.10.1"}"#])
        #expect(facts.build == "vLLM 0.10.1")
        #expect(facts.details?.model == "mine")
        #expect(facts.details?.contextSize == 8192)
        #expect(Self.facts([.models: models], model: "base").details?.model == "Qwen/Qwen3-8B")
        #expect(Self.facts([.version: #"{"version":"0.10.1"}"#]).build == nil)
    }

    @Test func `Ollama says what is loaded, where, and of which digest`() {
        let tags = #"""
            {"models":[{"name":"other:7b","model":"other:7b","size":1,"digest":"no"},
            {"name":"llama3.2:latest","model":"llama3.2:latest","size":2019393189,"digest":"a80c4f17acd5",
            "details":{"format":"gguf","family":"llama","parameter_size":"3.2B","quantization_level":"Q4_K_M"}}]}
            """#
        let loaded = #"""
            {"models":[{"name":"llama3.2:latest","size":3200000000,"size_vram":0,"digest":"a80c4f17acd5",
            "context_length":4096,"details":{"parameter_size":"3.2B","quantization_level":"Q4_K_M"}}]}
            """#
        let facts = Self.facts(
            [.ollamaVersion: #"{"version":"0.12.3"}"#, .ollamaModels: tags, .ollamaLoaded: loaded], model: "llama3.2")
        #expect(facts.build == "Ollama 0.12.3")
        #expect(facts.details?.modelDigest == "a80c4f17acd5")
        #expect(facts.details?.quantization == "Q4_K_M")
        #expect(facts.details?.parameters == "3.2B")
        #expect(facts.details?.contextSize == 4096)
        #expect(facts.details?.gpuMemory == 0)
        #expect(facts.details?.memory == 3_200_000_000)
        #expect(Self.facts([.ollamaModels: tags], model: "llama3.2:1b").details == nil)
    }

    @Test func `SGLang's arguments are taken, its key and folders are not`() throws {
        let info = #"""
            {"model_path":"/secret/folder/Llama-3.1-8B","served_model_name":"m","dtype":"bfloat16",
            "kv_cache_dtype":"fp8_e5m2","quantization":null,"context_length":null,"tp_size":2,"api_key":"sk-very-secret",
            "attention_backend":"flashinfer","max_running_requests":256,"max_total_num_tokens":400000,"version":"0.4.6"}
            """#
        let facts = Self.facts([.formerServerInfo: info])
        #expect(facts.build == "SGLang 0.4.6")
        let details = try #require(facts.details)
        #expect(details.model == "Llama-3.1-8B")
        #expect(details.dataType == "bfloat16")
        #expect(details.keyCacheType == "fp8_e5m2")
        #expect(details.attentionBackend == "flashinfer")
        #expect(details.tensorParallelSize == 2)
        #expect(details.slots == 256)
        #expect(details.contextSize == nil)
        let stored = String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
        #expect(!stored.contains("secret"))
    }

    @Test func `Text Generation Inference says its model's revision and device`() {
        let info = #"""
            {"model_id":"mistralai/Mistral-7B","model_sha":"abc123","model_dtype":"torch.float16",
            "model_device_type":"cuda","max_concurrent_requests":128,"max_total_tokens":2048,"version":"3.3.2"}
            """#
        let facts = Self.facts([.info: info])
        #expect(facts.build == "TGI 3.3.2")
        #expect(facts.details?.model == "mistralai/Mistral-7B")
        #expect(facts.details?.modelDigest == "abc123")
        #expect(facts.details?.devices == ["cuda"])
    }

    @Test(arguments: [
        "", "null", "[]", "5", #""text""#, "{", "<html>not found</html>", #"{"data":5,"models":{"a":1}}"#,
        #"{"data":[null,1,[]],"models":[[],null]}"#, #"{"version":5}"#, #"{"total_slots":"many"}"#,
        #"{"tp_size":1e300,"max_running_requests":-1}"#, #"{"model_id":"a\u001b[31m","max_concurrent_requests":1}"#,
        #"{"object":"list","data":[{"id":"another"},{"id":"and another"}]}"#,
    ])
    func `nonsense says nothing`(body: String) {
        let facts = Self.facts(Dictionary(uniqueKeysWithValues: Page.allCases.map { ($0, body) }))
        #expect(facts.details == nil)
        #expect(facts.build == nil || facts.build == "llama.cpp" || facts.build == "SGLang")
    }

    @Test func `long texts, control sequences and huge pages of a foreign host are not kept`() {
        let long = String(repeating: "x", count: 201)
        #expect(Self.facts([.ollamaVersion: #"{"version":"\#(long)"}"#]).build == nil)
        #expect(Self.facts([.ollamaVersion: #"{"version":"1\u001b]0;x"}"#]).build == nil)
        let padding = String(repeating: " ", count: EndpointReading.largestBody)
        #expect(Self.facts([.ollamaVersion: #"{"version":"1"}"# + padding]).build == nil)
        let facts = EndpointFacts(
            from: [.info: Self.answer("x", status: 404, headers: ["server": "nginx"])], model: "m")
        #expect(facts.details?.server == "nginx")
    }

    @Test func `what is known already stays where nothing is said of it`() {
        var known = EngineDetails()
        known.threads = 4
        known.slots = 1
        let facts = EndpointFacts(from: [.props: Self.answer(#"{"total_slots":2}"#)], model: "m", known: known)
        #expect(facts.details?.threads == 4)
        #expect(facts.details?.slots == 2)
        #expect(EndpointFacts(from: [:], model: "m", known: known).details == known)
    }

    @Test func `all pages are asked once, and those that do not answer are unknown`() async {
        let asked = Mutex<[String]>([])
        let facts = await EndpointFacts.gathered(baseURL: "http://host/v1", model: "m") { url in
            asked.withLock { $0.append(url) }
            return url.hasSuffix("/v1/models") ? Self.answer("{}", headers: ["x-poise-simulated": "true"]) : nil
        }
        #expect(facts.isSimulated)
        #expect(facts.details == nil)
        #expect(asked.withLock { $0.sorted() } == Page.allCases.map { $0.url(besides: "http://host/v1") }.sorted())
    }
}
