/// An error as the OpenAI API states it.
struct APIError: Error, Hashable, Sendable {
    let status: Int
    let message: String
    let type: String
    let code: String?
    /// Sent as `Retry-After`.
    var retryAfter: RetryAfter?

    /// How long a client is told to wait (RFC 9110, section 10.2.3).
    enum RetryAfter: Hashable, Sendable {
        case seconds(Int)
        /// An HTTP date that many seconds from when it is sent.
        case date(secondsAhead: Int)
    }

    static func badRequest(_ message: String) -> APIError {
        APIError(status: 400, message: message, type: "invalid_request_error", code: nil)
    }

    static let unauthorized = APIError(
        status: 401, message: "the API key is missing or wrong", type: "invalid_request_error",
        code: "invalid_api_key"
    )

    static func unknownPath(_ path: String) -> APIError {
        APIError(
            status: 404, message: "there is nothing at \(path)", type: "invalid_request_error", code: "not_found")
    }

    static func wrongMethod(_ method: String, path: String) -> APIError {
        APIError(
            status: 405, message: "\(path) does not take \(method)", type: "invalid_request_error",
            code: "method_not_allowed"
        )
    }

    static let tooLarge = APIError(
        status: 413, message: "the body is larger than 64 MiB", type: "invalid_request_error", code: "too_large"
    )

    /// What a client is told that cannot be served because the process has no file descriptor left.
    static func tooManyConnections(limit: Int) -> APIError {
        APIError(
            status: 503,
            message: "no file descriptor is left for this connection (the limit is \(limit)); raise it with ulimit -n",
            type: "server_error", code: "too_many_connections"
        )
    }

    /// The failure of a server that was told to fail.
    ///
    /// - Parameter key: what its message repeats of the request; nil where it repeats nothing.
    static func simulated(status: Int, retryAfter: RetryAfter? = nil, echoing key: String? = nil) -> APIError {
        let (type, code): (String, String?) =
            switch status {
            case 401: ("invalid_request_error", "invalid_api_key")
            case 404: ("invalid_request_error", "model_not_found")
            case 429: ("requests", "rate_limit_exceeded")
            case 500...: ("server_error", nil)
            default: ("invalid_request_error", nil)
            }
        return APIError(
            status: status,
            message: "simulated failure \(status)" + (key.map { " of a request with authorization: \($0)" } ?? ""),
            type: type, code: code, retryAfter: retryAfter
        )
    }

    /// The body as a dialect has it: Ollama's error is a text, the others' an object.
    func body(in dialect: Dialect?) -> [UInt8] {
        guard dialect == .ollama else { return body }
        return Array("{\"error\":\"".utf8) + TokenText.escaped(message) + Array("\"}".utf8)
    }

    /// `{"error": {…}}`, UTF-8.
    var body: [UInt8] {
        var bytes = Array("{\"error\":{\"message\":\"".utf8)
        bytes += TokenText.escaped(message)
        bytes += Array("\",\"type\":\"\(type)\",\"param\":null,\"code\":".utf8)
        bytes += Array((code.map { "\"\($0)\"" } ?? "null").utf8)
        bytes += Array("}}".utf8)
        return bytes
    }

    static func reason(of status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }
}
