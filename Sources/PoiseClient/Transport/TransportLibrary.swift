internal import CCurl
import PoiseCore

/// What the libcurl that this process runs on can do.
package struct TransportLibrary: Hashable, Sendable {
    /// As in `8.5.0`.
    package let version: String
    /// The library behind https, with its version; nil where there is none.
    package let tls: String?
    package let hasHTTP2: Bool
    /// Whether names are looked up beside the thread that reads all streams.
    package let looksUpBeside: Bool

    package init(version: String, tls: String?, hasHTTP2: Bool, looksUpBeside: Bool) {
        self.version = version
        self.tls = tls
        self.hasHTTP2 = hasHTTP2
        self.looksUpBeside = looksUpBeside
    }

    /// nil where libcurl does not say.
    package static var current: TransportLibrary? {
        guard let facts = poise_version_info()?.pointee else { return nil }
        func has(_ feature: Int32) -> Bool { facts.features & feature != 0 }
        return TransportLibrary(
            version: facts.version.map { String(cString: $0) } ?? "unknown",
            tls: facts.ssl_version.map { String(cString: $0) }, hasHTTP2: has(CURL_VERSION_HTTP2),
            looksUpBeside: has(CURL_VERSION_ASYNCHDNS))
    }
}

extension HTTPExchange.Phases {
    /// By libcurl's own times, whole microseconds from the start of the transfer; nil where it has none.
    init?(of easy: EasyHandle) {
        func time(_ info: CURLINFO) -> Duration? {
            var microseconds: curl_off_t = 0
            guard poise_get_time(easy.pointer, info, &microseconds) == CURLE_OK else { return nil }
            return .microseconds(Int64(microseconds))
        }
        guard let named = time(CURLINFO_NAMELOOKUP_TIME_T), let connected = time(CURLINFO_CONNECT_TIME_T),
            let shaken = time(CURLINFO_APPCONNECT_TIME_T)
        else { return nil }
        self.init(
            nameLookup: named, connecting: max(.zero, connected - named),
            handshake: shaken > .zero ? max(.zero, shaken - connected) : nil)
    }
}
