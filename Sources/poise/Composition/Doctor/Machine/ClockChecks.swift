import PoiseClient
import PoiseCore
import PoiseReport

/// Whether the clock that every latency is read from is fine and quick.
enum ClockCheck: DoctorCheck {
    static let name = "clock"

    /// Each chunk of each stream is a reading.
    private static let dearest = Duration.microseconds(1)
    /// Offsets are stored in whole microseconds.
    private static let coarsest = Duration.microseconds(10)

    static func finding(_ clock: ClockQuality) -> Finding {
        let source = clock.source.map { " by \($0)" } ?? ""
        let text =
            "steps of \(nanoseconds(clock.step))\(source), \(nanoseconds(clock.cost)) a reading"
        let figures = ["clockStep": clock.step.milliseconds, "clockCost": clock.cost.milliseconds]
        if clock.step > coarsest {
            return warning(
                "\(text): times between tokens are rounded to that", "Use a newer kernel, or another machine.", figures)
        }
        if clock.cost > dearest {
            let better = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"].first {
                clock.sources.contains($0) && $0 != clock.source
            }
            let file = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
            return warning(
                "\(text): each reading waits for a device or the kernel",
                better.map { "For now: echo \($0) | sudo tee \(file)" }
                    ?? "Ask the machine's maker or cloud for a stable time stamp counter (tsc).", figures)
        }
        return ok(text, figures)
    }

    private static func nanoseconds(_ span: Duration) -> String {
        let count = span.nanoseconds
        return count < 10_000 ? "\(Numbers.count(Int(count))) ns" : "\(Numbers.trimmed(Double(count / 100) / 10)) µs"
    }

    private static func clock(
        step: Int, cost: Int, _ source: String? = "tsc", _ sources: [String] = []
    ) -> ClockQuality {
        ClockQuality(
            step: .nanoseconds(step), cost: .nanoseconds(cost), source: source, sources: sources, isWallClockKept: nil)
    }

    static let examples = [
        DoctorExample("a counter of the processor", finding(clock(step: 20, cost: 24)), .ok, "20 ns by tsc"),
        DoctorExample(
            "a slow device", finding(clock(step: 70, cost: 1_400, "hpet", ["tsc", "hpet"])), .warning, "echo tsc |"),
        DoctorExample("nothing better", finding(clock(step: 70, cost: 1_400, "acpi_pm")), .warning, "stable"),
        DoctorExample("a coarse clock", finding(clock(step: 4_000_000, cost: 30, nil)), .warning, "4,000 µs"),
    ]
}

/// Whether something keeps the wall clock right.
enum WallClockCheck: DoctorCheck {
    static let name = "wall clock"

    static func finding(isKept: Bool?) -> Finding {
        switch isKept {
        case true: ok("kept right by the network's time")
        case false:
            warning(
                "nothing keeps it right: dates of runs and checks of certificates go by it, latencies do not",
                "On the machine itself (a container cannot): sudo timedatectl set-ntp true, or start chrony.")
        default: skipped("the system does not tell")
        }
    }

    static let examples = [
        DoctorExample("kept", finding(isKept: true), .ok),
        DoctorExample("not kept", finding(isKept: false), .warning, "set-ntp"),
        DoctorExample("not told", finding(isKept: nil), .skipped),
    ]
}

/// How late this machine lets the client see what has come.
enum WakeCheck: DoctorCheck {
    static let name = "wake-ups"

    /// What calibrations hold the client itself to, milliseconds.
    private static let fine = 1.0

    static func finding(_ lateness: WakeLateness?) -> Finding {
        guard let lateness else { return skipped("nothing could be measured") }
        let (sleeps, pauses) = (lateness.sleeps, lateness.pauses)
        let text =
            "sleeps end \(Numbers.time(sleeps.p50)) late, \(Numbers.time(sleeps.p99)) at p99 (most"
            + " \(Numbers.time(sleeps.max))); pauses in work \(Numbers.time(pauses.p99)) at p99 (most"
            + " \(Numbers.time(pauses.max)))"
        let figures = [
            "sleepLatenessP50": sleeps.p50, "sleepLatenessP99": sleeps.p99, "sleepLatenessMax": sleeps.max,
            "pauseP99": pauses.p99, "pauseMax": pauses.max,
        ]
        let worst = max(sleeps.p99, pauses.p99)
        guard worst >= fine else { return ok(text, figures) }
        return warning(
            "\(text): one in a hundred times, a TTFT is off by \(Numbers.time(worst)) or more",
            "End what else runs, leave the client a core of its own, and choose the governor performance; then"
                + " `poise calibrate` says what is left.", figures)
    }

    private static func lateness(_ sleep: Double, _ pause: Double) -> WakeLateness {
        WakeLateness(
            sleeps: ErrorQuantiles(p50: 0.06, p99: sleep, max: sleep * 2),
            pauses: ErrorQuantiles(p50: 0, p99: pause, max: pause * 2), count: 6000)
    }

    static let examples = [
        DoctorExample("a quiet machine", finding(lateness(0.12, 0.01)), .ok, "0.12 ms at p99"),
        DoctorExample("late wake-ups", finding(lateness(4.2, 0.01)), .warning, "off by 4.20 ms"),
        DoctorExample("a core taken away", finding(lateness(0.1, 12)), .warning, "off by 12.0 ms"),
        DoctorExample("nothing", finding(nil), .skipped),
    ]
}
