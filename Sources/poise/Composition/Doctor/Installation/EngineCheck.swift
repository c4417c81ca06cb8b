import PoiseCore
import PoiseReport

/// Whether llama.cpp is there, which serves the candidates that say how to serve them.
enum EngineCheck: DoctorCheck {
    static let name = "llama.cpp"

    struct Engine: Hashable, Sendable {
        let version: String
        /// `llama-server`, or the Python that has it as a package.
        let executable: String
    }

    /// - Parameters:
    ///   - missing: why there is none.
    ///   - isNeeded: whether a candidate is served by it; nil where no suite says.
    static func finding(_ engine: Engine?, missing: String = "it was not found", isNeeded: Bool?) -> Finding {
        if let engine { return ok("\(engine.version) by \(engine.executable)") }
        let remedy = "Put llama-server on PATH, or run `make setup`, which installs the xllamacpp package into .venv."
        switch isNeeded {
        case true: return failed(missing, remedy)
        case false: return skipped("\(missing); no candidate of the suite needs it")
        default: return warning("\(missing); only candidates with `serve:` need it", remedy)
        }
    }

    static let examples = [
        DoctorExample(
            "an engine",
            finding(Engine(version: "llama-server 6123", executable: "/usr/bin/llama-server"), isNeeded: true),
            .ok, "6123 by /usr/bin/llama-server"),
        DoctorExample("none, needed", finding(nil, isNeeded: true), .failed, "make setup"),
        DoctorExample("none, not needed", finding(nil, isNeeded: false), .skipped),
        DoctorExample("none, and no suite", finding(nil, isNeeded: nil), .warning, "make setup"),
    ]
}

/// Whether the engine really serves a model.
enum EngineLoadCheck: DoctorCheck {
    static let name = "engine start"

    enum Outcome: Hashable, Sendable {
        case loaded(model: String, milliseconds: Double)
        case failed(reason: String)
        /// Why it was not tried.
        case untried(String)
    }

    static func finding(_ outcome: Outcome) -> Finding {
        switch outcome {
        case .loaded(let model, let time):
            ok("served \(model) after \(Numbers.time(time))", ["loadTime": time])
        case .untried(let reason): skipped(reason)
        case .failed(let reason):
            failed(
                reason.split(separator: "\n").first.map(String.init) ?? reason,
                "Run `make setup` again; with POISE_PYTHON or PATH you can name another engine.")
        }
    }

    static let examples = [
        DoctorExample(
            "a model that was served", finding(.loaded(model: "tiny.gguf", milliseconds: 812)), .ok, "812 ms"),
        DoctorExample(
            "an engine that ends", finding(.failed(reason: "it ended (exit status 1)\n| log")), .failed, "exit"),
        DoctorExample("no model to try", finding(.untried("no model is here to try it with")), .skipped),
    ]
}
