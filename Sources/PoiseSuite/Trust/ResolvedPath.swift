import Foundation
import PoiseCore

/// Where a path leads in the end, symbolic links followed; what cannot be followed is never taken for what it looks like.
enum ResolvedPath {
    /// The absolute path without links; of what does not exist yet, its nearest folder's with the rest behind it.
    ///
    /// - Returns: nil where a link on the way leads nowhere, or to where this user may not look.
    static func of(_ path: String) -> String? {
        let whole = Paths.absolute(path)
        var head = whole
        var rest: [String] = []
        while true {
            if let resolved = realpath(head, nil) {
                defer { free(resolved) }
                let start = String(cString: resolved)
                return rest.isEmpty ? start : Paths.normalised(([start] + rest.reversed()).joined(separator: "/"))
            }
            // Something is there, and it cannot be followed.
            if isPresent(head) || errno == EACCES || errno == ELOOP { return nil }
            guard head != "/" else { return nil }
            rest.append(Paths.name(of: head))
            head = Paths.folder(of: head)
        }
    }

    /// Whether a name stands there, whatever it leads to.
    private static func isPresent(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }
}
