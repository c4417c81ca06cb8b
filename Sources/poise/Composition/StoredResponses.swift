import ArgumentParser
import PoiseCore
import PoiseRunner
import PoiseStore

/// What other runs in the database have, as a run's cache of responses.
struct StoredResponses: ResponseCache {
    let store: RunStore
    /// The run under way, whose own trials are no cache.
    let run: String

    func responses(for keys: [ResponseKey]) async throws -> [ResponseKey: CachedResponse] {
        try await store.responses(for: keys, besides: run)
    }

    /// - Throws: `ValidationError`, where no response of a plan can ever be asked for again.
    static func requireRepeatable(_ plan: Plan) throws {
        guard plan.settings.hasUniquePrefix else { return }
        throw ValidationError(
            "--cache finds nothing with this suite: unique_prefix begins each request with words of its own, so that no"
                + " request is ever made twice. Leave one of the two out.")
    }
}
