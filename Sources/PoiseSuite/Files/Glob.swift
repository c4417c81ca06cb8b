import Foundation
import PoiseCore

/// A path with `*`, `?`, `[abc]` and `**`, and the files that it matches.
struct Glob {
    let pattern: String

    /// Whether the path needs looking up at all.
    var isPattern: Bool { pattern.contains { "*?[".contains($0) } }

    /// The files that match, sorted by their path; hidden ones only where the pattern names the dot.
    ///
    /// - Returns: nil where it would look at too many.
    func matches(mostEntries: Int = mostEntries) -> [String]? {
        let written = Paths.normalised(pattern).split(separator: "/").map(String.init)
        // Two `**` in a row find the same files as one, and take much longer.
        let parts = written.enumerated().filter { $0.element != "**" || written.prefix($0.offset).last != "**" }
            .map(\.element)
        var budget = mostEntries
        let found = Self.expand(parts[...], in: pattern.hasPrefix("/") ? "/" : "", depth: 0, &budget)
        guard budget >= 0 else { return nil }
        return Set(found).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }

    private static func expand(
        _ parts: ArraySlice<String>, in folder: String, depth: Int, _ budget: inout Int
    ) -> [String] {
        guard let part = parts.first, budget >= 0 else { return [] }
        let rest = parts.dropFirst()
        func joined(_ name: String) -> String { folder.isEmpty || folder == "/" ? folder + name : "\(folder)/\(name)" }
        if part == "**" {
            guard depth < deepest else { return [] }
            var found = expand(rest, in: folder, depth: depth, &budget)
            for name in folders(in: folder, &budget) {
                found += expand(parts, in: joined(name), depth: depth + 1, &budget)
            }
            return found
        }
        let names =
            Glob(pattern: part).isPattern
            ? content(of: folder, &budget).filter { $0.hasPrefix(".") == part.hasPrefix(".") && matches($0, part) }
            : [part]
        if !rest.isEmpty {
            var found: [String] = []
            for name in names { found += expand(rest, in: joined(name), depth: depth, &budget) }
            return found
        }
        return names.map(joined).filter { isFile($0) }
    }

    /// Far below any folder that a person makes.
    private static let deepest = 32

    /// Names that are looked at, by far more than a checkout with its tasks has; `/**` would otherwise take hours.
    static let mostEntries = 200_000

    private static func content(of folder: String, _ budget: inout Int) -> [String] {
        guard budget >= 0 else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        // An empty folder costs a look too.
        budget -= names.count + 1
        return names
    }

    /// Without links, which may lead in circles.
    private static func folders(in folder: String, _ budget: inout Int) -> [String] {
        content(of: folder, &budget).filter { name in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            return !name.hasPrefix(".") && type == .typeDirectory
        }
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}

// MARK: - One name

extension Glob {
    /// Whether a name matches a pattern without slashes; a `[` that is never closed is a letter.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        matches(Array(name)[...], Array(pattern)[...])
    }

    private static func matches(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        var name = name
        var pattern = pattern
        // Where to go on after a mismatch: the last star takes one letter more.
        var retry: (name: ArraySlice<Character>, pattern: ArraySlice<Character>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            if let letter = name.first, let rest = consume(letter, pattern) {
                name = name.dropFirst()
                pattern = rest
                continue
            }
            guard let last = retry, !last.name.isEmpty else { return false }
            name = last.name.dropFirst()
            pattern = last.pattern
            retry = (name, pattern)
        }
    }

    /// What is left of a pattern whose first item takes a letter; nil where it does not.
    private static func consume(
        _ letter: Character, _ pattern: ArraySlice<Character>
    ) -> ArraySlice<Character>? {
        guard let first = pattern.first else { return nil }
        let rest = pattern.dropFirst()
        if first == "?" { return rest }
        guard first == "[", let close = rest.dropFirst().firstIndex(of: "]") else {
            return first == letter ? rest : nil
        }
        var set = rest[..<close]
        let negated = set.first == "!" || set.first == "^"
        if negated { set = set.dropFirst() }
        return contains(set, letter) != negated ? rest[(close + 1)...] : nil
    }

    private static func contains(_ set: ArraySlice<Character>, _ letter: Character) -> Bool {
        var set = set
        while let first = set.first {
            set = set.dropFirst()
            if set.first == "-", let last = set.dropFirst().first {
                if first <= letter, letter <= last { return true }
                set = set.dropFirst(2)
            } else if first == letter {
                return true
            }
        }
        return false
    }
}
