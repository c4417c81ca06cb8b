import Foundation
import PoiseCore

/// The GPUs of a Linux machine, from their drivers and the drivers' own programs.
enum GraphicsCards {
    /// All of them, in the order of their drivers' numbers; empty where none was found.
    static func found(from sources: MachineSources) async -> [GPUFacts] {
        let cards = cards(from: sources)
        // Also without a card in /sys: in WSL and some containers there is only the program.
        var gpus =
            await sources.output(
                "nvidia-smi",
                ["--query-gpu=name,memory.total,driver_version,power.limit", "--format=csv,noheader,nounits"]
            ).map(nvidia(table:)) ?? []
        if gpus.isEmpty { gpus = nvidia(from: sources) }
        if gpus.isEmpty { gpus = cards.filter { $0.vendor == "0x10de" }.map(\.facts) }

        let radeons = cards.filter { $0.vendor == "0x1002" }
        if !radeons.isEmpty {
            let listed =
                await sources.output(
                    "rocm-smi", ["--showproductname", "--showmeminfo", "vram", "--showdriverversion", "--json"]
                ).map(rocm(json:)) ?? []
            // Integrated ones are left out there; the kernel knows them all, and no names.
            gpus += listed.count == radeons.count ? listed : radeons.map(\.facts)
        }
        return gpus + cards.filter { $0.vendor == "0x8086" }.map(\.facts)
    }

    /// What nvidia-smi prints for name, memory (MiB), driver and limit of power (W); `[N/A]` where a card does not tell,
    /// as those that share the machine's memory.
    static func nvidia(table: String) -> [GPUFacts] {
        table.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard fields.count == 4, !fields[0].isEmpty, !fields[0].hasPrefix("[") else { return nil }
            return GPUFacts(
                name: fields[0], memory: Int64(fields[1]).flatMap { $0 > 0 && $0 < 1 << 40 ? $0 << 20 : nil },
                driver: fields[2].first?.isNumber == true ? "nvidia \(fields[2])" : nil,
                powerLimit: Double(fields[3]).flatMap { $0.isFinite ? $0 : nil })
        }
    }

    /// What NVIDIA's driver says under `/proc`, where its program is missing: names and version, no memory.
    private static func nvidia(from sources: MachineSources) -> [GPUFacts] {
        let folder = "/proc/driver/nvidia"
        let driver = sources.line("\(folder)/version").flatMap(nvidiaDriver(version:)).map { "nvidia \($0)" }
        return sources.names("\(folder)/gpus").compactMap { name in
            let lines = sources.text("\(folder)/gpus/\(name)/information")?.split(separator: "\n") ?? []
            let model = lines.first { $0.hasPrefix("Model:") }?.dropFirst("Model:".count)
                .trimmingCharacters(in: .whitespaces)
            return model.map { GPUFacts(name: $0, memory: nil, driver: driver) }
        }
    }

    /// `535.129.03` of `NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 …`.
    static func nvidiaDriver(version line: String) -> String? {
        line.split(separator: " ").first { word in
            let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
            return numbers.count >= 2 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
        }.map(String.init)
    }

    /// What rocm-smi prints as JSON: an object for each card, and one for the system; keys vary in case by version.
    static func rocm(json: String) -> [GPUFacts] {
        guard let object = (try? JSONValue(parsing: json))?.object else { return [] }
        func value(_ key: String, of card: String) -> String? {
            object[card]?.object?.first { $0.key.lowercased() == key }?.value.string
        }
        let numbers = object.keys.compactMap { key in
            key.hasPrefix("card") ? Int(key.dropFirst("card".count)) : nil
        }
        let driver = value("driver version", of: "system").map { "amdgpu \($0)" }
        return numbers.sorted().map { number in
            let card = "card\(number)"
            let name = value("card series", of: card) ?? value("card model", of: card) ?? "AMD GPU"
            return GPUFacts(
                name: name.hasPrefix("0x") ? "AMD GPU 1002:\(name.dropFirst(2))" : name,
                memory: value("vram total memory (b)", of: card).flatMap { Int64($0) }, driver: driver)
        }
    }

    /// A card that the kernel drives.
    private struct Card {
        /// PCI vendor: 0x10de NVIDIA, 0x1002 AMD, 0x8086 Intel.
        let vendor: String
        let facts: GPUFacts
    }

    private static func cards(from sources: MachineSources) -> [Card] {
        let names = sources.names("/sys/class/drm").filter { name in
            // card0, not card0-HDMI-A-1.
            name.hasPrefix("card") && name.dropFirst("card".count).allSatisfy(\.isNumber)
        }
        return names.sorted { ($0.count, $0) < ($1.count, $1) }.compactMap { name in
            let device = "/sys/class/drm/\(name)/device"
            guard let vendor = sources.line("\(device)/vendor"), let maker = makers[vendor] else { return nil }
            let number = sources.line("\(device)/device").map { $0.hasPrefix("0x") ? String($0.dropFirst(2)) : $0 }
            let facts = GPUFacts(
                name: sources.line("\(device)/product_name")
                    ?? "\(maker.name) GPU \(vendor.dropFirst(2)):\(number ?? "unknown")",
                memory: sources.line("\(device)/mem_info_vram_total").flatMap { Int64($0) },
                // Only drivers that do not come with the kernel have a version of their own.
                driver: maker.driver.flatMap { driver in
                    sources.line("/sys/module/\(driver)/version").map { "\(driver) \($0)" }
                })
            return Card(vendor: vendor, facts: facts)
        }
    }

    private static let makers: [String: (name: String, driver: String?)] = [
        "0x10de": ("NVIDIA", "nvidia"), "0x1002": ("AMD", "amdgpu"), "0x8086": ("Intel", nil),
    ]
}
