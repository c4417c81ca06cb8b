import PoiseCore

/// Holds what an engine serves today against what it served when a run's responses were made.
enum ServedModel {
    enum Failure: ExplainedError, Hashable {
        case otherModel(candidate: String, now: String, then: String, path: String?)

        var what: String {
            switch self {
            case .otherModel(_, let now, let then, _):
                "it serves another model than in the run: \(now) now, \(then) then"
            }
        }
        var place: String? {
            switch self {
            case .otherModel(let candidate, _, _, _): candidate
            }
        }
        var remedy: String? {
            switch self {
            case .otherModel(_, _, _, let path):
                "\(path.map { "Put the run's own \($0) back" } ?? "Serve the run's own model"), or run the suite again."
            }
        }
    }

    /// - Parameter then: nil where the run has nothing stored of the engine.
    /// - Returns: what a reader must know of an engine that is not quite the same.
    /// - Throws: `Failure`, where the model is another one: the responses are not its own then.
    static func warnings(about candidate: String, now: EngineFacts, then: EngineFacts?) throws(Failure) -> [String] {
        guard let then else { return [] }
        if let own = now.modelFile, let stored = then.modelFile, own.sha256 != stored.sha256 {
            throw .otherModel(
                candidate: candidate, now: "\(own.path) with SHA-256 \(own.sha256.prefix(16))…",
                then: "\(stored.sha256.prefix(16))…", path: stored.path)
        }
        if let own = now.details?.modelDigest, let stored = then.details?.modelDigest, own != stored {
            throw .otherModel(candidate: candidate, now: own, then: stored, path: nil)
        }
        guard let own = now.build, let stored = then.build, own != stored else { return [] }
        return ["\(candidate) is served by another build than in the run: \(own) now, \(stored) then"]
    }
}
