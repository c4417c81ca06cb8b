#if canImport(Darwin)
    import Darwin
    import Foundation
    import PoiseCore

    /// A Mac's facts, from sysctl(3) and pmset(1).
    enum DarwinMachine {
        static func facts(from sources: MachineSources, client: ClientFacts?) async -> MachineFacts {
            let processor = text("machdep.cpu.brand_string")
            let cores = number("hw.logicalcpu") ?? ProcessInfo.processInfo.activeProcessorCount
            var loads: [Double] = [0]
            let isLoadKnown = getloadavg(&loads, 1) == 1
            return MachineFacts(
                processor: processor ?? "unknown processor",
                cores: cores,
                memory: Int64(clamping: ProcessInfo.processInfo.physicalMemory),
                system: "macOS "
                    + (text("kern.osproductversion") ?? ProcessInfo.processInfo.operatingSystemVersionString),
                physicalCores: number("hw.physicalcpu"),
                usableCores: Double(cores),
                systemFamily: "macOS",
                kernel: text("kern.osrelease"),
                architecture: LinuxMachine.architecture,
                hardware: text("hw.model"),
                hypervisor: number("kern.hv_vmm_present") == 1 ? "unknown hypervisor" : nil,
                power: PowerState.power(
                    supply: await sources.output("pmset", ["-g", "batt"]),
                    settings: await sources.output("pmset", ["-g"])),
                // Apple's chips hold the GPU, which has no memory of its own and comes with the system.
                gpus: processor.flatMap {
                    $0.hasPrefix("Apple") ? [GPUFacts(name: $0, memory: nil, driver: nil)] : nil
                },
                loadAverage: isLoadKnown ? loads.first : nil,
                client: client)
        }

        private static func text(_ name: String) -> String? {
            var size = 0
            guard sysctlbyname(name, nil, &size, nil, 0) == 0, size > 0 else { return nil }
            var bytes = [UInt8](repeating: 0, count: size)
            guard sysctlbyname(name, &bytes, &size, nil, 0) == 0 else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }

        private static func number(_ name: String) -> Int? {
            var value: Int32 = 0
            var size = MemoryLayout<Int32>.size
            guard sysctlbyname(name, &value, &size, nil, 0) == 0 else { return nil }
            return Int(value)
        }
    }
#endif
