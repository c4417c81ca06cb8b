#if os(Linux)
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// What a sandbox holds in the kernel's own memory, which no limit on a process counts: the names of files, and what
    /// waits in sockets.
    struct SandboxRoom: Hashable {
        /// Files in all of its temporary folders.
        var files = 0
        /// Sockets of its network namespace.
        var sockets = 0

        /// About 1 kB each.
        private static let mostFiles = 50_000
        /// What two ends may hold between them is near 400 kB, and some megabytes where both are TCP's.
        private static let mostSockets = 128

        var isTooMuch: Bool { files > Self.mostFiles || sockets > Self.mostSockets }

        /// Looks into a sandbox from outside; what cannot be seen, since it is being made or is gone, counts as nothing.
        ///
        /// - Parameters:
        ///   - process: one that is in it.
        ///   - folders: its temporary ones, with the bytes that each may hold.
        init(of process: pid_t, folders: [(path: String, size: Int)]) {
            for folder in folders {
                var status = statvfs()
                guard statvfs("/proc/\(process)/root\(folder.path)", &status) == 0,
                    // A larger one is the machine's own: the sandbox's is not in its place yet.
                    Int(status.f_blocks) * Int(status.f_frsize) <= folder.size, status.f_files >= status.f_ffree
                else { continue }
                files += Int(status.f_files - status.f_ffree)
            }
            let network = Self.link("/proc/\(process)/ns/net")
            guard let network, network != Self.link("/proc/self/ns/net"),
                let text = Self.text(of: "/proc/\(process)/net/sockstat")
            else { return }
            sockets = Self.sockets(in: text)
        }

        /// The number in `sockets: used 12`, the first line of `/proc/net/sockstat`.
        static func sockets(in text: String) -> Int {
            let words = text.prefix { $0 != "\n" }.split(separator: " ")
            return words.count == 3 && words[0] == "sockets:" ? Int(words[2]) ?? 0 : 0
        }

        private static func link(_ path: String) -> String? {
            var buffer = [CChar](repeating: 0, count: 64)
            let count = readlink(path, &buffer, buffer.count)
            return count > 0 ? String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
        }

        private static func text(of path: String) -> String? {
            guard let file = fopen(path, "r") else { return nil }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 256)
            let count = fread(&buffer, 1, buffer.count, file)
            return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }
#endif
