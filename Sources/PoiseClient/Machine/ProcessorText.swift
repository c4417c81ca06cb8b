import Foundation

/// What `/proc/cpuinfo` says; every architecture has its own words there.
struct ProcessorText {
    /// The lines of each logical core, by key; a block without a core number (a board's) stands among them.
    private let blocks: [[String: String]]

    init(parsing cpuinfo: String) {
        blocks = cpuinfo.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n\n").map { block in
            var values: [String: String] = [:]
            for line in block.split(separator: "\n") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                let key = line[..<colon].trimmingCharacters(in: .whitespaces)
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                if values[key] == nil, !value.isEmpty { values[key] = value }
            }
            return values
        }.filter { !$0.isEmpty }
    }

    /// The processor's name; its cores' where it has none (ARM), several where they differ: `Cortex-A78 + Cortex-A55`.
    var name: String? {
        // ARM kernels call every core "ARMv8 Processor rev 1"; its part number says more.
        if let name = first("model name"), first("CPU part") == nil { return name }
        if let name = first("Model Name") { return name }
        let parts = distinct { block in
            guard let implementer = block["CPU implementer"], let part = block["CPU part"] else { return nil }
            return Self.core(implementer, part)
        }
        if !parts.isEmpty { return parts.joined(separator: " + ") }
        return first("model name") ?? first("uarch") ?? first("cpu model") ?? first("cpu") ?? first("Processor")
    }

    /// Family, model and stepping (x86), or part, variant and revision (ARM): `GenuineIntel family 6 model 207 stepping 2`.
    var model: String? {
        let models = distinct { block in
            if let vendor = block["vendor_id"], let family = block["cpu family"], let model = block["model"] {
                return "\(vendor) family \(family) model \(model)" + (block["stepping"].map { " stepping \($0)" } ?? "")
            }
            if let part = block["CPU part"], let variant = block["CPU variant"], let revision = block["CPU revision"] {
                return "part \(part) variant \(variant) revision \(revision)"
            }
            return nil
        }
        return models.isEmpty ? nil : models.joined(separator: " + ")
    }

    /// Logical cores.
    var cores: Int { blocks.count { $0["processor"] != nil } }

    /// Cores by their socket and number in it; nil where the text does not tell, as on ARM.
    var physicalCores: Int? {
        let cores = blocks.filter { $0["processor"] != nil }
        let places = cores.compactMap { block in
            block["physical id"].flatMap { socket in block["core id"].map { "\(socket)/\($0)" } }
        }
        return places.isEmpty || places.count < cores.count ? nil : Set(places).count
    }

    /// The board: `Raspberry Pi 5 Model B Rev 1.0`.
    var board: String? { first("Model") ?? first("Hardware") }

    /// Whether the processor says that it runs under a hypervisor; x86 only.
    var isGuest: Bool { first("flags")?.split(separator: " ").contains("hypervisor") ?? false }

    private func first(_ key: String) -> String? {
        blocks.lazy.compactMap { $0[key] }.first
    }

    private func distinct(_ value: ([String: String]) -> String?) -> [String] {
        var found: [String] = []
        for block in blocks {
            if let value = value(block), !found.contains(value) { found.append(value) }
        }
        return found
    }

    private static func core(_ implementer: String, _ part: String) -> String {
        cores["\(implementer) \(part)".lowercased()] ?? "ARM implementer \(implementer) part \(part)"
    }

    /// `MIDR_EL1` implementer and part, as in the kernel's `arch/arm64/include/asm/cputype.h`.
    private static let cores: [String: String] = [
        "0x41 0xd03": "Cortex-A53", "0x41 0xd05": "Cortex-A55", "0x41 0xd07": "Cortex-A57",
        "0x41 0xd08": "Cortex-A72", "0x41 0xd09": "Cortex-A73", "0x41 0xd0a": "Cortex-A75",
        "0x41 0xd0b": "Cortex-A76", "0x41 0xd0c": "Neoverse-N1", "0x41 0xd0d": "Cortex-A77",
        "0x41 0xd40": "Neoverse-V1", "0x41 0xd41": "Cortex-A78", "0x41 0xd42": "Cortex-A78AE",
        "0x41 0xd44": "Cortex-X1", "0x41 0xd46": "Cortex-A510", "0x41 0xd47": "Cortex-A710",
        "0x41 0xd48": "Cortex-X2", "0x41 0xd49": "Neoverse-N2", "0x41 0xd4b": "Cortex-A78C",
        "0x41 0xd4d": "Cortex-A715", "0x41 0xd4e": "Cortex-X3", "0x41 0xd4f": "Neoverse-V2",
        "0x41 0xd80": "Cortex-A520", "0x41 0xd81": "Cortex-A720", "0x41 0xd82": "Cortex-X4",
        "0x41 0xd84": "Neoverse-V3", "0x41 0xd85": "Cortex-X925", "0x41 0xd87": "Cortex-A725",
        "0x41 0xd8e": "Neoverse-N3", "0x48 0xd01": "Kunpeng-920", "0x4e 0x004": "NVIDIA Carmel",
        "0x51 0x001": "Qualcomm Oryon", "0x61 0x022": "Apple M1 Icestorm", "0x61 0x023": "Apple M1 Firestorm",
        "0x61 0x024": "Apple M1 Pro Icestorm", "0x61 0x025": "Apple M1 Pro Firestorm",
        "0x61 0x028": "Apple M1 Max Icestorm", "0x61 0x029": "Apple M1 Max Firestorm",
        "0x61 0x032": "Apple M2 Blizzard", "0x61 0x033": "Apple M2 Avalanche", "0xc0 0xac3": "Ampere-1",
        "0xc0 0xac4": "Ampere-1a",
    ]
}
