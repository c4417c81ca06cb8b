internal import CCurl
import PoiseCore

extension ClientFacts {
    /// This build of Poise with the libcurl that it runs on, which may be newer than the one it was compiled against.
    static let current = ClientFacts(poise: poiseVersion, curl: curlVersion, isOptimized: isOptimized)

    private static var curlVersion: String {
        curl_version().map { String(cString: $0) } ?? "unknown libcurl"
    }

    private static var isOptimized: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }
}
