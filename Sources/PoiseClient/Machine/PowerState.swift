import Foundation
import PoiseCore

/// Clock and power, which move a speed without anything in the software changing.
enum PowerState {
    /// Linux's clock: kernel, `admin-guide/pm/cpufreq.rst` and `intel_pstate.rst`; nil where there is no driver, as in most
    /// guests.
    static func frequency(from sources: MachineSources) -> FrequencyFacts? {
        let folder = "/sys/devices/system/cpu"
        let policies = sources.names("\(folder)/cpufreq").filter { $0.hasPrefix("policy") }
            .map { "\(folder)/cpufreq/\($0)" }
        let governors = Set(policies.compactMap { sources.line("\($0)/scaling_governor") }).sorted()
        let driver = policies.lazy.compactMap { sources.line("\($0)/scaling_driver") }.first
        let boost =
            sources.line("\(folder)/intel_pstate/no_turbo").map { $0 == "0" }
            ?? sources.line("\(folder)/cpufreq/boost").map { $0 == "1" }
        if governors.isEmpty, driver == nil, boost == nil { return nil }
        return FrequencyFacts(governors: governors, driver: driver, boost: boost)
    }

    /// Linux's power supplies: kernel, `ABI/testing/sysfs-class-power`; nil where there are none, as in most servers.
    static func power(from sources: MachineSources) -> PowerFacts? {
        let supplies = sources.names("/sys/class/power_supply").map { "/sys/class/power_supply/\($0)" }
            // A mouse has a battery too.
            .filter { sources.line("\($0)/scope") != "Device" }
        let batteries = supplies.filter { sources.line("\($0)/type") == "Battery" }
        let feeds = supplies.filter { ["Mains", "USB", "Wireless"].contains(sources.line("\($0)/type") ?? "") }
        var source: PowerFacts.Source?
        if feeds.contains(where: { (sources.line("\($0)/online") ?? "0") != "0" }) {
            source = .mains
        } else if batteries.contains(where: { sources.line("\($0)/status") == "Discharging" }) {
            source = .battery
        } else if !batteries.isEmpty {
            source = feeds.isEmpty ? nil : .battery
        }
        let profile = sources.line("/sys/firmware/acpi/platform_profile")
        return source == nil && profile == nil ? nil : PowerFacts(source: source, profile: profile)
    }

    /// macOS's: pmset(1).
    ///
    /// - Parameters:
    ///   - supply: what `pmset -g batt` prints: `Now drawing from 'AC Power'` and the batteries.
    ///   - settings: what `pmset -g` prints, with `lowpowermode 1` where that is on.
    static func power(supply: String?, settings: String?) -> PowerFacts? {
        var source: PowerFacts.Source?
        if supply?.contains("'AC Power'") == true { source = .mains }
        if supply?.contains("'Battery Power'") == true { source = .battery }
        let modes = (settings ?? "").split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        let isLow = modes.contains { $0.count == 2 && $0[0] == "lowpowermode" && $0[1] == "1" }
        return source == nil && !isLow ? nil : PowerFacts(source: source, profile: isLow ? "low-power" : nil)
    }
}
