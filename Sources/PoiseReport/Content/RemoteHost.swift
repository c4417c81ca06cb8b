import Foundation
package import PoiseCore

extension Serving {
    /// The host that answers, where it is not this machine: what it runs on is not known here.
    package var remoteHost: String? {
        guard case .endpoint(let endpoint) = self, let host = URLComponents(string: endpoint.baseURL)?.host,
            !host.isEmpty
        else { return nil }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        let isLoopback = name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name.hasPrefix("127.")
        return isLoopback ? nil : name
    }
}
