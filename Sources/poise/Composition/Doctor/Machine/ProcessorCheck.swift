import PoiseCore
import PoiseReport

/// What the machine is.
enum ProcessorCheck: DoctorCheck {
    static let name = "machine"

    static func finding(_ machine: MachineFacts) -> Finding {
        let guest = machine.hypervisor.map { " (a guest of \($0))" } ?? ""
        let container = machine.container.map { " in \($0)" } ?? ""
        return ok(
            machine.summary + guest + container, ["cores": Double(machine.cores), "memory": Double(machine.memory)])
    }

    static let examples = [
        DoctorExample(
            "a guest",
            finding(
                MachineFacts(
                    processor: "AMD EPYC 9B14", cores: 2, memory: 8 << 30, system: "Debian GNU/Linux 12 (bookworm)",
                    hypervisor: "KVM", container: "Docker")),
            .ok, "AMD EPYC 9B14, 2 cores, 8 GiB, Debian 12 (a guest of KVM) in Docker")
    ]
}

/// Whether there are cores enough for the engine and for the client that times it.
enum CoresCheck: DoctorCheck {
    static let name = "cores"

    /// - Parameters:
    ///   - threads: the most compute threads of an engine that Poise starts; nil where none says, or none is started.
    ///   - startsEngine: whether engines share this machine with the client.
    static func finding(_ machine: MachineFacts, threads: Int?, startsEngine: Bool) -> Finding {
        let usable = machine.coresInUse
        let figures = ["usableCores": usable].merging(threads.map { ["threads": Double($0)] } ?? [:]) { $1 }
        let count = "\(Numbers.trimmed(usable)) of \(Numbers.counted(machine.cores, "core")) may be used"
        if usable < 2, startsEngine {
            return warning(
                "\(count): engine and client share it, and slow each other",
                "Give Poise two cores or more (cpuset, the container's --cpus), or run the engine on another machine.",
                figures)
        }
        if let threads, Double(threads) > usable - 1 {
            return warning(
                "\(count), and an engine takes \(threads): none is left for the client",
                "Write serve.threads: \(max(1, Int(usable) - 1)) in the suite.", figures)
        }
        if usable < Double(machine.cores), usable != usable.rounded(.down) {
            return warning(
                "\(count): a quota stops everything for parts of each tenth of a second, which looks like a slow model",
                "Give whole cores (cpuset) in place of a quota (--cpus \(Numbers.trimmed(usable))).", figures)
        }
        return ok(count + (threads.map { ", of which an engine takes \($0)" } ?? ""), figures)
    }

    private static func machine(cores: Int, usable: Double? = nil) -> MachineFacts {
        MachineFacts(processor: "P", cores: cores, memory: 1 << 30, system: "S", usableCores: usable)
    }

    static let examples = [
        DoctorExample("room", finding(machine(cores: 8), threads: 4, startsEngine: true), .ok, "takes 4"),
        DoctorExample(
            "a remote endpoint", finding(machine(cores: 1), threads: nil, startsEngine: false), .ok, "1 of 1"),
        DoctorExample(
            "all cores for the engine", finding(machine(cores: 4), threads: 4, startsEngine: true), .warning,
            "serve.threads: 3"),
        DoctorExample("one core", finding(machine(cores: 1), threads: nil, startsEngine: true), .warning, "two cores"),
        DoctorExample(
            "half a core by quota", finding(machine(cores: 8, usable: 2.5), threads: 1, startsEngine: true), .warning,
            "quota"),
    ]
}
