import Foundation
import PoiseCore

/// Runs programs under macOS' own sandbox, by `sandbox-exec` and a profile that forbids all but what it names.
///
/// There is no limit on memory: macOS does not enforce that on address space. Written for macOS 15, not yet tried on it.
package struct SeatbeltSandbox: CodeSandbox {
    package let caveat: String? = nil
    private let slots = RunSlots(ProcessInfo.processInfo.activeProcessorCount)
    private static let program = "/usr/bin/sandbox-exec"

    init() {}

    /// Tries it, since a system may forbid a sandbox within a sandbox.
    static func find() async -> Result<SeatbeltSandbox, CodeExecution.Missing> {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            return .failure(.init(reason: "there is no sandbox: \(program) is missing"))
        }
        let sandbox = SeatbeltSandbox()
        let outcome = try? await sandbox.run(SandboxedProgram(command: ["/bin/sh", "-c", "exit 7"]))
        if outcome?.status == 7 { return .success(sandbox) }
        let said = outcome.map { String(decoding: $0.errors, as: UTF8.self).trimmed.quoted } ?? "it does not start"
        return .failure(
            .init(reason: "\(program) cannot make a sandbox here: \(said); run Poise outside of another one"))
    }

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
            let profile = Self.profile(
                readable: (program.readable + [folder.path]).map(Self.real), writable: Self.real(scratch.path))
            let command =
                ["/bin/sh", "-c", UnconfinedRunner.limiting(program.limits), folder.path, Self.program, "-p", profile]
                + program.command
            let process = ChildProcess(
                command: command, environment: environment, input: program.input, hasLifeline: true,
                limits: program.limits)
            return try await process.run().readingStatus(program.limits)
        }
    }

    /// The kernel compares paths without links: /tmp and /var are links into /private.
    private static func real(_ path: String) -> String {
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return resolved.hasPrefix("/var/") || resolved.hasPrefix("/tmp/") ? "/private" + resolved : resolved
    }

    /// The profile in SBPL: the last rule that fits decides. What the system's own libraries need to start is in a
    /// profile of the system's.
    static func profile(readable: [String], writable: String) -> String {
        let system = ["/System", "/Library/Developer/CommandLineTools", "/Library/Frameworks", "/usr", "/bin", "/sbin"]
        let folders = (system + readable).map { "(subpath \(literal($0)))" }.joined(separator: " ")
        return """
            (version 1)
            (deny default)
            (import "system.sb")
            (allow process-fork process-exec)
            (allow signal (target same-sandbox))
            (allow sysctl-read)
            (allow file-read-metadata)
            (allow file-read* (literal "/") \(folders) (literal "/dev/null") (literal "/dev/random") (literal "/dev/urandom"))
            (allow file-read* (subpath "/private/var/db/dyld") (subpath "/private/var/select"))
            (allow file-read* file-write* (subpath \(literal(writable))))
            (allow file-write-data (literal "/dev/null"))
            (deny network*)
            """
    }

    /// A text in quotes, so that no path can end it and add a rule.
    private static func literal(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
}
