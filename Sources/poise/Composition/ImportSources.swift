import Foundation
import PoiseClient
import PoiseCore
import PoiseImport

/// The files of an import, read and unpacked, with the digests of what lay on the disk.
struct ImportSources {
    private(set) var files: [SourceFile] = []
    /// SHA-256 of each file before it was unpacked, by its name.
    private(set) var digests: [(name: String, sha256: String)] = []

    /// - Parameter paths: files and folders; of a folder everything in it that may be a set's, its folder `test` first.
    static func read(_ paths: [String]) async throws -> ImportSources {
        var sources = ImportSources()
        for path in paths { try await sources.add(path) }
        return sources
    }

    /// Lines for the head of a task file: what it was made of.
    func origin(of kind: String) -> [String] {
        let head = "Made by poise import \(kind)"
        guard digests.count <= 3 else { return ["\(head) of \(digests.count) files."] }
        return ["\(head)."] + digests.map { "\($0.name): SHA-256 \($0.sha256)" }
    }

    private mutating func add(_ path: String) async throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ImportFailure("there is no such file", at: path)
        }
        if isFolder.boolValue {
            for file in try Self.content(of: path) { try await add(file) }
            return
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw ImportFailure("the file cannot be read: \(error.localizedDescription)", at: path)
        }
        digests.append(((path as NSString).lastPathComponent, SHA256Digest.of(data)))
        switch (path as NSString).pathExtension.lowercased() {
        case "gz":
            files.append(SourceFile(path: path, data: try await Archive(path).unpacked(["gzip", "-dc"])))
        case "eval": files.append(SourceFile(path: path, data: try await Self.members(ofLog: path)))
        case "tar": files += try await Self.members(ofArchive: path)
        default: files.append(SourceFile(path: path, data: data))
        }
    }

    /// The files of a folder that may be a set's, by name; where it has a folder `test`, that one's.
    private static func content(of folder: String) throws(ImportFailure) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        if names.contains("test") { return try content(of: "\(folder)/test") }
        let known = names.filter { ["csv", "tsv", "json", "jsonl", "gz"].contains(($0 as NSString).pathExtension) }
        guard !known.isEmpty else {
            throw ImportFailure(
                "the folder has no CSV, JSON or JSONL files", at: folder, remedy: "Name the folder of the files.")
        }
        return known.map { "\(folder)/\($0)" }
    }

    /// The test split of MMLU's archive, which holds `data/test/`.
    private static func members(ofArchive path: String) async throws -> [SourceFile] {
        let archive = Archive(path)
        let listed = String(decoding: try await archive.unpacked(["tar", "-tf"]), as: UTF8.self)
        let names = listed.split(separator: "\n").map(String.init).filter(isOfTestSplit).sorted()
        guard !names.isEmpty else {
            throw ImportFailure(
                "the archive has no folder data/test with CSV files", at: path,
                remedy: "Unpack it and name the folder.")
        }
        var files: [SourceFile] = []
        for name in names {
            // Nothing is unpacked onto the disk: a member that is a link, or whose name leads elsewhere, is nothing here.
            let data = try await archive.unpacked(["tar", "-xOf"], name)
            guard !data.isEmpty else { continue }
            files.append(SourceFile(path: "\(path)/\((name as NSString).lastPathComponent)", data: data))
        }
        return files
    }

    /// `data/test/NAME.csv`, without letters that `tar` takes for a pattern.
    private static func isOfTestSplit(_ name: String) -> Bool {
        name.wholeMatch(of: /(?:\.\/)?data\/test\/[A-Za-z0-9_][A-Za-z0-9_.\-]*\.csv/) != nil
    }

    /// The header and the samples of a log of inspect_ai, one after the other.
    private static func members(ofLog path: String) async throws -> Data {
        do {
            return try await Archive(path).unpacked(["unzip", "-p"], "header.json", "samples/*.json")
        } catch let failure as ImportFailure {
            // Newer versions of inspect_ai compress by Zstandard, which few unzip.
            throw ImportFailure(
                failure.what, at: path,
                remedy: "Write it as JSON with: inspect log dump \(path) > LOG.json; then import LOG.json.")
        }
    }
}
