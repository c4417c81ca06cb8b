import Foundation
import PoiseCore

/// The files that one load reads: each once, with its SHA-256 for the record.
final class SourceFiles {
    let log: ProblemLog
    let confinement: Confinement
    /// The folder that digests are keyed from.
    private let home: String
    private var contents: [String: Data] = [:]
    /// SHA-256 of every file that was read, by its path from the suite's folder.
    private(set) var digests: [String: String] = [:]

    /// - Parameters:
    ///   - path: what a person named: the suite, or a task or rubric by itself.
    ///   - granted: what it was trusted with.
    init(for path: String, granted: Set<String> = [], log: ProblemLog) {
        home = Paths.folder(of: path)
        confinement = Confinement(of: path, granted: granted)
        self.log = log
    }

    /// A file's bytes; nil with the problem at the place that names the file, or with the file turned away unseen.
    func data(at path: String, named name: String, noun: String, by reference: YAMLValue?) -> Data? {
        if let known = contents[path] { return known }
        var real = path
        if let reference {
            guard let admitted = confinement.admitted(path, at: reference.place) else { return nil }
            if Self.isEndless(admitted) {
                reference.refuse(
                    "\(noun) “\(name)” is a device or a pipe", expected: "Name a file: \(path) may never end.")
                return nil
            }
            if let size = Self.size(of: admitted), size > Self.largest {
                let found = "\(noun) “\(name)” has \(size >> 20) MB"
                reference.refuse(found, expected: "At most \(Self.largest >> 20) MB are read: divide it.")
                return nil
            }
            // As it was looked at, also where a link on the way has changed since.
            real = admitted
        }
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: real))
            contents[path] = data
            digests[Paths.relative(path, from: home)] = SHA256Digest.of(data)
            return data
        } catch {
            let (what, remedy) = Self.absence(of: path, named: name, noun: noun)
            if let reference {
                reference.refuse(what, expected: remedy)
            } else {
                log.add(.init(path: path, what: what, expected: remedy))
            }
            return nil
        }
    }

    /// A file's text; nil with the problem logged, also where it is not UTF-8.
    func text(at path: String, named name: String, noun: String, by reference: YAMLValue?) -> String? {
        guard let data = data(at: path, named: name, noun: noun, by: reference) else { return nil }
        if let text = String(validating: data, as: UTF8.self) { return text }
        let line = data.lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        log.add(
            .init(path: path, line: line.map { $0 + 1 }, what: "not UTF-8 text", expected: "Save the file as UTF-8.")
        )
        return nil
    }

    /// Bytes; a dataset is held in memory whole, several times over.
    private static let largest = 1 << 30

    private static func size(of path: String) -> Int? {
        try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    /// Whether a path that a file names leads to what can be read without end; a person at a terminal may name a pipe.
    private static func isEndless(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        return type != nil && type != .typeRegular && type != .typeDirectory
    }

    /// Why a file cannot be read, and what to try.
    static func absence(of path: String, named name: String, noun: String) -> (what: String, remedy: String) {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            return isFolder.boolValue
                ? ("\(noun) “\(name)” is a folder", "Name a file in it.")
                : ("\(noun) “\(name)” cannot be read", "Check who may read \(path).")
        }
        let siblings = (try? FileManager.default.contentsOfDirectory(atPath: Paths.folder(of: path))) ?? []
        if let near = nearest(to: Paths.name(of: path), among: siblings.sorted()) {
            return ("\(noun) “\(name)” does not exist", "Looked for \(path). Did you mean “\(near)”?")
        }
        return ("\(noun) “\(name)” does not exist", "Looked for \(path).")
    }
}

extension Data {
    /// The lines without their ends, `\n` or `\r\n`; what follows the last end is a line only where it is not empty.
    var lines: [Data] {
        var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
            line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
