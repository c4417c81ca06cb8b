import PoiseClient
import PoiseCore
import PoiseReport

/// Where the power comes from, and what it is told to do with it.
enum PowerCheck: DoctorCheck {
    static let name = "power"

    static func finding(_ power: PowerFacts?) -> Finding {
        guard let power else { return skipped("the machine does not tell, as most servers") }
        if power.source == .battery {
            return warning("on battery, where the clock may be held down", "Plug the machine in.")
        }
        if let profile = power.profile, ["low-power", "power-saver", "quiet", "cool"].contains(profile) {
            return warning("the power profile is \(profile)", "Choose a faster one: powerprofilesctl set performance")
        }
        let source = power.source == .mains ? "mains" : "a source that is not told"
        return ok(source + (power.profile.map { ", profile \($0)" } ?? ""))
    }

    static let examples = [
        DoctorExample(
            "mains", finding(PowerFacts(source: .mains, profile: "balanced")), .ok, "mains, profile balanced"),
        DoctorExample("a server", finding(nil), .skipped),
        DoctorExample("battery", finding(PowerFacts(source: .battery, profile: nil)), .warning, "Plug"),
        DoctorExample("low power", finding(PowerFacts(source: .mains, profile: "low-power")), .warning, "low-power"),
    ]
}

/// Whether heat slows the processor.
enum ThrottlingCheck: DoctorCheck {
    static let name = "heat"

    static func finding(_ throttling: MachineActivity.Throttling?) -> Finding {
        guard let throttling else { return skipped("the kernel counts no throttling here") }
        let figures = ["throttledNow": Double(throttling.now), "throttledSinceStart": Double(throttling.sinceStart)]
        guard throttling.now == 0 else {
            return warning(
                "the processor was slowed \(Numbers.counted(throttling.now, "time")) within a second for its heat",
                "Let the machine cool, clean its vents, and lower what else runs; rounds show the drift that is left.",
                figures)
        }
        let past = throttling.sinceStart
        return ok(
            "not throttled now" + (past > 0 ? ", \(Numbers.counted(past, "time")) since the machine started" : ""),
            figures)
    }

    static let examples = [
        DoctorExample("cool", finding(.init(sinceStart: 0, now: 0)), .ok, "not throttled"),
        DoctorExample("hot in the past", finding(.init(sinceStart: 12, now: 0)), .ok, "12 times since"),
        DoctorExample("hot now", finding(.init(sinceStart: 40, now: 3)), .warning, "cool"),
        DoctorExample("no counters", finding(nil), .skipped),
    ]
}
