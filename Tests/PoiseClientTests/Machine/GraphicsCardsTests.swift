import PoiseCore
import Testing

@testable import PoiseClient

struct GraphicsCardsTests {
    @Test func `several NVIDIA cards come with memory, driver and limit of power`() async {
        let table = "NVIDIA H200, 143771, 570.124.06, 700.00\nNVIDIA H200, 143771, 570.124.06, 700.00\n"
        let gpus = await GraphicsCards.found(from: .recorded([:], programs: ["nvidia-smi": table]))
        let card = GPUFacts(name: "NVIDIA H200", memory: 143_771 << 20, driver: "nvidia 570.124.06", powerLimit: 700)
        #expect(gpus == [card, card])
    }

    @Test func `cards that do not tell their memory or power are still named`() {
        #expect(
            GraphicsCards.nvidia(table: "NVIDIA GB10, [N/A], 580.95.05, [N/A]\r\n")
                == [GPUFacts(name: "NVIDIA GB10", memory: nil, driver: "nvidia 580.95.05")])
        #expect(
            GraphicsCards.nvidia(table: "Tesla V100-SXM2-16GB, 16384, [Unknown Error], [Not Supported]")
                == [GPUFacts(name: "Tesla V100-SXM2-16GB", memory: 16 << 30, driver: nil)])
    }

    @Test(arguments: [
        "", "No devices were found\n", "Field \"power.limit\" is not a valid field to query.\n", "a,b,c\n",
        "[N/A], [N/A], [N/A], [N/A]\n", ",,,\n",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
    ])
    func `complaints are no cards`(text: String) {
        #expect(GraphicsCards.nvidia(table: text).isEmpty)
    }

    @Test func `impossible numbers of a card are unknown`() {
        let cards = GraphicsCards.nvidia(table: "A, 99999999999999999999, 1, inf\nB, -4, 2.1, nan\n")
        #expect(cards.map(\.memory) == [nil, nil])
        #expect(cards.map(\.powerLimit) == [nil, nil])
    }

    @Test func `without its program the driver names NVIDIA's cards, and no serial number is taken`() async {
        let gpus = await GraphicsCards.found(
            from: .recorded([
                "/proc/driver/nvidia/version":
                    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023\nGCC version:\n",
                "/proc/driver/nvidia/gpus/0000:01:00.0/information":
                    "Model: \t\t NVIDIA L4\nIRQ:   \t\t 42\nGPU UUID: \t GPU-0123\n",
            ]))
        #expect(gpus == [GPUFacts(name: "NVIDIA L4", memory: nil, driver: "nvidia 535.129.03")])
        #expect(
            GraphicsCards.nvidiaDriver(
                version: "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.124.06  Release Build  (x@y)")
                == "570.124.06")
        #expect(GraphicsCards.nvidiaDriver(version: "NVRM version:") == nil)
    }

    private static let radeon = [
        "/sys/class/drm/card1/device/vendor": "0x1002\n", "/sys/class/drm/card1/device/device": "0x744c\n",
        "/sys/class/drm/card1/device/mem_info_vram_total": "25753026560\n",
        "/sys/class/drm/card1-DP-1/device/vendor": "0x1002\n", "/sys/module/amdgpu/version": "6.7.0\n",
        "/sys/class/drm/card0/device/vendor": "0x1a03\n", "/sys/class/drm/renderD128/device/vendor": "0x1002\n",
    ]

    @Test func `AMD's card is known by the kernel, and named where its program is there`() async {
        let kernel = await GraphicsCards.found(from: .recorded(Self.radeon))
        #expect(kernel == [GPUFacts(name: "AMD GPU 1002:744c", memory: 25_753_026_560, driver: "amdgpu 6.7.0")])
        let named = await GraphicsCards.found(
            from: .recorded(
                Self.radeon,
                programs: [
                    "rocm-smi": #"""
                    {"card0": {"VRAM Total Memory (B)": "25753026560", "VRAM Total Used Memory (B)": "1",
                     "Card Series": "Radeon RX 7900 XTX", "Card Model": "0x744c", "GUID": "1"},
                     "system": {"Driver version": "6.7.0"}}
                    """#
                ]))
        #expect(named == [GPUFacts(name: "Radeon RX 7900 XTX", memory: 25_753_026_560, driver: "amdgpu 6.7.0")])
    }

    @Test func `older and damaged words of AMD's program are no obstacle`() {
        #expect(
            GraphicsCards.rocm(
                json: #"{"card10": {"Card series": "0x747e"}, "card2": {"Card series": "Instinct MI300X"}}"#
            ).map(\.name) == ["Instinct MI300X", "AMD GPU 1002:747e"])
        #expect(GraphicsCards.rocm(json: "WARNING: no devices").isEmpty)
        #expect(GraphicsCards.rocm(json: #"{"card0": 5, "cardX": {}, "system": []}"#).map(\.name) == ["AMD GPU"])
    }

    @Test func `Intel's cards are counted, display chips of servers are not`() async {
        let gpus = await GraphicsCards.found(
            from: .recorded([
                "/sys/class/drm/card0/device/vendor": "0x8086\n", "/sys/class/drm/card0/device/device": "0xe20b\n",
                "/sys/class/drm/card1/device/vendor": "0x1a03\n",
            ]))
        #expect(gpus == [GPUFacts(name: "Intel GPU 8086:e20b", memory: nil, driver: nil)])
        #expect(await GraphicsCards.found(from: .recorded([:])).isEmpty)
    }
}
