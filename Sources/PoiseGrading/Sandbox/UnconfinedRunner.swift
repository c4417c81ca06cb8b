import Foundation
import PoiseCore

/// Runs programs with limits and without a sandbox: they can read and change all that the user can.
///
/// Only for who asks for it by `--unsafe-no-sandbox`, on a machine that is itself thrown away.
package struct UnconfinedRunner: CodeSandbox {
    package let caveat: String? = "it was run without a sandbox"
    private let slots = RunSlots(ProcessInfo.processInfo.activeProcessorCount)

    init() {}

    package func run(_ program: SandboxedProgram) async throws -> SandboxOutcome {
        try await slots.use { _ in
            try Task.checkCancellation()
            let folder = try ProgramFolder(program.files)
            defer { folder.remove() }
            let scratch = try ProgramFolder([:])
            defer { scratch.remove() }
            var environment = [
                "PATH": "/usr/bin:/bin", "HOME": scratch.path, "TMPDIR": scratch.path, "LANG": "C.UTF-8",
            ]
            environment.merge(program.environment) { $1 }
            let command = ["/bin/sh", "-c", Self.limiting(program.limits), folder.path] + program.command
            var process = ChildProcess(
                command: command, environment: environment, input: program.input, hasLifeline: true,
                limits: program.limits)
            #if os(Linux)
                let limits = program.limits
                process.isOversized = { process in
                    let tree = ProcessTree(below: process)
                    // The program, and beside it the shell that waits for this process to end.
                    return tree.memory > 2 * limits.memory || tree.count > limits.processes + 3
                }
            #endif
            return try await process.run().readingStatus(program.limits)
        }
    }

    /// A script that goes to a folder, which is its name, sets the limits, and becomes the program. What it leaves beside it
    /// kills the program's group when descriptor 3 ends, which it does with Poise.
    ///
    /// A limit that a system does not have is left out. There is none on processes: without a namespace the user's own
    /// would count too. Descendants that leave the group live on.
    static func limiting(_ limits: SandboxLimits) -> String {
        """
        cd "$0" || exit 126
        (trap '' INT TERM HUP; while read -r line <&3; do :; done; kill -s KILL -- "-$$") </dev/null >/dev/null 2>&1 &
        exec 3<&-
        ulimit -c 0; ulimit -n \(limits.openFiles); ulimit -f \(limits.fileSize / 512)
        ulimit -S -t \(limits.cpuTime); ulimit -H -t \(limits.cpuTime + 1)
        ulimit -v \(limits.memory / 1024) 2>/dev/null
        exec "$@"
        """
    }
}
