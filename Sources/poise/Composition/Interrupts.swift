import ArgumentParser
import Dispatch
import Foundation
import PoiseCore
import Synchronization

/// What Ctrl-C, SIGTERM and the end of the terminal do while something is under way.
///
/// Where it can be halted: the first signal halts it, and it is cancelled when its grace is over or at the second signal; the
/// process ends a moment later, or at the third. Else the first signal cancels it and the second ends the process. What is
/// in the database by then is whole, and children end with the process, whatever ends it.
struct Interrupts {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]
    /// `SIG_IGN` as a number; handlers cannot be compared.
    private static let ignoring = 1

    private let watched: [Int32]
    private let sources: [any DispatchSourceSignal]
    private let steps: InterruptSteps

    /// - Parameters:
    ///   - message: said on the first signal.
    ///   - grace: from halting to cancelling; nil where it cannot be halted.
    ///   - halt: called once, on the first signal.
    ///   - cancel: called on the first signal, or after the grace; at most twice.
    ///   - forced: the exit code where the process is ended before all was put away.
    ///   - note: told of the first signal.
    init(
        message: String?, grace: Duration? = nil, forced: Int32 = Exit.interrupted.rawValue,
        note: @escaping @Sendable (Int32) -> Void = { _ in }, halt: @escaping @Sendable () -> Void = {},
        cancel: @escaping @Sendable () -> Void
    ) {
        let steps = InterruptSteps(
            message: message, grace: grace, forced: forced, noteFirst: note, halt: halt, cancel: cancel)
        // The default action would end the process before anything is put away. `nohup` and the like mean the end of the
        // terminal to go unnoticed.
        let watched = Self.signals.filter { number in
            let before = signal(number, SIG_IGN)
            return number != SIGHUP || unsafeBitCast(before, to: Int.self) != Self.ignoring
        }
        sources = watched.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { steps.note(number) }
            source.resume()
            return source
        }
        self.watched = watched
        self.steps = steps
    }

    /// From here on the signals do what they do by default.
    func stop() {
        steps.finish()
        for source in sources { source.cancel() }
        for number in watched { signal(number, SIG_DFL) }
    }
}

/// What each signal does, from the first to the last.
private final class InterruptSteps: Sendable {
    /// Who was cancelled has so long to put things away.
    private static let farewell = Duration.seconds(3)
    /// A scheduler tells a job's processes to end, and so does the job's own script: that is one wish and not two.
    private static let echo = Duration.seconds(2)

    private let state = Mutex(State())
    private let message: String?
    private let grace: Duration?
    private let forced: Int32
    private let noteFirst: @Sendable (Int32) -> Void
    private let halt: @Sendable () -> Void
    private let cancel: @Sendable () -> Void

    private struct State {
        var count = 0
        var isOver = false
        var lastTermination: Instant?
    }

    init(
        message: String?, grace: Duration?, forced: Int32, noteFirst: @escaping @Sendable (Int32) -> Void,
        halt: @escaping @Sendable () -> Void, cancel: @escaping @Sendable () -> Void
    ) {
        self.message = message
        self.grace = grace
        self.forced = forced
        self.noteFirst = noteFirst
        self.halt = halt
        self.cancel = cancel
    }

    func finish() { state.withLock { $0.isOver = true } }

    func note(_ number: Int32) {
        let now = Instant.now()
        let count = state.withLock { state in
            if number == SIGTERM {
                defer { state.lastTermination = now }
                if let last = state.lastTermination, now - last < Self.echo { return 0 }
            }
            state.count += 1
            return state.isOver ? 0 : state.count
        }
        if count == 1 { noteFirst(number) }
        switch (count, grace) {
        case (0, _): break
        case (1, let grace?):
            say()
            halt()
            after(grace) { $0.cancel() }
        case (1, nil):
            say()
            cancel()
        case (2, .some):
            Console.say("stopping now")
            cancel()
            // Not a moment longer, whatever still goes on then; a handler at exit could run into it.
            after(Self.farewell) { _exit($0.forced) }
        default: _exit(forced)
        }
    }

    private func say() {
        if let message { Console.say("\n\(message)") }
    }

    /// Unless it is over by then.
    private func after(_ delay: Duration, _ body: @escaping @Sendable (InterruptSteps) -> Void) {
        DispatchQueue.global().asyncAfter(deadline: .now() + delay.seconds) { [self] in
            if !state.withLock(\.isOver) { body(self) }
        }
    }
}
