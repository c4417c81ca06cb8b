import ArgumentParser
import Foundation
import PoiseCore
import PoiseSuite

/// The two streams of the terminal: results to standard output, all else to standard error.
enum Console {
    /// Writes a result.
    static func result(_ text: String) {
        write(text.hasSuffix("\n") ? text : text + "\n", to: .standardOutput)
    }

    /// Says something about the work. What a server or a log says may be quoted in it, and never reaches a terminal raw.
    static func say(_ text: String) {
        write(withoutControls(text) + "\n", to: .standardError)
    }

    /// Control characters other than line feeds and tabs, as their visible stand-ins: `ESC` as `␛`.
    static func withoutControls(_ text: String) -> String {
        var visible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x09: visible.append(scalar)
            case 0..<0x20: visible.append(Unicode.Scalar(UInt32(0x2400) + scalar.value) ?? "\u{FFFD}")
            case 0x7F..<0xA0: visible.append("\u{FFFD}")
            default: visible.append(scalar)
            }
        }
        return String(visible)
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
            throw error is InvalidSuite || error is UntrustedSuite ? Exit.usage : Exit.failed
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
    static let gateFailed = ExitCode(100)
    static let gateInconclusive = ExitCode(101)
    static let interrupted = ExitCode(130)
}
