import Foundation
import PoiseCore

/// A command that serves a GGUF file: `llama-server`, or the `xllamacpp` package through a short Python script.
package struct LlamaCppCommand: Hashable, Sendable {
    package let executable: String
    /// What stands before the flags: nothing, or the script.
    package let prefix: [String]
    /// What `--version` says.
    package let version: String

    /// Looks for `llama-server` on PATH, then for a Python with xllamacpp: `$POISE_PYTHON`, or `.venv` in the folders
    /// given and their ancestors.
    ///
    /// - Parameter mayRun: whether a Python that was found, and that nobody named, may be run at all.
    /// - Throws: `EngineFailure.notInstalled`.
    package static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        near folders: [String], mayRun: (String) -> Bool = { _ in true }
    ) async throws -> LlamaCppCommand {
        var searched = ["llama-server on PATH"]
        let path = (environment["PATH"] ?? "").split(separator: ":")
        for folder in path where FileManager.default.isExecutableFile(atPath: "\(folder)/llama-server") {
            let executable = "\(folder)/llama-server"
            if let version = await version(of: executable, ["--version"]) {
                return LlamaCppCommand(executable: executable, prefix: [], version: version)
            }
        }
        let named = environment["POISE_PYTHON"]
        for python in named.map({ [$0] }) ?? foundPythons(environment: environment, near: folders) {
            guard python == named || mayRun(python) else {
                searched.append("\(python), which the suite is not trusted with")
                continue
            }
            searched.append("xllamacpp in \(python)")
            guard FileManager.default.isExecutableFile(atPath: python) else { continue }
            let script = ["-c", Self.script]
            if let version = await version(of: python, script + ["--version"]) {
                return LlamaCppCommand(executable: python, prefix: script, version: version)
            }
        }
        throw EngineFailure.notInstalled(searched: searched)
    }

    private static let script = String(decoding: PackageResources.serve_xllamacpp_py, as: UTF8.self)

    /// Whether the engine itself is installed, so that no Python is looked for.
    package static func isOnPath(_ environment: [String: String]) -> Bool {
        (environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/llama-server")
        }
    }

    /// The Pythons of a `.venv` in folders and their ancestors, the nearest first; none where one was named.
    package static func foundPythons(environment: [String: String], near folders: [String]) -> [String] {
        if environment["POISE_PYTHON"] != nil { return [] }
        var found: [String] = []
        for folder in folders {
            var url = URL(fileURLWithPath: folder).standardizedFileURL
            while true {
                let python = url.appendingPathComponent(".venv/bin/python3").path
                if !found.contains(python), FileManager.default.fileExists(atPath: python) { found.append(python) }
                if url.path == "/" { break }
                url.deleteLastPathComponent()
            }
        }
        return found
    }

    /// The version that a command prints, on either stream; nil where it cannot be run or fails.
    private static func version(of executable: String, _ arguments: [String]) async -> String? {
        let ran = await Program.run(executable, arguments, within: .seconds(60), withErrors: true)
        guard let (status, bytes) = ran, status == 0 else { return nil }
        // llama-server prints "version: 6123 (abcdef)" among lines about its backends.
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let line = lines.first { $0.hasPrefix("version:") } ?? lines.last
        return line.map { $0.replacingOccurrences(of: "version: ", with: "llama-server ") }
    }
}
