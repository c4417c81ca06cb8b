import Foundation
package import PoiseCore

/// How late this machine lets a thread run, which every arrival time of a run bears as an error.
package struct WakeLateness: Hashable, Sendable {
    /// Beyond the end of each short sleep, milliseconds: as a client that waits for a chunk is woken.
    package let sleeps: ErrorQuantiles
    /// The longest time between two readings of a clock that is read without pause, in each stretch as long as a sleep;
    /// milliseconds: the core was taken away for so long.
    package let pauses: ErrorQuantiles
    /// Sleeps that were made, and stretches that were read through.
    package let count: Int

    package init(sleeps: ErrorQuantiles, pauses: ErrorQuantiles, count: Int) {
        self.sleeps = sleeps
        self.pauses = pauses
        self.count = count
    }

    /// The sleep that is asked for: less than any gap between tokens.
    package static let sleep = Duration.microseconds(100)

    /// Measures on a thread of its own, first asleep and then awake.
    ///
    /// - Parameter span: of each half.
    package static func measured(for span: Duration = .milliseconds(500)) async -> WakeLateness? {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: measure(for: span)) }
            // As the thread that reads the streams.
            thread.qualityOfService = .userInteractive
            thread.start()
        }
    }

    private static func measure(for span: Duration) -> WakeLateness? {
        var late: [Double] = []
        let asleepUntil = Instant.now() + span
        repeat {
            var time = timespec(tv_sec: 0, tv_nsec: Int(sleep.nanoseconds))
            let began = Instant.now()
            nanosleep(&time, nil)
            late.append(max(0, (Instant.now() - began - sleep).milliseconds))
        } while Instant.now() < asleepUntil

        var longest: [Double] = []
        var now = Instant.now()
        let awakeUntil = now + span
        while now < awakeUntil {
            let end = now + sleep
            var pause = Duration.zero
            while now < end {
                let next = Instant.now()
                pause = max(pause, next - now)
                now = next
            }
            longest.append(pause.milliseconds)
        }
        guard let sleeps = ErrorQuantiles(of: late), let pauses = ErrorQuantiles(of: longest) else { return nil }
        return WakeLateness(sleeps: sleeps, pauses: pauses, count: late.count + longest.count)
    }
}
