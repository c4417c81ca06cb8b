import PoiseCore
import Synchronization

/// Whether a server has repeated a key of its requests; of all clients that share it.
package final class EchoedKey: Sendable {
    private let seen = Atomic(false)

    package init() {}

    package var isSeen: Bool { seen.load(ordering: .relaxed) }

    /// The response without the key, where it has one; then that is remembered.
    func taking(outOf response: Response, _ secrets: Secrets) -> Response {
        guard let scrubbed = response.scrubbed(by: secrets) else { return response }
        seen.store(true, ordering: .relaxed)
        return scrubbed
    }
}

extension RequestFailure {
    /// What to do where a server wants a key, or another one.
    static let keyRemedy =
        "Name the variable that holds the key as api_key_env and export it, or name its file as api_key_file."
}
