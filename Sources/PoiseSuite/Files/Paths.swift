import Foundation
import PoiseCore

/// Paths as texts: joined and shortened without looking at the disk.
enum Paths {
    /// A path as a file names it, made usable from where the suite's own path is usable.
    static func resolved(_ path: String, against file: String) -> String {
        path.hasPrefix("/") ? normalised(path) : normalised(folder(of: file) + "/" + path)
    }

    /// `a/b/../c` → `a/c`; what leads out of the start stays.
    static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !path.hasPrefix("/") {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// The folder that a file is in; `.` where the path names none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// The last part without what follows its last dot.
    static func stem(of path: String) -> String {
        let name = name(of: path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? normalised(path) : normalised(FileManager.default.currentDirectoryPath + "/" + path)
    }

    /// How a file is reached from a folder; both are made absolute first.
    static func relative(_ path: String, from folder: String) -> String {
        let target = absolute(path).split(separator: "/")
        let start = absolute(folder).split(separator: "/")
        let shared = zip(target, start).prefix { $0 == $1 }.count
        let up = Array(repeating: Substring(".."), count: start.count - shared)
        return (up + target.dropFirst(shared)).joined(separator: "/")
    }
}
