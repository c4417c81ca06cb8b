import PoiseClient
import PoiseReport

/// Whether there is room where engines log and generated code lies for a moment.
enum TemporaryFolderCheck: DoctorCheck {
    static let name = "temporary files"

    /// A program's files and an engine's log are far smaller.
    private static let least: Int64 = 100_000_000

    static func finding(_ state: FileSystemState) -> Finding {
        guard state.isWritable else {
            return failed("\(state.folder) cannot be written to", "Name another folder: export TMPDIR=…")
        }
        guard let free = state.free else { return skipped("\(state.folder) does not tell its free space") }
        let text = "\(Numbers.bytes(free)) free in \(state.folder)"
        guard free < least else { return ok(text, ["freeBytes": Double(free)]) }
        return warning(text, "Make room there, or name another folder: export TMPDIR=…", ["freeBytes": Double(free)])
    }

    static let examples = [
        DoctorExample(
            "room", finding(.init(folder: "/tmp", free: 5_000_000_000, isWritable: true, kind: "tmpfs")), .ok, "5.00 GB"
        ),
        DoctorExample(
            "full", finding(.init(folder: "/tmp", free: 4096, isWritable: true, kind: nil)), .warning, "TMPDIR"),
        DoctorExample(
            "locked", finding(.init(folder: "/tmp", free: 1 << 40, isWritable: false, kind: nil)), .failed, "TMPDIR"),
        DoctorExample("not told", finding(.init(folder: "/tmp", free: nil, isWritable: true, kind: nil)), .skipped),
    ]
}

/// Whether the database and the pages beside it can be written.
enum DatabaseFolderCheck: DoctorCheck {
    static let name = "folder"

    static func finding(_ state: FileSystemState) -> Finding {
        guard !state.isWritable else { return ok("\(state.folder) can be written to") }
        return failed(
            "\(state.folder) cannot be written to", "Take another folder with --db, or: chmod u+w \(state.folder)")
    }

    static let examples = [
        DoctorExample("open", finding(.init(folder: "/r", free: 1, isWritable: true, kind: nil)), .ok, "/r"),
        DoctorExample("locked", finding(.init(folder: "/r", free: 1, isWritable: false, kind: nil)), .failed, "chmod"),
    ]
}

/// Whether the file system keeps what SQLite's write-ahead log needs.
enum FileSystemCheck: DoctorCheck {
    static let name = "file system"

    static func finding(_ state: FileSystemState) -> Finding {
        guard let kind = state.kind else { return skipped("its kind is not known") }
        if state.isHostShare {
            return warning(
                "\(kind), by which a host shares a folder: a database that both sides open can be damaged",
                "Open the database on one side only, or keep it on a disk of this side (--db).")
        }
        guard state.isNetwork else { return ok("\(kind), on this machine") }
        // https://www.sqlite.org/wal.html: "WAL does not work over a network filesystem".
        return failed(
            "\(kind), which machines share: SQLite's write-ahead log needs memory that all who write share",
            "Keep the database on a disk of this machine (--db), and copy it afterwards.")
    }

    private static func state(_ kind: String?) -> FileSystemState {
        FileSystemState(folder: "/r", free: nil, isWritable: true, kind: kind)
    }

    static let examples = [
        DoctorExample("a disk", finding(state("ext4")), .ok, "ext4"),
        DoctorExample("a container's layer", finding(state("overlay")), .ok),
        DoctorExample("NFS", finding(state("nfs4")), .failed, "disk of this machine"),
        DoctorExample("Windows' shares", finding(state("cifs")), .failed),
        DoctorExample("over SSH", finding(state("fuse.sshfs")), .failed),
        DoctorExample("a host's folder", finding(state("virtiofs")), .warning, "one side only"),
        DoctorExample("not known", finding(state(nil)), .skipped),
    ]
}
