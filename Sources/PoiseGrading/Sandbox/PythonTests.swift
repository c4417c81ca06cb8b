import Foundation
import PoiseCore

/// A Python program together with the tests that it has to pass.
struct PythonTests: Hashable, Sendable {
    let program: String
    let tests: String
    /// The function that `check(candidate)` is called with; nil where the tests are plain statements.
    let entryPoint: String?

    /// How they ended.
    enum Verdict: Hashable, Sendable {
        case passed
        case failed(String)
        /// They could not be run, which is the sample's or the machine's fault.
        case unscorable(String)
    }

    /// Runs them; throws where they cannot be run at all.
    func run(in sandbox: any CodeSandbox, by python: PythonInterpreter, limits: SandboxLimits) async throws -> Verdict {
        let token = Self.newToken()
        var limits = limits
        // The verdict itself is printed too.
        limits.output += 4096
        let outcome = try await sandbox.run(
            SandboxedProgram(
                command: [python.executable, "-s", "-B", "run_tests.py"],
                files: ["run_tests.py": String(decoding: PackageResources.run_tests_py, as: UTF8.self)],
                input: try input(token: token),
                // Sets and dictionaries come in the same order each time.
                environment: ["PYTHONHASHSEED": "0"], readable: python.folders, limits: limits))
        return Self.verdict(of: outcome, token: token, limits: limits)
    }

    /// As the script reads it: a length, a job, and the token.
    private func input(token: String) throws -> [UInt8] {
        struct Job: Encodable {
            let program: String
            let tests: String
            let entryPoint: String?
            let token: Int

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(program, forKey: .program)
                try container.encode(tests, forKey: .tests)
                // The script wants a null.
                try container.encode(entryPoint, forKey: .entryPoint)
                try container.encode(token, forKey: .token)
            }

            enum CodingKeys: CodingKey {
                case program, tests, entryPoint, token
            }
        }
        let job = try JSONEncoder().encode(
            Job(program: program, tests: tests, entryPoint: entryPoint, token: token.utf8.count))
        let length = "\(job.count)"
        return Array((String(repeating: "0", count: 10 - length.count) + length).utf8) + job + Array(token.utf8)
    }

    /// 128 bits of the system's randomness, in hexadecimal.
    private static func newToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let text = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }

    /// What an outcome says of the tests.
    ///
    /// A program that never ends, or takes what it may not, is a wrong answer: the limits are part of the task, and the
    /// program had all of them. A sandbox or an interpreter that did not start says nothing of the program.
    static func verdict(of outcome: SandboxOutcome, token: String, limits: SandboxLimits) -> Verdict {
        let lines = outcome.output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
        if let line = lines.last(where: { $0.hasPrefix(token + " ") }),
            let report = try? JSONValue(parsing: String(line.dropFirst(token.utf8.count + 1)))
        {
            let why = report["why"]?.string ?? ""
            switch report["verdict"]?.string {
            case "passed": return .passed
            case "unscorable": return .unscorable(why)
            default: return .failed(why)
            }
        }
        // Also where it took all the time that there was: a machine may be too busy to start anything.
        guard lines.first == "running" else {
            let lastWords = String(decoding: outcome.errors.suffix(2000), as: UTF8.self).split(separator: "\n").last
            return .unscorable(
                "Python did not start: \(lastWords.map { String($0).quoted } ?? "status \(outcome.status)")")
        }
        if outcome.isTimedOut {
            return .failed(
                "time limit: it was not done after \(limits.cpuTime) s of processor time, "
                    + "or \(Int(limits.wallTime.seconds)) s in all")
        }
        if outcome.isOversized {
            return .failed("its processes together held too much memory, or they, their files or sockets were too many")
        }
        if outcome.isTruncated { return .failed("it printed more than \(limits.output >> 10) KB") }
        let end = outcome.status > 128 ? "signal \(outcome.status - 128)" : "status \(outcome.status)"
        return .failed("it ended by itself (\(end)) before its tests had run to their end")
    }
}
