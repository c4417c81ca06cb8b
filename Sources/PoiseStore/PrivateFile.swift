import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that only its owner may read and write, whatever the umask.
enum PrivateFile {
    /// Makes an empty file; one that is there already stays as it is, also where another process made it this moment.
    ///
    /// SQLite gives the files beside a database (`-wal`, `-shm`, `-journal`) its mode.
    /// - Throws: `POSIXError`.
    static func create(_ path: String) throws {
        let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if file < 0, errno == EEXIST { return }
        guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(file) }
        // A umask can take from the mode, never add to it.
        guard fchmod(file, 0o600) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
