import PoiseCore

/// A machine as JSON: what was recorded of it, null where it does not say; memory in bytes.
enum MachineJSON {
    static func object(_ machine: MachineFacts) -> OrderedJSON {
        .object([
            ("processor", .string(machine.processor)),
            ("cores", .count(machine.cores)),
            ("memory", .integer(machine.memory)),
            ("system", .string(machine.system)),
            ("identity", .string(machine.identity)),
            ("processorModel", .optional(machine.processorModel)),
            ("physicalCores", .optional(machine.physicalCores)),
            ("usableCores", .optional(machine.usableCores)),
            ("memoryLimit", .optional(machine.memoryLimit)),
            ("systemFamily", .optional(machine.systemFamily)),
            ("kernel", .optional(machine.kernel)),
            ("architecture", .optional(machine.architecture)),
            ("hardware", .optional(machine.hardware)),
            ("hypervisor", .optional(machine.hypervisor)),
            ("container", .optional(machine.container)),
            ("frequency", machine.frequency.map(frequency) ?? .null),
            ("power", machine.power.map(power) ?? .null),
            ("gpus", machine.gpus.map { .array($0.map(gpu)) } ?? .null),
            ("loadAverage", .optional(machine.loadAverage)),
            ("client", machine.client.map(client) ?? .null),
        ])
    }

    private static func frequency(_ frequency: FrequencyFacts) -> OrderedJSON {
        .object([
            ("governors", .array(frequency.governors.map(OrderedJSON.string))),
            ("driver", .optional(frequency.driver)),
            ("boost", frequency.boost.map(OrderedJSON.bool) ?? .null),
        ])
    }

    private static func power(_ power: PowerFacts) -> OrderedJSON {
        .object([("source", .optional(power.source?.rawValue)), ("profile", .optional(power.profile))])
    }

    private static func gpu(_ gpu: GPUFacts) -> OrderedJSON {
        .object([
            ("name", .string(gpu.name)), ("memory", .optional(gpu.memory)), ("driver", .optional(gpu.driver)),
            ("powerLimit", .optional(gpu.powerLimit)),
        ])
    }

    private static func client(_ client: ClientFacts) -> OrderedJSON {
        .object([
            ("poise", .string(client.poise)), ("curl", .string(client.curl)),
            ("isOptimized", .bool(client.isOptimized)),
        ])
    }
}
