import Foundation
package import PoiseCore

/// What a candidate or judge reaches beyond this machine's loopback and the suite's own files. Pure but for links.
package struct CandidateReach: Sendable {
    private let candidate: Candidate

    package init(_ candidate: Candidate) {
        self.candidate = candidate
    }

    /// What candidates of a stored plan ask for, by the suite that they came from. Weights are not held against it: the
    /// suite may have been named from another folder, and they are served on this machine alone.
    package static func needs(
        of candidates: [Candidate], tasks: [EvaluationTask] = [], suite: String
    ) -> [TrustNeed] {
        let ground = SuiteGround.of(suite)
        return (candidates.map(CandidateReach.init) + graders(of: tasks)).flatMap { $0.needs(outside: ground) }
            .filter { $0.kind != .weights }
    }

    func needs(outside ground: SuiteGround) -> [TrustNeed] {
        switch candidate.serving {
        case .managed(let engine):
            return need(.weights, file: engine.file, outside: ground).map { [$0] } ?? []
        case .endpoint(let endpoint):
            let authorities = endpoint.connection?.caFile.flatMap { need(.authorities, file: $0, outside: ground) }
            return secretNeeds(of: endpoint) + keyFileNeeds(of: endpoint, outside: ground)
                + (authorities.map { [$0] } ?? [])
        }
    }

    private func need(_ kind: TrustNeed.Kind, file: String, outside ground: SuiteGround) -> TrustNeed? {
        let resolved = ResolvedPath.of(file)
        if let resolved, ground.holds(resolved) { return nil }
        return TrustNeed(kind, resolved ?? Paths.absolute(file), at: candidate.id)
    }

    /// The host that prompts go to; nil where that is this machine.
    var contentNeed: TrustNeed? {
        guard case .endpoint(let endpoint) = candidate.serving, let way = Way(endpoint) else { return nil }
        return TrustNeed(.content, way.words, at: candidate.id)
    }

    private func secretNeeds(of endpoint: Endpoint) -> [TrustNeed] {
        guard let way = Way(endpoint) else { return [] }
        let settings = endpoint.connection
        var names = (settings?.headerVariables ?? [:]).values.sorted()
        if let key = endpoint.apiKeyVariable, !KnownKey.belongs(key, to: way) { names.insert(key, at: 0) }
        return names.map { TrustNeed(.secret, "the value of \($0) to \(way.words)", at: candidate.id) }
    }

    /// A key's file may be any file of one line: also one that goes no further than this machine is asked for.
    private func keyFileNeeds(of endpoint: Endpoint, outside ground: SuiteGround) -> [TrustNeed] {
        guard let file = endpoint.apiKeyFile else { return [] }
        let way = Way(endpoint)
        let isOwn = need(.secret, file: file, outside: ground) == nil
        if way == nil, isOwn { return [] }
        let path = ResolvedPath.of(file) ?? Paths.absolute(file)
        return [TrustNeed(.secret, "the key in \(path) to \(way?.words ?? "this machine")", at: candidate.id)]
    }
}

/// The way from this machine to an endpoint elsewhere.
struct Way: Hashable {
    /// `https://api.example.org:8443`: what a secret is handed to.
    let origin: String
    /// Who else on the way could read it: a proxy, or certificates of the suite's own.
    let proxy: String?
    let caFile: String?

    /// Nil where nothing leaves this machine.
    init?(_ endpoint: Endpoint) {
        let address = URLComponents(string: endpoint.baseURL)
        let proxy = endpoint.connection?.proxy
        let isNear = Self.isLoopback(address?.host)
        // A proxy here may still go elsewhere, but it is this machine's own that decides.
        if isNear, proxy.map({ Self.isLoopback(URLComponents(string: $0)?.host) }) ?? true { return nil }
        let scheme = (address?.scheme ?? "http").lowercased()
        let port = address?.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : ":\($0)" } ?? ""
        origin = "\(scheme)://\(address?.host?.lowercased() ?? endpoint.baseURL)\(port)"
        self.proxy = proxy
        caFile = endpoint.connection?.caFile
    }

    var words: String {
        [origin, proxy.map { "by the proxy \($0)" }, caFile.map { "under the certificates of \($0)" }]
            .compactMap { $0 }.joined(separator: " ")
    }

    /// The addresses of RFC 1122 and RFC 4291 that never leave a machine, and the name of RFC 6761.
    static func isLoopback(_ host: String?) -> Bool {
        guard var host = host?.lowercased() else { return false }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if ["localhost", "::1"].contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

/// Keys that are meant for one service, as the service's own Python client has both (their `_client.py`, November 2026).
enum KnownKey {
    /// Whether a key may go where it goes without a word: to its own service, encrypted, with nobody between.
    static func belongs(_ variable: String, to way: Way) -> Bool {
        guard way.proxy == nil, way.caFile == nil, let host = hosts[variable] else { return false }
        return way.origin == "https://\(host)"
    }

    private static let hosts = [
        "OPENAI_API_KEY": "api.openai.com",
        "ANTHROPIC_API_KEY": "api.anthropic.com",
        "GROQ_API_KEY": "api.groq.com",
    ]
}
