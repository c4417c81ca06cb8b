import Foundation
import PoiseCore

/// The Python that runs generated code.
package struct PythonInterpreter: Hashable, Sendable {
    /// The interpreter itself, not a script that looks for one, as pyenv puts into PATH.
    package let executable: String
    /// Folders outside of the system's own that it needs: its library, and those of its virtual environment.
    package let folders: [String]
    /// As in `3.12.4`.
    package let version: String

    /// Asks the `python3` in PATH where it lies.
    static func find(
        _ path: SearchPath, environment: [String: String]
    ) async -> Result<PythonInterpreter, CodeExecution.Missing> {
        guard let program = path.program("python3") else {
            return .failure(.init(reason: "there is no python3 in PATH: install Python 3.8 or newer"))
        }
        let question = """
            import sys
            print(sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, '%d.%d.%d' % sys.version_info[:3], sep='\\n')
            """
        var limits = SandboxLimits()
        limits.wallTime = .seconds(30)
        let outcome = try? await ChildProcess(
            command: [program, "-s", "-c", question], environment: ChildEnvironment.handed(on: environment),
            limits: limits
        ).run()
        guard let outcome, outcome.status == 0 else {
            return .failure(.init(reason: "\(program) does not run: install Python 3.8 or newer"))
        }
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map(String.init)
        return read(lines, home: environment["HOME"])
    }

    /// What the interpreter says of itself: executable, prefix, base prefix, platform prefix and version.
    static func read(_ lines: [String], home: String?) -> Result<PythonInterpreter, CodeExecution.Missing> {
        guard lines.count == 5 else {
            return .failure(.init(reason: "python3 does not say where it lies: install Python 3.8 or newer"))
        }
        let numbers = lines[4].split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3, (numbers[0], numbers[1]) >= (3, 8) else {
            return .failure(.init(reason: "python3 is \(lines[4]): install Python 3.8 or newer"))
        }
        var folders: [String] = []
        for folder in lines[1...3] where !isSystem(folder) && !folders.contains(folder) {
            if folder == "/" || home.map({ isInside($0, folder) }) == true {
                return .failure(
                    .init(
                        reason:
                            "python3 is installed in \(folder), which holds all else of yours: install one elsewhere"))
            }
            folders.append(folder)
        }
        return .success(PythonInterpreter(executable: lines[0], folders: folders, version: lines[4]))
    }

    private static func isSystem(_ folder: String) -> Bool { isInside(folder, "/usr") }

    private static func isInside(_ path: String, _ folder: String) -> Bool {
        path == folder || path.hasPrefix(folder + "/")
    }
}
