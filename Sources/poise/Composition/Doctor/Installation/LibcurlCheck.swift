import PoiseClient
import PoiseReport

/// Whether libcurl can do what the endpoints need.
enum LibcurlCheck: DoctorCheck {
    static let name = "libcurl"

    /// - Parameters:
    ///   - needsTLS: whether an endpoint's address is https.
    ///   - needsHTTP2: whether one is to be asked by HTTP/2.
    static func finding(_ library: TransportLibrary?, needsTLS: Bool = false, needsHTTP2: Bool = false) -> Finding {
        guard let library else { return failed("libcurl does not say what it is", "Install libcurl again.") }
        let install = "Install a libcurl that has it: on Debian and Ubuntu libcurl4-openssl-dev, then build Poise anew."
        if needsTLS, library.tls == nil { return failed("\(library.version) without TLS, which https needs", install) }
        if needsHTTP2, !library.hasHTTP2 {
            return failed("\(library.version) without HTTP/2, which the suite asks for (http_version: 2)", install)
        }
        let parts = [library.tls ?? "no TLS", library.hasHTTP2 ? "HTTP/2" : "no HTTP/2"]
        let text = "\(library.version) with \(parts.joined(separator: ", "))"
        guard library.looksUpBeside else {
            return warning(
                "\(text); a name server that is slow holds up every stream",
                "Give addresses in numbers, or install a libcurl that looks names up beside (threaded resolver or c-ares)."
            )
        }
        return ok(text)
    }

    private static func library(tls: String? = "OpenSSL/3.0.17", http2: Bool = true, beside: Bool = true)
        -> TransportLibrary
    {
        TransportLibrary(version: "8.5.0", tls: tls, hasHTTP2: http2, looksUpBeside: beside)
    }

    static let examples = [
        DoctorExample("all features", finding(library()), .ok, "8.5.0 with OpenSSL/3.0.17, HTTP/2"),
        DoctorExample("no TLS, and nothing needs it", finding(library(tls: nil)), .ok, "no TLS"),
        DoctorExample("no TLS for https", finding(library(tls: nil), needsTLS: true), .failed, "without TLS"),
        DoctorExample("no HTTP/2 where it is asked for", finding(library(http2: false), needsHTTP2: true), .failed),
        DoctorExample("names looked up in the stream's thread", finding(library(beside: false)), .warning, "slow"),
        DoctorExample("nothing said", finding(nil), .failed),
    ]
}
