package import PoiseCore

/// Decides, at one load level, whether the next trial goes out. Pure: it is told what happened, and the time.
package struct LevelGate: Sendable {
    let planned: Int
    private let condition: StopCondition
    /// From here on a server does not keep up with the rate.
    private let mostInFlight: Int
    private let before: Before
    private var began: Instant?
    private var next = 0
    private var inFlight = 0
    private var speed: SpeedPrecision
    private var ended: Ending?

    /// What the level had come to when the run was cut off; it counts towards the conditions.
    package struct Before: Sendable {
        package var asked = 0
        package var elapsed = Duration.zero
        package var speed = SpeedPrecision()

        package init(asked: Int = 0, elapsed: Duration = .zero, speed: SpeedPrecision = SpeedPrecision()) {
            self.asked = asked
            self.elapsed = elapsed
            self.speed = speed
        }
    }

    /// Why nothing more goes out.
    package struct Ending: Hashable, Sendable {
        package let reason: LevelStop.Reason
        package var precision: Double?
        package var inFlight: Int?
    }

    /// - Parameters:
    ///   - planned: trials that are left.
    ///   - mostInFlight: an open loop's guard; a closed loop bounds itself.
    ///   - before: what a level that goes on has come to.
    package init(
        planned: Int, condition: StopCondition, mostInFlight: Int = .max, before: Before = Before()
    ) {
        self.planned = planned
        self.condition = condition
        self.mostInFlight = mostInFlight
        self.before = before
        speed = before.speed
        guard before.asked > 0 else { return }
        if let most = condition.requests, before.asked >= most {
            ended = Ending(reason: .requests)
        } else if let seconds = condition.seconds, before.elapsed.seconds >= seconds {
            ended = Ending(reason: .time)
        } else if let wanted = condition.precision, let reached = speed.relativeHalfWidth, reached <= wanted {
            ended = Ending(reason: .precision, precision: reached)
        }
    }

    /// Says, ahead of the instant, whether a trial may be let out at it: nobody need wait for one that may not.
    ///
    /// - Parameter scheduled: the next trial's instant; that of the first call is the level's beginning.
    package mutating func expects(scheduled: Instant) -> Bool {
        guard ended == nil, next < planned else { return false }
        let began = began ?? scheduled
        self.began = began
        if let most = condition.requests, asked >= most {
            ended = Ending(reason: .requests)
        } else if let seconds = condition.seconds, (scheduled - began + before.elapsed).seconds >= seconds {
            ended = Ending(reason: .time)
        }
        return ended == nil
    }

    /// Lets the next trial out, or ends the level.
    ///
    /// - Parameter scheduled: the instant, which has come.
    /// - Returns: the trial's position; nil where no more go out.
    package mutating func admit(scheduled: Instant) -> Int? {
        guard expects(scheduled: scheduled) else { return nil }
        guard inFlight < mostInFlight else {
            ended = Ending(reason: .overload, inFlight: inFlight)
            return nil
        }
        defer { next += 1 }
        inFlight += 1
        return next
    }

    /// Notes that a trial that was let out is through.
    ///
    /// - Parameter trial: nil where it left nothing behind.
    package mutating func note(_ trial: Trial?) {
        inFlight -= 1
        // Its metrics cost more than all else here, and only the precision asks for them.
        guard let wanted = condition.precision, ended == nil, let metrics = trial?.metrics else { return }
        if let reached = speed.note(metrics), reached <= wanted {
            ended = Ending(reason: .precision, precision: reached)
        }
    }

    /// Whether nothing more goes out, so that nobody need wait for the next instant.
    package var isOver: Bool { ended != nil || next >= planned }

    /// Trials that were let out, with those before.
    package var asked: Int { before.asked + next }

    /// Why trials were left out; nil where all of them were asked.
    package var ending: Ending? { next < planned ? ended : nil }
}
