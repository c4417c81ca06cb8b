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
    /// - Throws: `EngineFailure.notInstalled`.
    package static func find(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        near folders: [String]
    ) async throws -> LlamaCppCommand {
        var searched = ["llama-server on PATH"]
        let path = (environment["PATH"] ?? "").split(separator: ":")
        for folder in path where FileManager.default.isExecutableFile(atPath: "\(folder)/llama-server") {
            let executable = "\(folder)/llama-server"
            if let version = await version(of: executable, ["--version"]) {
                return LlamaCppCommand(executable: executable, prefix: [], version: version)
            }
        }
        for python in pythons(environment: environment, near: folders) {
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

    private static func pythons(environment: [String: String], near folders: [String]) -> [String] {
        if let named = environment["POISE_PYTHON"] { return [named] }
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
