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

    /// Passwords of the proxies that the environment names, which a proxy's own error page may repeat.
    static let secrets = secrets(environment: ProcessInfo.processInfo.environment)

    static func secrets(environment: [String: String]) -> [String] {
        ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
            .compactMap { environment[$0] }
            .compactMap { URLComponents(string: $0.contains("://") ? $0 : "http://\($0)")?.password }
            .filter { !$0.isEmpty }
    }
}
