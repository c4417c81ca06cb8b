#if os(Linux)
    import Foundation

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// The words of a command that runs a program in bubblewrap.
    struct BubblewrapCommand: Hashable, Sendable {
        /// Who the program is, to the kernel.
        enum Identity: Hashable, Sendable {
            /// The user who runs Poise, in a user namespace of its own, where it is nobody.
            case user
            /// For root, whose processes the kernel does not count: a user who owns nothing, another one in each slot.
            case stranger

            /// In the order in which they are tried.
            static var choices: [Identity] {
                choices(
                    isRoot: getuid() == 0, users: try? String(contentsOfFile: "/proc/self/uid_map", encoding: .utf8))
            }

            /// - Parameter users: how the namespace's users are those outside of it (user_namespaces(7)).
            static func choices(isRoot: Bool, users: String?) -> [Identity] {
                guard isRoot else { return [.user] }
                // The machine's own root keeps what files grant to root, also without a capability in a namespace of its
                // own. A container's root is somebody else outside.
                let first = users?.split(whereSeparator: \.isWhitespace).prefix(2).map(String.init)
                return first == nil || first == ["0", "0"] ? [.stranger] : [.stranger, .user]
            }
        }

        let arguments: [String]

        /// Where a program's files lie, in its own eyes.
        static let folder = "/program"
        private static let home = "/home/nobody"

        /// - Parameters:
        ///   - slot: a number that no other program has which runs at once.
        ///   - folder: with the program's files.
        init(bubblewrap: String, identity: Identity, slot: Int, folder: String, program: SandboxedProgram) {
            let limits = program.limits
            var words = [bubblewrap, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
            words += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "sandbox"]
            words += ["--clearenv", "--cap-drop", "ALL"]
            switch identity {
            case .user: words += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
            case .stranger:
                for capability in ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"] { words += ["--cap-add", capability] }
            }
            words += Self.system + Self.interpreter(program.readable)
            // The kernel's settings are one for the whole machine, and bwrap leaves them writable for who is root outside.
            words += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"]
            for (place, size) in Self.temporary(limits) {
                words += ["--perms", "1777", "--size", "\(size)", "--tmpfs", place]
            }
            words += ["--ro-bind", folder, Self.folder, "--remount-ro", "/dev", "--remount-ro", "/"]
            words += ["--chdir", Self.folder]
            for (name, value) in Self.variables.merging(program.environment, uniquingKeysWith: { $1 }).sorted(by: <) {
                words += ["--setenv", name, value]
            }
            if !SystemCallFilter.program.isEmpty { words += ["--seccomp", "3"] }
            words.append("--")
            if identity == .stranger { words += Self.becomingStranger(slot) }
            arguments = words + Self.limiting(limits) + program.command
        }

        /// The folders that a program may write into, with the bytes that each may hold.
        static func temporary(_ limits: SandboxLimits) -> [(path: String, size: Int)] {
            [("/dev/shm", limits.fileSize), ("/tmp", limits.fileSize), (home, 1 << 20)]
        }

        private static let variables = [
            "PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": "/tmp", "LANG": "C.UTF-8", "USER": "nobody",
            "LOGNAME": "nobody",
        ]

        /// What any program needs to start, and nothing of /etc that tells of people.
        private static var system: [String] {
            var words = ["--ro-bind", "/usr", "/usr"]
            for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
                // Links into /usr on most systems, folders of their own on older ones.
                if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/\(name)") {
                    words += ["--symlink", target, "/\(name)"]
                } else {
                    words += ["--ro-bind-try", "/\(name)", "/\(name)"]
                }
            }
            for path in ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"] {
                words += ["--ro-bind-try", path, path]
            }
            return words
        }

        private static func interpreter(_ folders: [String]) -> [String] {
            // Nix links each package to many others of its store, in which there are no secrets.
            let places = folders.map { $0.hasPrefix("/nix/store/") ? "/nix/store" : $0 }
            return places.flatMap { place in
                // bwrap would make those above it as they are outside, which a stranger may not enter.
                ancestors(of: place).flatMap { ["--perms", "0755", "--dir", $0] } + ["--ro-bind", place, place]
            }
        }

        /// `/a` and `/a/b` of `/a/b/c`.
        private static func ancestors(of path: String) -> [String] {
            let names = path.split(separator: "/").dropLast()
            return names.indices.map { "/" + names[...$0].joined(separator: "/") }
        }

        private static func limiting(_ limits: SandboxLimits) -> [String] {
            [
                "/usr/bin/prlimit", "--as=\(limits.memory)", "--cpu=\(limits.cpuTime):\(limits.cpuTime + 1)",
                "--nproc=\(limits.processes)", "--fsize=\(limits.fileSize)", "--nofile=\(limits.openFiles)", "--core=0",
                "--",
            ]
        }

        /// The kernel counts processes by user, so each slot has one, with a number that no account has.
        private static func becomingStranger(_ slot: Int) -> [String] {
            let user = 0x6000_0000 + Int(getpid() & 0xFFFFF) << 8 + slot & 0xFF
            return [
                "/usr/bin/setpriv", "--reuid", "\(user)", "--regid", "\(user)", "--clear-groups", "--inh-caps=-all",
                "--bounding-set=-all", "--no-new-privs", "--",
            ]
        }
    }
#endif
