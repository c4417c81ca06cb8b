/// What a request to the live page asks for; pure, so that everything that is refused can be tried.
enum LiveRequest: Hashable, Sendable {
    case page
    case state
    /// Another path than the page's own: a wrong token too, so that it is not told from nothing.
    case unknown
    /// The page only gives.
    case wrongMethod
    /// A name that somebody else's site could have: its script would read the page as if it were that site's own.
    case wrongHost

    /// - Parameters:
    ///   - target: the path and the query as they came.
    ///   - host: the header, nil where there is none.
    init(method: String, target: String, host: String?, token: LiveToken, port: Int) {
        guard let host, Self.names(ofPort: port).contains(host.lowercased()) else {
            self = .wrongHost
            return
        }
        let path = target.prefix { $0 != "?" }
        let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, token.matches(parts[1]) else {
            self = .unknown
            return
        }
        let isKnown = parts[2].isEmpty || parts[2] == "state"
        guard isKnown else {
            self = .unknown
            return
        }
        guard method == "GET" || method == "HEAD" else {
            self = .wrongMethod
            return
        }
        self = parts[2].isEmpty ? .page : .state
    }

    /// What browsers call this server; they leave out the port that every address without one has.
    private static func names(ofPort port: Int) -> [String] {
        let names = ["127.0.0.1", "localhost"]
        return names.map { "\($0):\(port)" } + (port == 80 ? names : [])
    }

    var status: Int {
        switch self {
        case .page, .state: 200
        case .unknown: 404
        case .wrongMethod: 405
        case .wrongHost: 421
        }
    }
}
