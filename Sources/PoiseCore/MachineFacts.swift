/// The machine that a run was measured on; speeds of different machines never share a front.
///
/// All but the first four are nil where the machine does not say, and in runs of before they were recorded. Nothing here
/// names a person or a single machine: no host name, no user, no serial numbers.
package struct MachineFacts: Hashable, Codable, Sendable {
    /// `AMD EPYC 9B14`: the processor's own name, or its cores' (`Cortex-A76`).
    package let processor: String
    /// Logical cores that the machine has.
    package let cores: Int
    /// Bytes of main memory.
    package let memory: Int64
    /// The name and version of the operating system: `Debian GNU/Linux 12 (bookworm)`.
    package let system: String
    /// Family, model and stepping: clouds give different processors the same name.
    package let processorModel: String?
    package let physicalCores: Int?
    /// Logical cores that this process may use: those of its affinity, or less by its control group's quota.
    package let usableCores: Double?
    /// The most memory that the control group of this process may hold, bytes; nil where there is no limit.
    package let memoryLimit: Int64?
    /// `Linux` or `macOS`.
    package let systemFamily: String?
    /// The kernel's release.
    package let kernel: String?
    /// `x86_64`, `aarch64`.
    package let architecture: String?
    /// The maker's name for the machine or the cloud's for its type: `Amazon EC2 c7i.large`, `Mac14,7`.
    package let hardware: String?
    /// What the machine is a guest of: `KVM`, `Hyper-V`, …
    package let hypervisor: String?
    /// What the process is contained in: `Docker`, `Podman`, …
    package let container: String?
    package let frequency: FrequencyFacts?
    package let power: PowerFacts?
    /// Empty where none was found.
    package let gpus: [GPUFacts]?
    /// Processes that ran or wanted to, averaged over the minute before the start.
    package let loadAverage: Double?
    package let client: ClientFacts?
    /// The kinds of machine that stand here as one, one machine of each; nil of a single kind.
    package let pooled: [MachineFacts]?

    package init(
        processor: String, cores: Int, memory: Int64, system: String, processorModel: String? = nil,
        physicalCores: Int? = nil, usableCores: Double? = nil, memoryLimit: Int64? = nil,
        systemFamily: String? = nil, kernel: String? = nil, architecture: String? = nil, hardware: String? = nil,
        hypervisor: String? = nil, container: String? = nil, frequency: FrequencyFacts? = nil,
        power: PowerFacts? = nil, gpus: [GPUFacts]? = nil, loadAverage: Double? = nil, client: ClientFacts? = nil,
        pooled: [MachineFacts]? = nil
    ) {
        self.processor = processor
        self.cores = cores
        self.memory = memory
        self.system = system
        self.processorModel = processorModel
        self.physicalCores = physicalCores
        self.usableCores = usableCores
        self.memoryLimit = memoryLimit
        self.systemFamily = systemFamily
        self.kernel = kernel
        self.architecture = architecture
        self.hardware = hardware
        self.hypervisor = hypervisor
        self.container = container
        self.frequency = frequency
        self.power = power
        self.gpus = gpus
        self.loadAverage = loadAverage
        self.client = client
        self.pooled = pooled
    }
}

/// How the processor's clock is governed.
package struct FrequencyFacts: Hashable, Codable, Sendable {
    /// `performance`, `powersave`, …; several where cores differ.
    package let governors: [String]
    /// The kernel's driver of the clock: `intel_pstate`, `amd-pstate-epp`, …
    package let driver: String?
    /// Whether the clock may rise above its nominal rate.
    package let boost: Bool?

    package init(governors: [String], driver: String?, boost: Bool?) {
        self.governors = governors
        self.driver = driver
        self.boost = boost
    }
}

/// Where the machine's power comes from, and what it is told to do with it.
package struct PowerFacts: Hashable, Codable, Sendable {
    package enum Source: String, Hashable, Codable, Sendable {
        case mains
        case battery
    }

    package let source: Source?
    /// The system's word for its mode: `performance`, `balanced`, `low-power`, …
    package let profile: String?

    package init(source: Source?, profile: String?) {
        self.source = source
        self.profile = profile
    }
}

/// One graphics processor.
package struct GPUFacts: Hashable, Codable, Sendable {
    package let name: String
    /// Bytes of its own memory; nil where it shares the machine's or does not tell.
    package let memory: Int64?
    /// The driver and its version: `nvidia 570.124.06`.
    package let driver: String?
    /// Watts that it may draw.
    package let powerLimit: Double?

    package init(name: String, memory: Int64?, driver: String?, powerLimit: Double? = nil) {
        self.name = name
        self.memory = memory
        self.driver = driver
        self.powerLimit = powerLimit
    }
}

/// What measured: a client of another version or build has another error.
package struct ClientFacts: Hashable, Codable, Sendable {
    /// The version of Poise.
    package let poise: String
    /// libcurl and what it was built with: `libcurl/7.88.1 OpenSSL/3.0.17 nghttp2/1.52.0`.
    package let curl: String
    /// Whether the compiler optimized it; a debug build spends several times the processor time.
    package let isOptimized: Bool

    package init(poise: String, curl: String, isOptimized: Bool) {
        self.poise = poise
        self.curl = curl
        self.isOptimized = isOptimized
    }
}
