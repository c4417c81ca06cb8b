import Foundation
import PoiseClient
import PoiseCore
import PoiseSuite

/// Whether starting an engine runs a program that a suite's author may have put there: the Python of a `.venv` that lies
/// near the suite or in the folder one stands in.
enum EngineNeed {
    /// The programs that would be started to serve candidates and need trust.
    static func needs(
        of candidates: [Candidate], near file: String,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String? = Bundle.main.executablePath
    ) -> [TrustNeed] {
        let isManaged = candidates.contains { if case .managed = $0.serving { true } else { false } }
        guard isManaged, !LlamaCppCommand.isOnPath(environment) else { return [] }
        return LlamaCppCommand.foundPythons(environment: environment, near: folders(near: file))
            .filter { !isBesides(executable, $0) }
            .map { TrustNeed(.program, $0, at: file) }
    }

    /// Where an engine is looked for.
    static func folders(near file: String) -> [String] {
        [FileManager.default.currentDirectoryPath, URL(fileURLWithPath: file).deletingLastPathComponent().path]
    }

    /// Whether Poise itself was started from below the folder that a `.venv` is in: who runs the one runs the other.
    static func isBesides(_ executable: String?, _ python: String) -> Bool {
        guard let executable, let range = python.range(of: "/.venv/bin/", options: .backwards) else { return false }
        let own = URL(fileURLWithPath: executable).resolvingSymlinksInPath().path
        return own.hasPrefix(python[..<range.lowerBound] + "/")
    }

    /// Whether a Python may be run for a suite.
    static func mayRun(_ python: String, for file: String, store: TrustStore = .ofUser()) -> Bool {
        if isBesides(Bundle.main.executablePath, python) { return true }
        let granted = (try? store.granted(to: file)) ?? []
        return granted.contains(TrustNeed(.program, python, at: file).sentence)
    }
}
