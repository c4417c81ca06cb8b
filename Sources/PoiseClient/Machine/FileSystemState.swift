import Foundation

/// The file system that a folder is on, and what may be done there.
package struct FileSystemState: Hashable, Sendable {
    /// The nearest folder that exists, from the one asked for upwards.
    package let folder: String
    /// Bytes that may still be written; nil where the system does not tell.
    package let free: Int64?
    /// Whether this process may make files in the folder.
    package let isWritable: Bool
    /// The kernel's name of its kind: `ext4`, `nfs4`, …; nil where it is not known.
    package let kind: String?

    package init(folder: String, free: Int64?, isWritable: Bool, kind: String?) {
        self.folder = folder
        self.free = free
        self.isWritable = isWritable
        self.kind = kind
    }

    /// Looks at the file system under a folder, which need not be there yet.
    package static func of(folder: String) -> FileSystemState {
        let files = FileManager.default
        var url = URL(fileURLWithPath: folder).standardizedFileURL
        while !files.fileExists(atPath: url.path), url.path != "/" { url.deleteLastPathComponent() }
        let found = url.resolvingSymlinksInPath().path
        let attributes = try? files.attributesOfFileSystem(forPath: found)
        return FileSystemState(
            folder: found, free: (attributes?[.systemFreeSize] as? NSNumber)?.int64Value,
            isWritable: files.isWritableFile(atPath: found),
            kind: MachineSources.live.text("/proc/self/mountinfo").flatMap { kind(of: found, mounts: $0) })
    }

    /// The kind of the mount that a path is under: the longest one that leads to it, and of equal ones the last.
    ///
    /// - Parameter mounts: `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
    static func kind(of path: String, mounts: String) -> String? {
        var best: (length: Int, kind: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), fields.count > dash + 1 else { continue }
            let point = unescaped(fields[4])
            let leads = point == "/" || path == point || path.hasPrefix(point + "/")
            if leads, point.utf8.count >= best?.length ?? 0 { best = (point.utf8.count, fields[dash + 1]) }
        }
        return best?.kind
    }

    /// Spaces and the like stand there as `\040`.
    private static func unescaped(_ text: String) -> String {
        [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
            .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }

    /// Whether other machines may write to it, so that memory cannot be shared with all who do.
    package var isNetwork: Bool {
        guard let kind else { return false }
        let families = ["fuse.ssh", "fuse.gluster", "fuse.ceph", "fuse.rclone", "fuse.s3"]
        return Self.networkKinds.contains(kind) || families.contains { kind.hasPrefix($0) }
    }

    /// Whether a guest or a container sees a folder of its host by it: safe as long as only one side writes.
    package var isHostShare: Bool { kind.map(Self.hostKinds.contains) ?? false }

    /// As Linux's file systems name themselves.
    private static let networkKinds: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "glusterfs", "ocfs2", "gfs2", "gpfs", "beegfs",
        "davfs", "coda", "orangefs", "webdav", "afpfs",
    ]

    private static let hostKinds: Set<String> = [
        "9p", "virtiofs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs", "fuse.grpcfuse", "fakeowner",
    ]
}
