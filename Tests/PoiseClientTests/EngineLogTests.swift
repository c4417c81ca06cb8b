import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// The lines are llama.cpp's own: recorded on a machine without a GPU (build 11549), and as its public logs show them
/// with one.
struct EngineLogTests {
    private static let verbose = """
        0.00.003.321 I cmn  common_param: system_info: n_threads = 4 (n_threads_batch = 8) / 8 | CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 0 | OPENMP = 1 | \n
        0.00.017.479 I llama_context: n_seq_max             = 2
        0.00.017.545 I llama_context: n_batch               = 1024
        0.00.017.566 I llama_context: n_ubatch              = 512
        0.00.017.608 I llama_context: flash_attn            = auto
        0.00.021.652 I llama_kv_cache: size =    4.00 MiB (   512 cells,   4 layers,  2/2 seqs), K (q8_0):    2.00 MiB, V (f16):    2.00 MiB
        0.00.022.603 I resolve_fused_ops: Flash Attention enabled
        0.00.258.786 I srv    load_model: initializing, n_slots = 2, n_ctx_slot = 512, kv_unified = 'false'
        """

    @Test func `a log of many words says threads, batches, attention, cache and slots`() {
        let details = EngineLog.details(in: Self.verbose)
        #expect(details.threads == 4)
        #expect(details.batchThreads == 8)
        #expect(details.instructions == ["SSE3", "AVX2", "OPENMP"])
        #expect(details.batchSize == 1024)
        #expect(details.microBatchSize == 512)
        #expect(details.flashAttention == "on")
        #expect(details.keyCacheType == "q8_0")
        #expect(details.valueCacheType == "f16")
        #expect(details.slots == 2)
        #expect(details.contextSize == 512)
        #expect(details.devices == nil)
        #expect(details.gpuLayers == nil)
    }

    @Test func `a log of few words still says threads and slots`() {
        let details = EngineLog.details(
            in: """
                0.00.104.423 I cmn          init: llama threadpool init, n_threads = 2
                0.01.345.035 I srv    load_model: initializing, n_slots = 2, n_ctx_slot = 512, kv_unified = 'false'
                """)
        #expect(details.listed.map(\.name) == ["slots", "contextSize", "threads"])
        #expect(details.listed.map(\.text) == ["2", "512", "2"])
    }

    @Test func `GPUs that are used take the place of what there was to choose from`() {
        let details = EngineLog.details(
            in: """
                llama_model_load_from_file_impl: using device CUDA0 (NVIDIA GeForce RTX 3060) (0000:01:00.0) - 11245 MiB free
                llama_prepare_model_devices: using device SYCL0 (Intel(R) Arc(TM) B580 Graphics)
                0.00.015.566 I llama_model_load_from_file_impl: using device Metal (Apple M4) - 10922 MiB free
                load_tensors: offloaded 33/43 layers to GPU
                sched_reserve: Flash Attention was auto, set to disabled
                engine details: {"devices":["CPU (AMD EPYC 9B14)","CUDA0 (NVIDIA GeForce RTX 3060)"],"threads":3}
                """)
        #expect(
            details.devices == [
                "CUDA0 (NVIDIA GeForce RTX 3060)", "SYCL0 (Intel(R) Arc(TM) B580 Graphics)", "Metal (Apple M4)",
            ])
        #expect(details.gpuLayers == "33 of 43")
        #expect(details.flashAttention == "off")
        #expect(details.threads == 3)
    }

    @Test func `older builds write attention as a number`() {
        #expect(EngineLog.details(in: "llama_context: flash_attn    = 1").flashAttention == "on")
        #expect(EngineLog.details(in: "llama_context: flash_attn    = 0").flashAttention == "off")
        #expect(EngineLog.details(in: "llama_context: Flash Attention was auto, set to enabled").flashAttention == "on")
    }

    @Test func `a log that is cut or damaged anywhere is read as far as it goes`() {
        let bytes = Array("\(Self.verbose)\nengine details: {\"threads\":5}\n".utf8)
        for end in bytes.indices {
            let details = EngineLog.details(in: String(decoding: bytes[..<end], as: UTF8.self))
            #expect(details.slots == nil || details.slots == 2)
        }
        #expect(EngineLog.details(in: "engine details: nonsense\nn_slots = 99999999999999999999").isEmpty)
        #expect(EngineLog.beginning(ofFileAt: "/nonexistent").isEmpty)
    }
}
