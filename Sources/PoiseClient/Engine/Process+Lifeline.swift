import Foundation

/// Sees that a process has ended, also where a watcher of ours outlives it.
///
/// Foundation learns of an end by a socket that the process inherits, and the watcher of `Lifeline` inherits it too: while
/// that lives, a dead process counts as running. It goes with its pipe.
extension Process {
    /// Whether it lives; where it does not, its pipe is closed and its status can be read soon after.
    func isAlive(onLifeline lifeline: Pipe) -> Bool {
        guard isRunning else { return false }
        var info = siginfo_t()
        // Without reaping it, which is Foundation's.
        guard waitid(P_PID, id_t(processIdentifier), &info, WEXITED | WNOHANG | WNOWAIT) == 0, info.si_signo == SIGCHLD
        else { return true }
        try? lifeline.fileHandleForWriting.close()
        for _ in 0..<500 where isRunning { usleep(2_000) }
        return isRunning
    }
}
