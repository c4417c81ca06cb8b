import ArgumentParser
import Foundation
import PoiseCore
import PoiseSuite

/// The two streams of the terminal: results to standard output, all else to standard error.
enum Console {
    /// Writes a result.
    static func result(_ text: String, as kind: ShownResult.Kind = .words) {
        let isTerminal = Terminal.behind(.standardOutput, color: .never).isTerminal
        let shown = ShownResult.text(text, as: kind, isTerminal: isTerminal)
        write(shown.hasSuffix("\n") ? shown : shown + "\n", to: .standardOutput)
    }

    /// Says something about the work. What a server or a log says may be quoted in it, and never reaches a terminal raw.
    static func say(_ text: String) {
        write(VisibleText.of(text) + "\n", to: .standardError)
    }

    static func write(_ text: String, to stream: FileHandle) {
        // A reader that went away (`poise front | head`) is no error of ours.
        try? stream.write(contentsOf: Data(text.utf8))
    }

    /// Runs a command's body; what it throws is explained on standard error and becomes the exit code.
    static func explaining<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let code as ExitCode {
            throw code
        } catch let usage as ValidationError {
            throw usage
        } catch {
            say("error: \(explanation(of: error))")
            let isUsage = error is InvalidSuite || error is UntrustedSuite || error is PlanReading.Failure
            throw isUsage ? Exit.usage : Exit.failed
        }
    }

    static func explanation(of error: any Error) -> String {
        (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    }
}

/// DESIGN's exit codes.
enum Exit {
    static let failed = ExitCode(1)
    static let usage = ExitCode(64)
    /// `EX_TEMPFAIL` of sysexits.h: trying again can help, and schedulers are told to.
    static let temporary = ExitCode(75)
    static let gateFailed = ExitCode(100)
    static let gateInconclusive = ExitCode(101)
    static let interrupted = ExitCode(130)
}
