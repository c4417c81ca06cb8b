import PoiseCore
import PoiseReport

/// Whether the clock is there when work comes.
enum GovernorCheck: DoctorCheck {
    static let name = "governor"

    static func finding(for frequency: FrequencyFacts?) -> Finding {
        guard let frequency, !frequency.governors.isEmpty else {
            return skipped("the kernel shows none here, as in most virtual machines")
        }
        let boost = frequency.boost.map { $0 ? ", boost on" : ", boost off" } ?? ""
        let driver = frequency.driver.map { " (\($0))" } ?? ""
        let text = frequency.governors.joined(separator: " and ") + driver + boost
        guard frequency.governors != ["performance"] else { return ok(text) }
        // Of drivers that set the clock themselves, powersave is not the lowest rate (kernel: intel_pstate.rst, amd-pstate.rst).
        let isActive = ["intel_pstate", "amd-pstate-epp"].contains(frequency.driver ?? "")
        let isHeldDown = frequency.governors.contains("powersave") && !isActive
        return warning(
            isHeldDown
                ? "\(text): the clock is held at its lowest rate"
                : "\(text): the clock rises only some milliseconds after work has come, which the first tokens pay",
            "For the time of a run: sudo cpupower frequency-set -g performance")
    }

    private static func facts(_ governors: [String], _ driver: String?, boost: Bool? = nil) -> FrequencyFacts {
        FrequencyFacts(governors: governors, driver: driver, boost: boost)
    }

    static let examples = [
        DoctorExample(
            "performance", finding(for: facts(["performance"], "intel_pstate", boost: true)), .ok,
            "performance (intel_pstate), boost on"),
        DoctorExample("no driver", finding(for: nil), .skipped, "virtual machines"),
        DoctorExample("powersave", finding(for: facts(["powersave"], "acpi-cpufreq")), .warning, "lowest rate"),
        DoctorExample(
            "powersave of a driver with its own mind", finding(for: facts(["powersave"], "intel_pstate")), .warning,
            "first tokens"),
        DoctorExample("schedutil", finding(for: facts(["schedutil"], nil)), .warning, "cpupower"),
        DoctorExample("cores that differ", finding(for: facts(["performance", "schedutil"], nil)), .warning, " and "),
    ]
}
