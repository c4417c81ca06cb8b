import CCurl
import PoiseCore

/// A libcurl handle that is used for one request after another: what never changes is set once.
///
/// Confined to the transport's thread.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// What the handle is set to, so that only what differs is set again.
    private var url = ""
    private var headerTexts: [String] = []
    private var isPost = false
    private var opensConnection = false
    let connection: HTTPRequest.Connection

    /// - Returns: nil where libcurl has no memory left.
    init?(connection: HTTPRequest.Connection) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        self.connection = connection
        if let caFile = connection.caFile { poise_set_string(pointer, CURLOPT_CAINFO, caFile) }
        if let proxy = connection.proxy {
            poise_set_string(pointer, CURLOPT_PROXY, proxy)
            // Who names a proxy means it for every host.
            poise_set_string(pointer, CURLOPT_NOPROXY, "")
        } else {
            poise_set_string(pointer, CURLOPT_NOPROXY, Proxy.exceptions)
        }
        poise_allow_only_http(pointer)
        poise_set_string(pointer, CURLOPT_USERAGENT, "poise/\(poiseVersion)")
        poise_set_long(pointer, CURLOPT_NOSIGNAL, 1)
        // The thread reads all streams, and must not stand still for a resolver that does not answer.
        poise_leave_resolver(pointer)
        // What a proxy says while the way through it is opened is no part of the response.
        poise_set_long(pointer, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // HTTP/2: a request waits for the one connection that it can share.
        poise_set_long(pointer, CURLOPT_PIPEWAIT, 1)
        // The transport has limits of its own; libcurl's would cost a timer for each read.
        poise_set_long(pointer, CURLOPT_CONNECTTIMEOUT_MS, 86_400_000)
        poise_set_ready_callback(pointer) { context, _, _, _, _ in
            Transfer.from(context)?.connectionIsReady()
            return 0
        }
        poise_set_data_callback(pointer, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let transfer = Transfer.from(context) else { return 0 }
            return transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        poise_set_data_callback(pointer, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            // The clock first: nothing that follows may be part of the reading.
            let now = Instant.now()
            guard let bytes, let transfer = Transfer.from(context) else { return 0 }
            return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count), at: now)
                ? size * count : 0
        }
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
    }

    /// Makes the handle ready for a request over its kind of connection.
    ///
    /// - Parameter transfer: what the callbacks tell; it must outlive the request.
    func prepare(for request: HTTPRequest, transfer: Transfer) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        poise_set_pointer(pointer, CURLOPT_PRIVATE, context)
        poise_set_pointer(pointer, CURLOPT_PREREQDATA, context)
        poise_set_pointer(pointer, CURLOPT_HEADERDATA, context)
        poise_set_pointer(pointer, CURLOPT_WRITEDATA, context)
        if request.url != url {
            url = request.url
            poise_set_string(pointer, CURLOPT_URL, url)
            poise_set_long(pointer, CURLOPT_HTTP_VERSION, httpVersion)
        }
        if request.headers != headerTexts || headers == nil {
            headerTexts = request.headers
            curl_slist_free_all(headers)
            headers = nil
            // No "Expect: 100-continue": it would put a round trip before long prompts.
            for header in request.headers + ["Expect:"] { headers = curl_slist_append(headers, header) }
            poise_set_list(pointer, CURLOPT_HTTPHEADER, headers)
        }
        if request.opensConnection != opensConnection {
            opensConnection = request.opensConnection
            poise_set_long(pointer, CURLOPT_FRESH_CONNECT, opensConnection ? 1 : 0)
        }
        setBody(request.body)
    }

    private var httpVersion: Int {
        guard connection.httpVersion == 2 else { return Int(CURL_HTTP_VERSION_1_1) }
        return Int(url.lowercased().hasPrefix("https:") ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE)
    }

    private func setBody(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            if isPost { poise_set_long(pointer, CURLOPT_HTTPGET, 1) }
            isPost = false
            return
        }
        isPost = true
        poise_set_long(pointer, CURLOPT_POST, 1)
        poise_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
        // Copied: an array's memory is only lent for the call.
        _ = bytes.withUnsafeBytes { body in
            poise_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
        }
    }
}
