import Foundation

/// What Linux's control groups leave to this process, of both versions (kernel: `admin-guide/cgroup-v2.rst` and `-v1`).
enum ControlGroup {
    struct Limits: Hashable {
        /// Cores by the quota of processor time; nil where there is none.
        var cores: Double?
        /// Bytes of memory; nil where there is no limit.
        var memory: Int64?
    }

    /// The narrowest limits of the process's groups and of all above them.
    static func limits(from sources: MachineSources) -> Limits {
        var limits = Limits()
        guard let groups = sources.text("/proc/self/cgroup"), let mounts = sources.text("/proc/self/mountinfo") else {
            return limits
        }
        for folder in folders(groups: groups, mounts: mounts) {
            let cores =
                sources.line("\(folder)/cpu.max").flatMap(cores(max:))
                ?? sources.line("\(folder)/cpu.cfs_quota_us").flatMap { quota in
                    sources.line("\(folder)/cpu.cfs_period_us").flatMap { self.cores(max: "\(quota) \($0)") }
                }
            let memory = (sources.line("\(folder)/memory.max") ?? sources.line("\(folder)/memory.limit_in_bytes"))
                .flatMap { Int64($0) }
            if let cores { limits.cores = min(cores, limits.cores ?? cores) }
            // Version 1 writes the largest multiple of a page for none.
            if let memory, memory > 0, memory < 1 << 60 { limits.memory = min(memory, limits.memory ?? memory) }
        }
        return limits
    }

    /// The folders of the groups that a process is in, and those above them.
    ///
    /// - Parameters:
    ///   - groups: `/proc/self/cgroup`: hierarchy, controllers and path by colons.
    ///   - mounts: `/proc/self/mountinfo` (proc(5)).
    static func folders(groups: String, mounts: String) -> [String] {
        let mounted = mounts.split(separator: "\n").compactMap(Mount.init(parsing:))
        var folders: [String] = []
        for line in groups.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { continue }
            let controllers = Set(parts[1].split(separator: ",").map(String.init))
            let isUnified = controllers.isEmpty
            guard isUnified || !controllers.isDisjoint(with: ["cpu", "memory"]) else { continue }
            let mount = mounted.first {
                isUnified ? $0.type == "cgroup2" : $0.type == "cgroup" && !$0.options.isDisjoint(with: controllers)
            }
            guard let mount else { continue }
            // Within a container the path may be the host's, which the mount does not show: its root is the group then.
            var path = parts[2]
            if mount.root != "/" { path = path.hasPrefix(mount.root) ? String(path.dropFirst(mount.root.count)) : "" }
            var components = path.split(separator: "/").map(String.init)
            guard !components.contains("..") else { continue }
            while true {
                folders.append(([mount.point] + components).joined(separator: "/"))
                if components.isEmpty { break }
                components.removeLast()
            }
        }
        return folders
    }

    /// `max 100000` or `150000 100000`: microseconds of processor time in each period; a negative quota is none.
    private static func cores(max text: String) -> Double? {
        let parts = text.split(separator: " ").map { Double($0) }
        guard parts.count == 2, let quota = parts[0], let period = parts[1], quota > 0, period > 0 else { return nil }
        return quota / period
    }

    private struct Mount {
        /// What of the file system is mounted.
        let root: String
        let point: String
        let type: String
        let options: Set<String>

        init?(parsing line: Substring) {
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), fields.count > dash + 3 else { return nil }
            root = fields[3]
            point = fields[4]
            type = fields[dash + 1]
            options = Set(fields[dash + 3].split(separator: ",").map(String.init))
        }
    }
}
