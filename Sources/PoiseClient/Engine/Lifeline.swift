/// A command that ends with Poise, however Poise ends: also by SIGKILL, when nobody is left to end it.
///
/// A shell starts a watcher in the background and becomes the command, whose process is then Poise's own child. The watcher
/// reads a pipe that Poise holds the other end of: the kernel closes that with Poise, and the watcher kills the group. The
/// kernel's own way (PR_SET_PDEATHSIG) would end the command with the *thread* that started it.
enum Lifeline {
    private static let shell = "/bin/sh"

    /// The command's number cannot be anyone else's as long as the watcher is in its group.
    private static let script = """
        exec 3<&0
        (trap '' INT TERM HUP; while read -r line <&3; do :; done; kill -s KILL -- "-$$"; kill -s KILL "$$") \
        </dev/null >/dev/null 2>&1 &
        exec "$@" 3<&-
        """

    /// The executable to start, and its arguments; its standard input is the pipe, and that of the command too.
    static func command(_ executable: String, _ arguments: [String]) -> (executable: String, arguments: [String]) {
        (shell, ["-c", script, "poise-engine", executable] + arguments)
    }
}
