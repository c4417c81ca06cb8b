import CCurl
import PoiseCore

extension RequestFailure {
    /// libcurl's result in words that name the remedy.
    ///
    /// - Parameters:
    ///   - isConnected: whether a connection stood.
    ///   - hasResponse: whether a byte of a response came.
    init(curl result: CURLcode, request: HTTPRequest, isConnected: Bool, hasResponse: Bool) {
        let reason = String(cString: curl_easy_strerror(result))
        switch result {
        case CURLE_COULDNT_CONNECT:
            self.init(
                kind: .refused, message: "nothing answers at \(request.url)",
                remedy: "Start the server, or correct the base_url and the port.")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self.init(
                kind: .unreachable, message: "the host of \(request.url) is not known (\(reason))",
                remedy: "Correct the base_url, or check the network.")
        case CURLE_OPERATION_TIMEDOUT where !isConnected: self = .connectTimedOut(request)
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut(request)
        case CURLE_SSL_CACERT_BADFILE where request.connection.caFile != nil:
            self.init(
                kind: .tls, message: "\(request.connection.caFile ?? "") is no PEM file of certificate authorities",
                remedy: "Correct ca_file.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            self.init(
                kind: .tls, message: "no trusted TLS connection to \(request.url) (\(reason))",
                remedy: "Check the host's certificate, or name its authority as ca_file; Poise does not go on without"
                    + " one that verifies.")
        case CURLE_UNSUPPORTED_PROTOCOL where isConnected:
            self.init(
                kind: .malformed, message: "what answers at \(request.url) does not speak HTTP",
                remedy: "Correct the base_url and the port.")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
            self.init(
                kind: .notSent, message: "\(request.url) is not an http or https address",
                remedy: "Correct the base_url, for example http://127.0.0.1:8080/v1.")
        case CURLE_HTTP2, CURLE_HTTP2_STREAM:
            self.init(
                kind: .malformed, message: "\(request.url) does not speak HTTP/2 as it should (\(reason))",
                remedy: "Leave http_version out to ask by HTTP/1.1.")
        default:
            self.init(
                kind: .brokenOff,
                message: "the connection to \(request.url) broke off \(hasResponse ? "in" : "before") the response"
                    + " (\(reason))")
        }
    }

    static func connectTimedOut(_ request: HTTPRequest) -> RequestFailure {
        RequestFailure(
            kind: .connectTimedOut, message: "no connection to \(request.url) within \(span(request.limits.connect))",
            remedy: "Check the address and the network, or raise limits.connect.")
    }

    static func firstTokenTimedOut(_ request: HTTPRequest) -> RequestFailure {
        RequestFailure(
            kind: .firstTokenTimedOut,
            message: "\(request.url) gave no token within \(span(request.limits.firstToken))",
            remedy:
                "The server hangs, queues, or is slow at prompts of this length; raise limits.first_token if it may.")
    }

    static func stalled(_ request: HTTPRequest) -> RequestFailure {
        RequestFailure(
            kind: .stalled,
            message: "\(request.url) sent nothing for \(span(request.limits.stall)) in the middle of a response",
            remedy: "The server hangs or the machine is far too slow for this model; raise limits.stall if it may.")
    }

    static func timedOut(_ request: HTTPRequest) -> RequestFailure {
        RequestFailure(
            kind: .timedOut,
            message: "the response of \(request.url) was not whole after \(span(request.limits.total))",
            remedy: "Lower max_tokens, or raise limits.total.")
    }

    static func tooLarge(_ request: HTTPRequest) -> RequestFailure {
        let size = request.limits.size
        return RequestFailure(
            kind: .tooLarge,
            message: "the response passed \(size >= 1 << 20 ? "\(size >> 20) MB" : "\(size) bytes") and was cut off")
    }

    private static func span(_ limit: Duration) -> String {
        let seconds = limit.seconds
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(Int((seconds * 1000).rounded())) ms"
    }
}
