internal import CPoll
import PoiseCore

/// How good the clocks are: the monotonic one, which every latency is read from, and the wall clock.
package struct ClockQuality: Hashable, Sendable {
    /// The smallest step that was seen between two readings.
    package let step: Duration
    /// What one reading takes.
    package let cost: Duration
    /// What the kernel counts time by: `tsc`, `kvm-clock`, …; nil where it does not say.
    package let source: String?
    /// What it could count by.
    package let sources: [String]
    /// Whether something keeps the wall clock right; nil where the kernel does not say.
    package let isWallClockKept: Bool?

    package init(step: Duration, cost: Duration, source: String?, sources: [String], isWallClockKept: Bool?) {
        self.step = step
        self.cost = cost
        self.source = source
        self.sources = sources
        self.isWallClockKept = isWallClockKept
    }

    /// Reads the clock some ten thousand times, which takes milliseconds.
    package static func measured() -> ClockQuality {
        let readings = 20_000
        var step = Int64.max
        let began = Instant.now()
        var last = began
        for _ in 0..<readings {
            let now = Instant.now()
            let gap = (now - last).nanoseconds
            if gap > 0 { step = min(step, gap) }
            last = now
        }
        let cost = (last - began).nanoseconds / Int64(readings)
        let folder = "/sys/devices/system/clocksource/clocksource0"
        let kept = poise_clock_is_kept()
        return ClockQuality(
            step: .nanoseconds(step == .max ? cost : step), cost: .nanoseconds(cost),
            source: MachineSources.live.line("\(folder)/current_clocksource"),
            sources: (MachineSources.live.line("\(folder)/available_clocksource") ?? "").split(separator: " ")
                .map(String.init),
            isWallClockKept: kept < 0 ? nil : kept == 1)
    }
}
