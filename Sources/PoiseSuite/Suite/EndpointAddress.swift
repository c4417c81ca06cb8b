import Foundation
import PoiseCore

/// An endpoint's address and the name of its key, as people write them.
enum EndpointAddress {
    /// The address up to and with `/v1`, without a slash at the end; nil with the reason where it cannot be one.
    ///
    /// The path of a single call is cut off; nothing is ever added, since not every endpoint is under `/v1`.
    static func normalised(_ text: String) -> Result<String, Refusal> {
        guard let address = URLComponents(string: text), let host = address.host, !host.isEmpty,
            ["http", "https"].contains(address.scheme?.lowercased())
        else {
            return .failure(
                Refusal(
                    what: "“\(Redaction.withoutKeys(text))” is not an http or https address", expected: example))
        }
        guard address.user == nil, address.password == nil else {
            return .failure(
                Refusal(what: "the address holds a user or a password", expected: "Name a variable in api_key_env.")
            )
        }
        guard address.query == nil, address.fragment == nil else {
            return .failure(Refusal(what: "the address goes on after its path", expected: example))
        }
        var path = Substring(text)
        func trim() { while path.hasSuffix("/") { path = path.dropLast() } }
        trim()
        for call in ["/chat/completions", "/completions", "/models", "/api/chat"] where path.hasSuffix(call) {
            path = path.dropLast(call.count)
            break
        }
        trim()
        return .success(String(path))
    }

    /// Whether a text may name an environment variable; a key must never get into a file, nor into a message.
    static func variableProblem(_ name: String) -> Refusal? {
        if looksLikeKey(name) {
            return Refusal(
                what: "this looks like a key and not like the name of a variable",
                expected:
                    "Take the key out of the file, revoke it if others saw it, and name a variable: OPENAI_API_KEY."
            )
        }
        guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
            return Refusal(
                what: "this cannot name an environment variable",
                expected: "Use letters, digits and “_”, without “$”: OPENAI_API_KEY."
            )
        }
        if ChildEnvironment.isHanded(on: name) {
            return Refusal(
                what: "programs that Poise starts get to see the variable \(name), since they may need it",
                expected: "Keep the key in a variable whose name says what it is: \(name)_KEY.")
        }
        return nil
    }

    /// Why a text cannot be the path of a file with a key.
    static func keyFileProblem(_ path: String) -> Refusal? {
        guard looksLikeKey(path) && !path.contains("/") else { return nil }
        return Refusal(
            what: "this looks like a key and not like the path of a file",
            expected: "Take the key out of the file, revoke it if others saw it, and name a file that holds it.")
    }

    /// Why a text cannot name a proxy.
    static func proxyProblem(_ text: String) -> Refusal? {
        let example = "Write it as http://127.0.0.1:3128; https and socks5 proxies are taken too."
        guard let address = URLComponents(string: text), let host = address.host, !host.isEmpty,
            let port = address.port, (1...65535).contains(port),
            ["http", "https", "socks5", "socks5h"].contains(address.scheme ?? ""),
            ["", "/"].contains(address.path), address.query == nil, address.fragment == nil
        else { return Refusal(what: "this is not the address of a proxy", expected: example) }
        guard address.user == nil, address.password == nil else {
            return Refusal(
                what: "the proxy's address holds a user or a password",
                expected: "Leave proxy out and export https_proxy=…, which is read and not stored.")
        }
        return nil
    }

    struct Refusal: Error, Hashable {
        let what: String
        let expected: String
    }

    private static let example = "Write it as http://127.0.0.1:8080/v1."

    private static func looksLikeKey(_ text: String) -> Bool {
        if hasPrefixOfKey(text) { return true }
        // Names are capitals or words; a long mixture of both cases and digits is neither.
        return text.count >= 20 && text.contains(where: \.isNumber) && text.contains(where: \.isLowercase)
            && text.contains(where: \.isUppercase)
    }

    /// Whether a text begins as the keys of known services do.
    static func hasPrefixOfKey(_ text: String) -> Bool {
        let lowered = text.lowercased()
        let prefixes = [
            "sk-", "sk_", "pk-", "gsk_", "hf_", "ghp_", "github_pat_", "xai-", "aiza", "r8_", "nvapi-", "bearer ",
        ]
        return prefixes.contains(where: lowered.hasPrefix) && text != text.uppercased()
    }
}
