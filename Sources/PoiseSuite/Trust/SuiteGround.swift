import Foundation

/// The folders that a suite may read without being trusted: its own, and the repository that it lies in.
struct SuiteGround: Hashable {
    /// Absolute, without links; nil where the suite's folder is nobody's ground, as a home folder is.
    let folder: String?
    let repository: String?

    init(folder: String?, repository: String?) {
        self.folder = folder
        self.repository = repository
    }

    /// Whether a path, absolute and without links, lies there. What is hidden does not: `.git/config` holds tokens.
    func holds(_ path: String) -> Bool {
        [folder, repository].contains { ground in
            if path == ground { return true }
            guard let ground, path.hasPrefix(ground + "/") else { return false }
            return !path.dropFirst(ground.count).split(separator: "/").contains { $0.hasPrefix(".") }
        }
    }
}

// MARK: - Finding it

extension SuiteGround {
    /// The ground of a file that a person named.
    ///
    /// - Parameter home: the user's own folder, all of which is never a suite's ground.
    static func of(_ file: String, home: String = NSHomeDirectory()) -> SuiteGround {
        guard let folder = ResolvedPath.of(Paths.folder(of: file)) else {
            return SuiteGround(folder: nil, repository: nil)
        }
        let nobodys = Set(["/", ResolvedPath.of(home) ?? home])
        var repository: String?
        var above = folder
        while above != "/", repository == nil {
            if !nobodys.contains(above), isRepository(above, of: owner(of: file)) { repository = above }
            above = Paths.folder(of: above)
        }
        return SuiteGround(folder: nobodys.contains(folder) ? nil : folder, repository: repository)
    }

    /// Whether a folder is a checkout of the user's or of whoever owns the suite: as git itself does, another's `.git`
    /// in a folder above is not believed.
    private static func isRepository(_ folder: String, of owner: uid_t?) -> Bool {
        var status = stat()
        guard stat(folder, &status) == 0, status.st_mode & 0o002 == 0, let marked = Self.owner(of: folder + "/.git")
        else { return false }
        return marked == geteuid() || marked == owner
    }

    private static func owner(of path: String) -> uid_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_uid : nil
    }
}
