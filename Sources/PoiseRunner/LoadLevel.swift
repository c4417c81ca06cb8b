import PoiseCore
import Synchronization

/// One load level of a pass: the one place that decides when each trial goes out.
final class LoadLevel: Sendable {
    /// Asks the trial at a position, scheduled for an instant; nil where it left nothing behind.
    typealias Ask = @Sendable (_ position: Int, _ scheduled: Instant) async throws -> Trial?

    let load: Load
    let flow = LevelFlow()
    private let gate: Mutex<LevelGate>

    init(load: Load, gate: LevelGate) {
        self.load = load
        self.gate = Mutex(gate)
    }

    /// Trials that went out.
    var asked: Int { gate.withLock(\.asked) }

    /// Why trials were left out by the level's own conditions; nil where they were not.
    var ending: LevelGate.Ending? { gate.withLock(\.ending) }

    /// Runs until the trials are through, or no more go out and those in flight are done.
    ///
    /// - Parameters:
    ///   - schedule: an open loop's arrivals; nil for a closed loop.
    ///   - isOver: whether the pass is given up; asked before each trial.
    ///   - pause: waits while nothing may be sent, and says how long that was. An open loop's later arrivals move by as
    ///     much, so that what was due meanwhile does not go out all at once; a closed loop's trials wait by themselves.
    /// - Throws: what a trial throws, after the others were cancelled.
    func run(
        schedule: ArrivalSchedule?, isOver: @escaping @Sendable () -> Bool,
        pause: @Sendable () async -> Duration = { .zero }, ask: @escaping Ask
    ) async throws {
        if let schedule {
            try await runOpen(schedule, isOver: isOver, pause: pause, ask: ask)
        } else {
            try await runClosed(isOver: isOver, ask: ask)
        }
    }

    /// As many workers as requests in flight, each taking the next trial when it is done with one.
    private func runClosed(isOver: @escaping @Sendable () -> Bool, ask: @escaping Ask) async throws {
        let workers = min(load.concurrency ?? 1, gate.withLock(\.planned))
        try await withThrowingDiscardingTaskGroup { group in
            for worker in 0..<workers {
                group.addTask {
                    while !isOver() {
                        let now = Instant.now()
                        guard let position = self.admit(scheduled: now) else { return }
                        self.note(try await ask(position, now))
                    }
                }
                await StartRamp.breathe(after: worker)
            }
        }
    }

    /// Every trial in a task of its own, at its instant, whatever the others do.
    private func runOpen(
        _ schedule: ArrivalSchedule, isOver: @escaping @Sendable () -> Bool, pause: @Sendable () async -> Duration,
        ask: @escaping Ask
    ) async throws {
        var began = Instant.now()
        try await withThrowingDiscardingTaskGroup { group in
            for offset in schedule.offsets {
                var due = began + offset
                guard gate.withLock({ $0.expects(scheduled: due) }) else { return }
                while let wait = Self.wait(until: due, now: .now()), !isOver(), !group.isCancelled, !hasEnded {
                    try? await Task.sleep(for: wait, tolerance: .zero)
                }
                let paused = await pause()
                began = began + paused
                due = due + paused
                guard !isOver(), !group.isCancelled, let position = admit(scheduled: due) else { return }
                group.addTask { [due] in self.note(try await ask(position, due)) }
            }
        }
    }

    /// How long to sleep next; nil where the instant has come.
    ///
    /// In pieces, since the level may end while the next instant is far away.
    static func wait(until due: Instant, now: Instant) -> Duration? {
        now < due ? min(due - now, .milliseconds(250)) : nil
    }

    private var hasEnded: Bool { gate.withLock(\.isOver) }

    private func admit(scheduled: Instant) -> Int? {
        gate.withLock { $0.admit(scheduled: scheduled) }
    }

    private func note(_ trial: Trial?) {
        gate.withLock { $0.note(trial) }
    }
}
