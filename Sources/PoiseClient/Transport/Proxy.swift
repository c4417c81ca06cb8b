import Foundation

/// Which hosts are asked directly where the environment names a proxy (`http_proxy` and the like, which libcurl reads).
enum Proxy {
    static let exceptions = exceptions(environment: ProcessInfo.processInfo.environment)

    /// Those of the environment, since libcurl leaves them out where it is given any, and this machine: a proxy must not
    /// stand between Poise and an engine here.
    static func exceptions(environment: [String: String]) -> String {
        let named = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        // libcurl takes the asterisk for every host only where it stands alone.
        if named == "*" { return named }
        return (["127.0.0.1", "localhost", "::1"] + (named.isEmpty ? [] : [named])).joined(separator: ",")
    }
}
