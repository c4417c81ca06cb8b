import PoiseCore

/// Which headers a suite may set.
enum HeaderRule {
    /// Why a header cannot be called so; the message never repeats a value.
    ///
    /// - Parameter isOpen: whether its value stands in the file for all to read.
    static func problem(ofName name: String, isOpen: Bool) -> EndpointAddress.Refusal? {
        // A token of RFC 9110, section 5.6.2.
        guard name.wholeMatch(of: /[!#$%&'*+.^_`|~0-9A-Za-z-]+/) != nil else {
            return .init(what: "“\(name)” cannot name a header", expected: "Use letters, digits and “-”.")
        }
        if framing.contains(name.lowercased()) {
            return .init(what: "Poise sets the header “\(name)” itself", expected: "Leave it out.")
        }
        if isOpen, secret.contains(name.lowercased()) {
            return .init(
                what: "the header “\(name)” holds a secret, which must not stand in a file",
                expected: "Name the variable that holds it in headers_env, or the key's in api_key_env.")
        }
        return nil
    }

    /// Why a header's value cannot stand in a suite.
    static func problem(ofValue value: String) -> EndpointAddress.Refusal? {
        if value.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) {
            return .init(
                what: "a header's value holds a line end or another control character",
                expected: "Write it on one line.")
        }
        guard EndpointAddress.hasPrefixOfKey(value) else { return nil }
        return .init(
            what: "this looks like a key, which must not stand in a file",
            expected: "Take it out, revoke it if others saw it, and name a variable that holds it in headers_env.")
    }

    /// What holds the message together, or says what it is.
    private static let framing: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect",
        "content-type", "accept", "accept-encoding",
    ]
    private static let secret: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key", "x-auth-token",
    ]
}
