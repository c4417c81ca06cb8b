import PoiseCore
import Testing

struct MachineIdentityTests {
    private static func machine(
        processor: String = "AMD EPYC 9B14", cores: Int = 64, usable: Double? = 2, memory: Int64 = 24 << 30,
        limit: Int64? = nil, kernel: String = "6.1.0", gpus: [GPUFacts]? = [], load: Double = 0,
        power: PowerFacts? = nil, isOptimized: Bool = true
    ) -> MachineFacts {
        MachineFacts(
            processor: processor, cores: cores, memory: memory, system: "Debian GNU/Linux 12 (bookworm)",
            usableCores: usable, memoryLimit: limit, systemFamily: "Linux", kernel: kernel, architecture: "x86_64",
            power: power, gpus: gpus, loadAverage: load,
            client: ClientFacts(poise: "1", curl: "libcurl/8", isOptimized: isOptimized))
    }

    private static let l4 = GPUFacts(name: "NVIDIA L4", memory: 23034 << 20, driver: "nvidia 550.54.15", powerLimit: 72)

    @Test func `the kernel, the load, the power and a little memory do not make another machine`() {
        let identity = Self.machine().identity
        #expect(identity == "AMD EPYC 9B14; 2 cores; 24 GiB; no GPU; Linux; x86_64")
        #expect(
            Self.machine(
                memory: 24_684_084 << 10, kernel: "6.12.9", load: 7, power: PowerFacts(source: .battery, profile: nil)
            ).identity == identity)
    }

    @Test func `processor, usable cores, memory, GPUs and drivers do`() {
        let newer = GPUFacts(name: "NVIDIA L4", memory: 23034 << 20, driver: "nvidia 570.86.10", powerLimit: 72)
        let capped = GPUFacts(name: "NVIDIA L4", memory: 23034 << 20, driver: "nvidia 550.54.15", powerLimit: 40)
        let all = [
            Self.machine(), Self.machine(processor: "AMD EPYC 7B13"), Self.machine(usable: 1.5),
            Self.machine(memory: 32 << 30), Self.machine(limit: 8 << 30), Self.machine(gpus: nil),
            Self.machine(gpus: [Self.l4]), Self.machine(gpus: [Self.l4, Self.l4]), Self.machine(gpus: [newer]),
            Self.machine(gpus: [capped]),
        ]
        #expect(Set(all.map(\.identity)).count == all.count)
        #expect(
            Self.machine(gpus: [Self.l4, Self.l4]).identity.contains("2 × NVIDIA L4 22 GiB 72 W nvidia 550.54.15"))
    }

    @Test func `a share of a machine is not the whole of it`() {
        #expect(Self.machine(usable: 64).identity != Self.machine(usable: 2).identity)
        #expect(Self.machine(usable: 2).identity == Self.machine(cores: 2, usable: 2).identity)
    }

    @Test func `the summary is short`() {
        #expect(Self.machine(cores: 2).summary == "AMD EPYC 9B14, 2 cores, 24 GiB, Debian 12")
        #expect(
            Self.machine(processor: "Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz", usable: 1.5, gpus: [Self.l4, Self.l4])
                .summary == "Intel Xeon E5-2680 v4, 1.5 of 64 cores, 24 GiB, 2 × NVIDIA L4, Debian 12")
        #expect(
            Self.machine(processor: "AMD Ryzen 9 7950X 16-Core Processor", cores: 1, usable: 1).summary
                == "AMD Ryzen 9 7950X, 1 core, 24 GiB, Debian 12")
        let mac = MachineFacts(
            processor: "Apple M2 Pro", cores: 12, memory: 32 << 30, system: "macOS 15.1", systemFamily: "macOS",
            gpus: [GPUFacts(name: "Apple M2 Pro", memory: nil, driver: nil)])
        #expect(mac.summary == "Apple M2 Pro, 12 cores, 32 GiB, macOS 15.1")
        #expect(MachineFacts(processor: "", cores: 1, memory: 0, system: "").summary == "1 core")
    }

    @Test func `what holds a machine back is said`() {
        #expect(Self.machine().cautions.isEmpty)
        #expect(Self.machine(load: 1).cautions.isEmpty)
        #expect(
            Self.machine(load: 1.25).cautions == [
                "the machine was busy when the run began (load average 1.25 on 2 cores); end what else runs"
            ])
        let tired = Self.machine(power: PowerFacts(source: .battery, profile: "low-power"), isOptimized: false)
        #expect(tired.cautions.count == 3)
        #expect(Self.machine(power: PowerFacts(source: .mains, profile: "balanced")).cautions.isEmpty)
    }
}
