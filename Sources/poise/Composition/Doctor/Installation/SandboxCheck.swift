import Foundation
import PoiseCore
import PoiseGrading
import PoiseReport

/// Whether code that models wrote can be run, confined.
enum SandboxCheck: DoctorCheck {
    static let name = "sandbox"

    enum Outcome: Hashable, Sendable {
        /// A program ran in it to its end.
        case works(python: String, milliseconds: Double, caveat: String?)
        /// The reason names what to do.
        case unavailable(reason: String)
        /// It is there, and a program came to nothing in it.
        case broken(reason: String)
    }

    /// - Parameter isNeeded: whether a task runs generated code (the check `unit_tests`).
    static func finding(_ outcome: Outcome, isNeeded: Bool) -> Finding {
        switch outcome {
        case .works(let python, let time, let caveat):
            let text = "Python \(python) ran a program in it in \(Numbers.time(time))"
            guard let caveat else { return ok(text, ["sandboxTime": time]) }
            return warning("\(text); \(caveat)", "Run generated code on Linux, where bubblewrap confines it whole.")
        case .unavailable(let reason):
            let parts = split(reason)
            let text = parts.found + (isNeeded ? ", and the suite runs generated code" : "")
            let remedy = parts.remedy ?? "Only the check unit_tests needs it."
            return isNeeded
                ? failed(text, remedy) : warning("\(text); only the check unit_tests needs it", remedy)
        case .broken(let reason):
            return Finding(
                name, isNeeded ? .failed : .warning, "a program does not run in it: \(reason)",
                remedy: "Run `bwrap --ro-bind / / true` by hand, and see what forbids it.")
        }
    }

    /// `there is no sandbox: install bubblewrap` is what was found, and what to do.
    private static func split(_ reason: String) -> (found: String, remedy: String?) {
        // What was said by others may hold a semicolon; ours is the last.
        let mark = reason.range(of: "; ", options: .backwards) ?? reason.range(of: ": ")
        guard let mark else { return (reason, nil) }
        let remedy = reason[mark.upperBound...]
        return (String(reason[..<mark.lowerBound]), remedy.prefix(1).uppercased() + remedy.dropFirst() + ".")
    }

    /// Runs a program of one line in the sandbox, as the check unit_tests would.
    static func tried() async -> Outcome {
        switch await CodeExecution.find() {
        case .unavailable(let reason): return .unavailable(reason: reason)
        case .available(let sandbox, let python):
            var program = SandboxedProgram(
                command: [python.executable, "-I", "-c", "print(6 * 7)"], readable: python.folders)
            program.limits.wallTime = .seconds(8)
            do {
                let outcome = try await sandbox.run(program)
                let said = String(decoding: outcome.output, as: UTF8.self)
                guard outcome.status == 0, said == "42\n" else {
                    let errors = String(decoding: outcome.errors.prefix(300), as: UTF8.self)
                    return .broken(reason: errors.isEmpty ? "exit status \(outcome.status)" : errors)
                }
                return .works(
                    python: python.version, milliseconds: outcome.wallTime.milliseconds, caveat: sandbox.caveat)
            } catch {
                return .broken(reason: error.localizedDescription)
            }
        }
    }

    static let examples = [
        DoctorExample(
            "a program that ran", finding(.works(python: "3.12.4", milliseconds: 42, caveat: nil), isNeeded: true), .ok,
            "3.12.4"),
        DoctorExample(
            "one that is not whole",
            finding(.works(python: "3.12.4", milliseconds: 42, caveat: "reads all"), isNeeded: true),
            .warning, "reads all"),
        DoctorExample(
            "no bubblewrap, needed",
            finding(.unavailable(reason: "there is no sandbox: install bubblewrap"), isNeeded: true), .failed,
            "Install bubblewrap."),
        DoctorExample(
            "no bubblewrap, not needed",
            finding(.unavailable(reason: "there is no sandbox: install bubblewrap"), isNeeded: false), .warning,
            "only the check unit_tests"),
        DoctorExample(
            "forbidden", finding(.unavailable(reason: "cannot: “no; perm”; allow user namespaces"), isNeeded: true),
            .failed, "Allow user namespaces."),
        DoctorExample(
            "a program that fails", finding(.broken(reason: "exit status 1"), isNeeded: true), .failed, "bwrap"),
    ]
}
