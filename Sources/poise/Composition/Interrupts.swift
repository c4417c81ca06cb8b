import Dispatch
import Foundation

/// Ends the run's task on Ctrl-C and SIGTERM; a second Ctrl-C ends the process.
struct Interrupts {
    private static let signals = [SIGINT, SIGTERM]
    private let sources: [any DispatchSourceSignal]

    /// - Parameters:
    ///   - message: said on the first signal.
    ///   - cancel: called once, on the first signal.
    init(
        message: String? = "interrupted: ending what is under way, keeping what is finished",
        cancel: @escaping @Sendable () -> Void
    ) {
        let counter = Counter()
        sources = Self.signals.map { number in
            // The default action would end the process before anything is put away.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if counter.next() == 1 {
                    if let message { Console.say("\n\(message)") }
                    cancel()
                } else {
                    exit(130)
                }
            }
            source.resume()
            return source
        }
    }

    /// From here on the signals do what they do by default.
    func stop() {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }
}
