import PoiseClient
import PoiseReport

/// Whether a hypervisor gives the cores to others.
enum StolenTimeCheck: DoctorCheck {
    static let name = "stolen time"

    /// From this share on, a token of 20 ms may well take 20.2 ms.
    private static let most = 0.01

    /// - Parameter share: of all cores' time, 0…1; nil where the kernel does not say.
    static func finding(share: Double?, hypervisor: String?) -> Finding {
        guard let share else { return skipped("the system does not tell") }
        let text = "\(Numbers.smallShare(share)) of the processor's time went to other guests"
        guard share > most else {
            return ok(hypervisor == nil && share == 0 ? "none: no hypervisor is known" : text, ["stolenShare": share])
        }
        return warning(
            text,
            "Take a machine with cores of its own (dedicated, metal), or more rounds; intervals hold what is left.",
            ["stolenShare": share])
    }

    static let examples = [
        DoctorExample("a machine of its own", finding(share: 0, hypervisor: nil), .ok, "none"),
        DoctorExample("a quiet host", finding(share: 0.002, hypervisor: "KVM"), .ok, "0.2%"),
        DoctorExample("a full host", finding(share: 0.12, hypervisor: "KVM"), .warning, "12% of"),
        DoctorExample("not told", finding(share: nil, hypervisor: nil), .skipped),
    ]
}

/// Whether something else runs.
enum OtherLoadCheck: DoctorCheck {
    static let name = "other load"

    /// A tenth of a core is what a quiet desktop takes.
    private static let least = 0.1
    /// Beyond that, a twentieth of what there is.
    private static let share = 0.05

    /// - Parameters:
    ///   - busy: cores that others kept busy; nil where the system does not tell.
    ///   - cores: that may be used.
    ///   - average: processes that ran or wanted to, over the last minute.
    static func finding(
        busy: Double?, programs: [MachineActivity.Program], cores: Double, average: Double?
    ) -> Finding {
        let load = average.map { "load average \(Numbers.fixed($0, 2))" }
        guard let busy else { return skipped(load ?? "the system does not tell") }
        let most = programs.filter { $0.cores >= 0.05 }.map { "\($0.name) \(Numbers.fixed($0.cores, 1))" }
        let text =
            "others keep \(Numbers.fixed(busy, 1)) of \(Numbers.trimmed(cores)) cores busy"
            + (most.isEmpty ? "" : " (\(most.joined(separator: ", ")))") + (load.map { "; \($0)" } ?? "")
        let figures = ["busyCores": busy].merging(average.map { ["loadAverage": $0] } ?? [:]) { $1 }
        guard busy > max(least, share * cores) else { return ok(text, figures) }
        return warning(text, "End what else runs before you measure, or wait until it is through.", figures)
    }

    private static let build = MachineActivity.Program(name: "cc1plus", cores: 1.9)

    static let examples = [
        DoctorExample(
            "quiet", finding(busy: 0.02, programs: [], cores: 8, average: 0.1), .ok,
            "0.0 of 8 cores busy; load average 0.10"),
        DoctorExample(
            "a build", finding(busy: 2.1, programs: [build], cores: 2, average: 4), .warning, "(cc1plus 1.9)"),
        DoctorExample("a little on many cores", finding(busy: 0.5, programs: [], cores: 64, average: nil), .ok),
        DoctorExample("not told", finding(busy: nil, programs: [], cores: 8, average: nil), .skipped),
    ]
}
