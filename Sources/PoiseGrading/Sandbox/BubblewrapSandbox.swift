#if os(Linux)
    import Foundation
    import PoiseCore

    /// Runs programs in namespaces of their own, by bubblewrap: no network, no files but the system's, nothing to write to
    /// but memory.
    package struct BubblewrapSandbox: CodeSandbox {
        package let caveat: String? = nil
        let program: String
        let identity: BubblewrapCommand.Identity
        private let slots = RunSlots(ProcessInfo.processInfo.activeProcessorCount)

        init(program: String, identity: BubblewrapCommand.Identity) {
            self.program = program
            self.identity = identity
        }

        /// Looks for bubblewrap and tries it, since a system may forbid what it needs.
        static func find(_ path: SearchPath) async -> Result<BubblewrapSandbox, CodeExecution.Missing> {
            guard let program = path.program("bwrap") else {
                return .failure(
                    .init(reason: "there is no sandbox: install bubblewrap (on Debian: apt-get install bubblewrap)"))
            }
            for needed in ["/usr/bin/prlimit", "/usr/bin/setpriv"]
            where !FileManager.default.isExecutableFile(atPath: needed) {
                return .failure(.init(reason: "there is no sandbox: \(needed) is missing, which is part of util-linux"))
            }
            var said = ""
            for identity in BubblewrapCommand.Identity.choices {
                let sandbox = BubblewrapSandbox(program: program, identity: identity)
                do {
                    let outcome = try await sandbox.run(SandboxedProgram(command: ["/bin/sh", "-c", "exit 7"]))
                    if outcome.status == 7 { return .success(sandbox) }
                    said = String(decoding: outcome.errors, as: UTF8.self).trimmed.quoted
                } catch {
                    said = error.localizedDescription.quoted
                }
            }
            return .failure(.init(reason: "bubblewrap cannot make a sandbox here: \(said); \(remedy(for: said))"))
        }

        private static func remedy(for said: String) -> String {
            if said.contains("Unknown option") { return "install bubblewrap 0.7 or newer" }
            return
                "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces; on Ubuntu "
                + "kernel.apparmor_restrict_unprivileged_userns=0), in a container for instance by docker run --privileged"
        }

        package func run(_ program: SandboxedProgram) async throws -> SandboxOutcome {
            try await slots.use { slot in
                try Task.checkCancellation()
                let folder = try ProgramFolder(program.files)
                defer { folder.remove() }
                let command = BubblewrapCommand(
                    bubblewrap: self.program, identity: identity, slot: slot, folder: folder.path, program: program)
                let limits = program.limits
                // bwrap's own environment can be read in the sandbox, as that of its first process: it is empty.
                let process = ChildProcess(
                    command: command.arguments, input: program.input, settings: SystemCallFilter.program, limits: limits
                ) { process in
                    let tree = ProcessTree(below: process)
                    if tree.memory > 2 * limits.memory || tree.count > limits.processes + 2 { return true }
                    let folders = BubblewrapCommand.temporary(limits)
                    return tree.first.map { SandboxRoom(of: $0, folders: folders).isTooMuch } ?? false
                }
                return try await process.run().readingStatus(limits)
            }
        }
    }
#endif

extension SandboxOutcome {
    /// With what a status says of the limit on processor time.
    func readingStatus(_ limits: SandboxLimits) -> SandboxOutcome {
        var outcome = self
        // SIGXCPU; a second later SIGKILL, for whoever ignores it.
        if status == 152 || (status == 137 && wallTime >= .seconds(limits.cpuTime)) { outcome.isTimedOut = true }
        return outcome
    }
}
