import CCurl
import PoiseCore

/// One request under way. Confined to the transport's thread from the moment that it is handed over.
final class Transfer {
    let id: UInt64
    let request: HTTPRequest
    private let handed: Instant
    let handle: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let finished: (HTTPExchange) -> Void

    private var exchange: HTTPExchange
    private var parser = EventStreamParser()
    private var isEventStream: Bool?
    private var received = 0
    /// When the first bytes of `readPass` came: the time of every event that ends in them.
    private var lastRead: Instant
    /// The pass in which bytes of the body, and in which an event's last ones, came last.
    private var readPass: UInt64?
    private var eventPass: UInt64?
    private var problem: RequestFailure?

    /// - Parameter finished: called once, on the transport's thread.
    init?(id: UInt64, request: HTTPRequest, handed: Instant, finished: @escaping (HTTPExchange) -> Void) {
        guard let handle = curl_easy_init() else { return nil }
        self.id = id
        self.request = request
        self.handed = handed
        self.handle = handle
        self.finished = finished
        exchange = HTTPExchange(started: handed)
        lastRead = handed
        lastActivity = handed
    }

    /// The pass of the transport's loop; bytes that one pass reads share the time of its first.
    var pass: UInt64 = 0

    /// When the last byte came, or the connection stood.
    private(set) var lastActivity: Instant

    func configure() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        poise_set_pointer(handle, CURLOPT_PRIVATE, context)
        poise_set_string(handle, CURLOPT_URL, request.url)
        poise_allow_only_http(handle)
        poise_set_string(handle, CURLOPT_USERAGENT, "poise/\(poiseVersion)")
        poise_set_string(handle, CURLOPT_NOPROXY, Proxy.exceptions)
        poise_set_long(handle, CURLOPT_NOSIGNAL, 1)
        poise_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        poise_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(request.limits.connect.milliseconds))
        poise_set_long(handle, CURLOPT_TIMEOUT_MS, Int(request.limits.total.milliseconds))
        // No "Expect: 100-continue": it would put a round trip before long prompts.
        for header in request.headers + ["Expect:"] { headerList = curl_slist_append(headerList, header) }
        poise_set_list(handle, CURLOPT_HTTPHEADER, headerList)
        if !request.body.isEmpty {
            poise_set_long(handle, CURLOPT_POST, 1)
            poise_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            request.body.withUnsafeBytes { body in
                _ = poise_set_pointer(
                    handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
            }
        }
        poise_set_ready_callback(handle) { context, _, _, _, _ in
            Transfer.from(context)?.connectionIsReady()
            return 0
        }
        poise_set_pointer(handle, CURLOPT_PREREQDATA, context)
        poise_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let transfer = Transfer.from(context) else { return 0 }
            return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        poise_set_pointer(handle, CURLOPT_HEADERDATA, context)
        poise_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            // The clock first: nothing that follows may be part of the reading.
            let now = Instant.now()
            guard let bytes, let transfer = Transfer.from(context) else { return 0 }
            return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count), at: now)
                ? size * count : 0
        }
        poise_set_pointer(handle, CURLOPT_WRITEDATA, context)
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func connectionIsReady() {
        // Called again where libcurl finds that the kept connection was closed and takes a new one.
        let now = Instant.now()
        exchange.started = now
        exchange.connect = now - handed
        lastActivity = now
    }

    /// - Returns: whether to go on.
    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastActivity = Instant.now()
        if exchange.firstByte == nil { exchange.firstByte = lastActivity }
        guard fits(bytes.count) else { return false }
        let line = String(decoding: bytes, as: UTF8.self)
        guard let colon = line.firstIndex(of: ":") else { return true }
        let value = line[line.index(after: colon)...]
        exchange.headers[line[..<colon].lowercased()] = value.trimmed
        return true
    }

    /// - Returns: whether to go on.
    private func receive(_ bytes: UnsafeRawBufferPointer, at now: Instant) -> Bool {
        if readPass != pass { (readPass, lastRead) = (pass, now) }
        lastActivity = now
        exchange.ended = lastRead
        guard fits(bytes.count) else { return false }
        if isEventStream ?? decideKind(firstBytes: bytes) {
            parser.push(bytes) { keep(event: $0) }
        } else {
            exchange.body.append(contentsOf: bytes)
        }
        return true
    }

    private func keep(event data: [UInt8]) {
        exchange.events.append(ArrivedEvent(data: data, at: lastRead, isCoalesced: eventPass == readPass))
        eventPass = readPass
    }

    /// Counts bytes of the response; those beyond the limit end it.
    private func fits(_ count: Int) -> Bool {
        received += count
        guard received > request.limits.size else { return true }
        problem = RequestFailure(
            kind: .tooLarge, message: "the response passed \(request.limits.size >> 20) MB and was cut off")
        return false
    }

    /// By the content type; by the first bytes where a server streams events under another one.
    private func decideKind(firstBytes: UnsafeRawBufferPointer) -> Bool {
        var status = 0
        poise_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        let declared = exchange.headers["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false
        let looksLikeEvents = status == 200 && firstBytes.starts(with: Array("data:".utf8))
        isEventStream = declared || looksLikeEvents
        return declared || looksLikeEvents
    }

    /// Ends the transfer; the handle must have left its multi handle.
    func finish(_ result: CURLcode, because interruption: RequestFailure? = nil) {
        var status = 0
        poise_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        exchange.status = status
        if isEventStream == true, let last = parser.finish() { keep(event: last) }
        if let failure = interruption ?? problem {
            exchange.failure = failure
        } else if result != CURLE_OK {
            exchange.failure = .init(
                curl: result, request: request, isConnected: exchange.connect != nil,
                hasResponse: exchange.firstByte != nil)
        }
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        finished(exchange)
    }
}

extension RequestFailure {
    /// libcurl's result in words that name the remedy.
    fileprivate init(curl result: CURLcode, request: HTTPRequest, isConnected: Bool, hasResponse: Bool) {
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
        case CURLE_OPERATION_TIMEDOUT:
            self.init(kind: .timedOut, message: "\(request.url) took too long (\(reason))")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            self.init(
                kind: .tls, message: "no trusted TLS connection to \(request.url) (\(reason))",
                remedy: "Check the host's certificate; Poise does not go on without one that verifies.")
        case CURLE_UNSUPPORTED_PROTOCOL where isConnected:
            self.init(
                kind: .malformed, message: "what answers at \(request.url) does not speak HTTP",
                remedy: "Correct the base_url and the port.")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
            self.init(
                kind: .notSent, message: "\(request.url) is not an http or https address",
                remedy: "Correct the base_url, for example http://127.0.0.1:8080/v1.")
        default:
            self.init(
                kind: .brokenOff,
                message: "the connection to \(request.url) broke off \(hasResponse ? "in" : "before") the response"
                    + " (\(reason))")
        }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
