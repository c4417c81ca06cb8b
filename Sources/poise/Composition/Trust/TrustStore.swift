import Foundation
import PoiseCore

/// What suites were trusted with, one file for each suite, which only this user can read or write.
struct TrustStore: Sendable {
    let folder: String

    /// `$XDG_DATA_HOME/poise/trusted` (XDG Base Directory Specification), or what the system has in its place.
    static func ofUser(
        environment: [String: String] = ProcessInfo.processInfo.environment, home: String = NSHomeDirectory()
    ) -> TrustStore {
        // The specification has relative paths ignored.
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            return TrustStore(folder: "\(data)/poise/trusted")
        }
        #if os(macOS)
            return TrustStore(folder: "\(home)/Library/Application Support/poise/trusted")
        #else
            return TrustStore(folder: "\(home)/.local/share/poise/trusted")
        #endif
    }

    /// A file that cannot be believed or written.
    struct Failure: ExplainedError {
        let what: String
        let place: String?
        let remedy: String?
    }

    private struct Entry: Codable {
        let suite: String
        /// Sentences of what was granted, sorted.
        let granted: [String]
    }

    /// The file of a suite, which is named by the SHA-256 of the suite's path, absolute and without links.
    func file(of suite: String) -> String {
        "\(folder)/\(SHA256Digest.of(Data(Self.resolved(suite).utf8))).json"
    }

    /// What a suite was trusted with: sentences of needs; nothing where it never was.
    ///
    /// - Throws: `Failure` where others could have written it.
    func granted(to suite: String) throws(Failure) -> Set<String> {
        let file = file(of: suite)
        guard let data = FileManager.default.contents(atPath: file) else { return [] }
        for path in [folder, file] {
            guard Self.isOurs(path) else {
                throw Failure(
                    what: "others could have written what suites are trusted with", place: path,
                    remedy: "Delete \(folder), and trust your suites again with --trust.")
            }
        }
        guard let entry = try? JSONDecoder().decode(Entry.self, from: data), entry.suite == Self.resolved(suite) else {
            throw Failure(
                what: "this is not what Poise wrote of a trusted suite", place: file,
                remedy: "Delete it, and trust the suite again with --trust.")
        }
        return Set(entry.granted)
    }

    /// Adds to what a suite was trusted with.
    func remember(_ sentences: Set<String>, of suite: String) throws(Failure) {
        let entry = Entry(suite: Self.resolved(suite), granted: sentences.union(try granted(to: suite)).sorted())
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = file(of: suite)
        // Beside it first: who reads at this moment finds all of it or none.
        let draft = "\(file).\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let data = try encoder.encode(entry)
            guard
                FileManager.default.createFile(atPath: draft, contents: data, attributes: [.posixPermissions: 0o600]),
                rename(draft, file) == 0
            else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw Failure(
                what: "that the suite is trusted cannot be kept: \(error.localizedDescription)", place: file,
                remedy: "Is the folder yours, and is there room? XDG_DATA_HOME names another.")
        }
    }

    /// Whether a file or folder is this user's, or root's, and nobody else can write it.
    private static func isOurs(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return [geteuid(), 0].contains(status.st_uid) && status.st_mode & 0o022 == 0
            && [S_IFDIR, S_IFREG].contains(status.st_mode & S_IFMT)
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return URL(fileURLWithPath: path).standardizedFileURL.path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
