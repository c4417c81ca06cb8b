import Foundation
import PoiseCore
import Testing

struct MachineFactsTests {
    @Test func `facts of before most of them were recorded still read`() throws {
        let stored = #"{"processor":"AMD EPYC 7763","cores":4,"memory":17179869184,"system":"Debian GNU/Linux 12"}"#
        let facts = try JSONDecoder().decode(MachineFacts.self, from: Data(stored.utf8))
        #expect(
            facts == MachineFacts(processor: "AMD EPYC 7763", cores: 4, memory: 16 << 30, system: "Debian GNU/Linux 12")
        )
        #expect(facts.gpus == nil)
        #expect(facts.coresInUse == 4)
    }

    @Test func `every fact comes back from its JSON`() throws {
        let facts = MachineFacts(
            processor: "p", cores: 64, memory: 1, system: "s", processorModel: "m", physicalCores: 32, usableCores: 1.5,
            memoryLimit: 2, systemFamily: "Linux", kernel: "6.1", architecture: "x86_64", hardware: "h",
            hypervisor: "KVM", container: "Docker",
            frequency: FrequencyFacts(governors: ["performance"], driver: "acpi-cpufreq", boost: true),
            power: PowerFacts(source: .battery, profile: "balanced"),
            gpus: [GPUFacts(name: "g", memory: 3, driver: "d", powerLimit: 300)], loadAverage: 0.5,
            client: ClientFacts(poise: "1", curl: "libcurl/8", isOptimized: true))
        let data = try JSONEncoder().encode(facts)
        #expect(try JSONDecoder().decode(MachineFacts.self, from: data) == facts)
        // One key for each: what is added to the value has to be added here.
        #expect(try JSONValue(parsing: data).object?.count == 19)
    }
}
