import PoiseCore

/// Why a managed engine is not there, or no longer.
package enum EngineFailure: ExplainedError, Equatable {
    case notInstalled(searched: [String])
    case portInUse(Int)
    case impossibleContext(candidate: String, size: Int, slots: Int)
    case didNotStart(candidate: String, reason: String, log: String, lastLines: [String])
    case ended(candidate: String, status: String, log: String, lastLines: [String])

    package var what: String {
        switch self {
        case .notInstalled(let searched):
            "no llama.cpp was found (looked for \(searched.joined(separator: ", ")))"
        case .portInUse(let port):
            "port \(port) on 127.0.0.1 is in use"
        case .impossibleContext(_, let size, let slots):
            "a context of \(size) tokens for each of \(slots) requests in flight is more than llama.cpp can hold"
        case .didNotStart(_, let reason, let log, let lines):
            "the engine did not start: \(reason)" + Self.quoted(lines, from: log)
        case .ended(_, let status, let log, let lines):
            "the engine ended in the middle of the run (\(status))" + Self.quoted(lines, from: log)
        }
    }

    package var place: String? {
        switch self {
        case .notInstalled, .portInUse: nil
        case .impossibleContext(let candidate, _, _), .didNotStart(let candidate, _, _, _),
            .ended(let candidate, _, _, _):
            candidate
        }
    }

    package var remedy: String? {
        switch self {
        case .notInstalled:
            "Put llama-server on PATH, or run `make setup`, which installs the xllamacpp package into .venv."
        case .portInUse:
            "Leave serve.port out, so that Poise takes a free one, or end what listens there."
        case .impossibleContext:
            "Write a smaller context_size, or leave it out."
        case .didNotStart:
            "Try the file with llama-server by hand; a smaller context_size needs less memory."
        case .ended:
            "Most often memory: see the log, and try a smaller context_size, fewer requests in flight, or a smaller model."
        }
    }

    private static func quoted(_ lines: [String], from log: String) -> String {
        guard !lines.isEmpty else { return " (nothing in \(log))" }
        return "; the end of \(log):\n" + lines.map { "    | \($0)" }.joined(separator: "\n")
    }
}
