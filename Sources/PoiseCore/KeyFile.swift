import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that holds one key: who may read it is looked at each time that it is read.
package struct KeyFile: Hashable, Sendable {
    /// Absolute.
    package let path: String

    /// Bytes that a key may have: the longest tokens of issuers are about 4 KB.
    static let largest = 16 << 10

    /// - Parameter path: absolute, or with `~` for the user's own folder.
    package init(_ path: String) {
        self.path = NSString(string: path).expandingTildeInPath
    }

    package enum Failure: ExplainedError, Hashable {
        case unreadable(path: String, reason: String)
        case problem(path: String, Problem)

        package var what: String {
            switch self {
            case .unreadable(_, let reason): "the file with the key cannot be read (\(reason))"
            case .problem(_, let problem): problem.what
            }
        }
        package var place: String? {
            switch self {
            case .unreadable(let path, _), .problem(let path, _): path
            }
        }
        package var remedy: String? {
            switch self {
            case .unreadable: "Write the key into it, alone on one line, and let only yourself read it (chmod 600)."
            case .problem(let path, let problem): problem.remedy(path)
            }
        }
    }

    /// Why a file is not taken.
    package enum Problem: Error, Hashable {
        case notRegular
        /// Another user than this one and root.
        case foreignOwner
        /// The permissions, of which group or others have any.
        case open(mode: UInt16)
        case tooLarge
        case empty
        case notOneLine

        package var what: String {
            switch self {
            case .notRegular: "the key is in no regular file"
            case .foreignOwner: "the file with the key belongs to another user, who can change it"
            case .open(let mode):
                "others may read or change the file with the key (its mode is 0\(String(mode, radix: 8)))"
            case .tooLarge: "the file with the key is larger than 16 KB"
            case .empty: "the file with the key is empty"
            case .notOneLine: "the file holds several lines or control characters, and so no key"
            }
        }

        package func remedy(_ path: String) -> String {
            switch self {
            case .notRegular: "Name a file that holds the key alone on one line."
            case .foreignOwner: "Copy it to a file of your own, and let only yourself read it (chmod 600)."
            case .open: "Run chmod 600 \(path), and replace the key if others had access to it."
            case .tooLarge, .notOneLine, .empty: "Write the key into it, alone on one line."
            }
        }
    }

    /// The key, without the line's end.
    ///
    /// - Throws: `Failure`, which never holds what the file says.
    package func read() throws -> String {
        // Not blocking, so that a pipe that nobody writes to is refused like any other.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // Of what was opened, behind any symbolic link.
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Failure.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        if let problem = Self.problem(mode: UInt32(status.st_mode), owner: status.st_uid, user: geteuid()) {
            throw Failure.problem(path: path, problem)
        }
        let bytes: Data
        do {
            bytes = try file.read(upToCount: Self.largest + 1) ?? Data()
        } catch {
            throw Failure.unreadable(path: path, reason: error.localizedDescription)
        }
        switch Self.key(in: bytes) {
        case .success(let key): return key
        case .failure(let problem): throw Failure.problem(path: path, problem)
        }
    }

    /// Why nobody should take a key from a file with these permissions.
    ///
    /// - Parameters:
    ///   - mode: kind and permissions, as `stat` tells them.
    ///   - user: who reads it.
    static func problem(mode: UInt32, owner: UInt32, user: UInt32) -> Problem? {
        guard mode & 0o170000 == 0o100000 else { return .notRegular }
        guard owner == user || owner == 0 else { return .foreignOwner }
        guard mode & 0o077 == 0 else { return .open(mode: UInt16(mode & 0o7777)) }
        return nil
    }

    /// The key that a file of these bytes holds; white space around it is not part of it.
    static func key(in bytes: Data) -> Result<String, Problem> {
        guard bytes.count <= largest else { return .failure(.tooLarge) }
        guard let text = String(data: bytes, encoding: .utf8) else { return .failure(.notOneLine) }
        let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !key.isEmpty else { return .failure(.empty) }
        let isOneLine = key.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0.value != 0x2028 && $0.value != 0x2029
        }
        return isOneLine ? .success(key) : .failure(.notOneLine)
    }
}
