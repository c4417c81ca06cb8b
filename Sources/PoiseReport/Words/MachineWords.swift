import PoiseCore

/// All that is known of a machine, as names and texts, in the order in which it explains a speed.
enum MachineWords {
    static func facts(_ machine: MachineFacts) -> [(name: String, text: String)] {
        let all: [(String, String?)] = [
            ("machine", machine.summary),
            ("processor", processor(machine)),
            ("cores", cores(machine)),
            ("memory", memory(machine)),
            ("GPUs", machine.gpus.map(gpus)),
            ("clock", machine.frequency.flatMap(clock)),
            ("power", machine.power.flatMap(power)),
            ("hardware", hardware(machine)),
            ("system", system(machine)),
            (
                "load before",
                machine.loadAverage.map { "\(Numbers.fixed($0, 2)) processes in the minute before the start" }
            ),
            ("client", machine.client.map(client)),
        ]
        return all.compactMap { name, text in text.flatMap { $0.isEmpty ? nil : (name, $0) } }
    }

    private static func processor(_ machine: MachineFacts) -> String {
        machine.processor + (machine.processorModel.map { ", \($0)" } ?? "")
    }

    private static func cores(_ machine: MachineFacts) -> String {
        var text = Numbers.counted(machine.cores, "logical core")
        if let physical = machine.physicalCores { text += ", \(Numbers.count(physical)) physical" }
        if let usable = machine.usableCores, usable < Double(machine.cores) {
            text += ", of which this run could use \(Numbers.trimmed(usable))"
        }
        return text
    }

    private static func memory(_ machine: MachineFacts) -> String {
        guard machine.memory > 0 else { return "" }
        let limit = machine.memoryLimit.flatMap {
            $0 < machine.memory ? ", of which this run could use \(Numbers.bytes($0))" : nil
        }
        return Numbers.bytes(machine.memory) + (limit ?? "")
    }

    private static func gpus(_ gpus: [GPUFacts]) -> String {
        guard !gpus.isEmpty else { return "none" }
        return gpus.map { gpu in
            let parts = [
                gpu.memory.map(Numbers.bytes), gpu.driver, gpu.powerLimit.map { "at most \(Numbers.fixed($0, 0)) W" },
            ].compactMap(\.self)
            return parts.isEmpty ? gpu.name : "\(gpu.name) (\(parts.joined(separator: ", ")))"
        }.joined(separator: "; ")
    }

    private static func clock(_ frequency: FrequencyFacts) -> String? {
        let parts = [
            frequency.governors.isEmpty ? nil : "governor \(Numbers.list(frequency.governors))",
            frequency.driver.map { "driver \($0)" }, frequency.boost.map { $0 ? "boost on" : "boost off" },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func power(_ power: PowerFacts) -> String? {
        let parts = [power.source?.rawValue, power.profile.map { "profile \($0)" }].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func hardware(_ machine: MachineFacts) -> String {
        [
            machine.hardware, machine.hypervisor.map { "guest of \($0)" }, machine.container.map { "in \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    private static func system(_ machine: MachineFacts) -> String {
        [machine.system, machine.kernel.map { "kernel \($0)" }, machine.architecture].compactMap(\.self)
            .joined(separator: ", ")
    }

    private static func client(_ client: ClientFacts) -> String {
        "Poise \(client.poise), \(client.curl)\(client.isOptimized ? "" : ", built without optimization")"
    }
}
