import Foundation
import PoiseCore

/// A Linux machine's facts, from /proc, /sys and the drivers' programs.
enum LinuxMachine {
    static func facts(from sources: MachineSources, client: ClientFacts?) async -> MachineFacts {
        let processor = ProcessorText(parsing: sources.text("/proc/cpuinfo") ?? "")
        let online = sources.line("/sys/devices/system/cpu/online").map(coreNumbers(in:)) ?? []
        let cores = online.isEmpty ? max(processor.cores, 1) : online.count
        let limits = ControlGroup.limits(from: sources)
        let allowed = field("Cpus_allowed_list", of: sources.text("/proc/self/status")).map(coreNumbers(in:))?.count
        let usable = [allowed.map(Double.init), limits.cores, Double(cores)].compactMap(\.self).min()
        let memory = field("MemTotal", of: sources.text("/proc/meminfo"))
            .flatMap { $0.split(separator: " ").first }.flatMap { Int64($0) }
        return MachineFacts(
            processor: processor.name ?? "unknown processor",
            cores: cores,
            memory: memory.map { $0 * 1024 } ?? Int64(clamping: ProcessInfo.processInfo.physicalMemory),
            system: system(release: sources.text("/etc/os-release") ?? sources.text("/usr/lib/os-release")) ?? "Linux",
            processorModel: processor.model,
            physicalCores: processor.physicalCores ?? physicalCores(online, from: sources),
            usableCores: usable,
            memoryLimit: limits.memory.flatMap { limit in
                memory.map { limit < $0 * 1024 } == false ? nil : limit
            },
            systemFamily: "Linux",
            kernel: sources.line("/proc/sys/kernel/osrelease"),
            architecture: architecture,
            hardware: hardware(from: sources) ?? processor.board,
            hypervisor: Virtualization.hypervisor(from: sources, isGuest: processor.isGuest),
            container: Virtualization.container(from: sources),
            frequency: PowerState.frequency(from: sources),
            power: PowerState.power(from: sources),
            gpus: await GraphicsCards.found(from: sources),
            loadAverage: sources.line("/proc/loadavg")?.split(separator: " ").first.flatMap { Double($0) },
            client: client)
    }

    /// The instructions that this process runs, which under emulation are not the machine's own.
    static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "aarch64"
        #elseif arch(riscv64)
            "riscv64"
        #elseif arch(powerpc64le)
            "ppc64le"
        #elseif arch(s390x)
            "s390x"
        #else
            "unknown"
        #endif
    }

    /// The numbers in a list of cores: `0-3,8` is 0, 1, 2, 3 and 8 (cpuset(7)); none where it is damaged.
    static func coreNumbers(in list: String) -> [Int] {
        var numbers: [Int] = []
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
            // The kernel numbers at most 8,192.
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, 0 <= first, first <= last, last < 1 << 16
            else { return [] }
            numbers += first...last
        }
        return numbers
    }

    /// The name and version of os-release(5), quoted or not.
    static func system(release: String?) -> String? {
        var values: [String: String] = [:]
        for line in (release ?? "").split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[String(parts[0])] = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\"' \t\r"))
        }
        if let pretty = values["PRETTY_NAME"], !pretty.isEmpty { return pretty }
        return values["NAME"].map { name in values["VERSION_ID"].map { "\(name) \($0)" } ?? name }
    }

    /// Groups of cores that share one; nil where the kernel does not tell.
    private static func physicalCores(_ cores: [Int], from sources: MachineSources) -> Int? {
        let groups = cores.compactMap { sources.line("/sys/devices/system/cpu/cpu\($0)/topology/thread_siblings_list") }
        return groups.isEmpty || groups.count < cores.count ? nil : Set(groups).count
    }

    /// Maker and type, of the firmware's tables or the device tree; their serial numbers stand elsewhere.
    private static func hardware(from sources: MachineSources) -> String? {
        let words = ["sys_vendor", "product_name"].compactMap { sources.line("/sys/class/dmi/id/\($0)") }
            .filter { word in !unset.contains { word.lowercased().hasPrefix($0) } }
        guard words.isEmpty else {
            return words.count == 2 && words[1].hasPrefix(words[0]) ? words[1] : words.joined(separator: " ")
        }
        return sources.line("/proc/device-tree/model")
    }

    /// What boards say whose maker wrote nothing.
    private static let unset = [
        "to be filled", "system product", "system manufacturer", "default string", "not specified", "o.e.m", "none",
    ]

    /// The value of `key: value` among lines.
    private static func field(_ key: String, of text: String?) -> String? {
        text?.split(separator: "\n").first { $0.hasPrefix("\(key):") }?.dropFirst(key.count + 1)
            .trimmingCharacters(in: .whitespaces)
    }
}
