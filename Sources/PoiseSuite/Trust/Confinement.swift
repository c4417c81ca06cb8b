import Foundation

/// What one load may reach: the suite's ground and what it was trusted with. Keeps what it turned away.
final class Confinement {
    /// What the suite was trusted with before this load: sentences of needs.
    private let granted: Set<String>
    private let ground: SuiteGround
    private let suite: String
    private var found: [TrustNeed] = []
    /// Files outside that are read because they may be.
    private var readsOutside = false
    /// Resolved folders whose files a granted pattern names.
    private var openFolders: [String] = []

    /// - Parameter suite: the file that a person named, whose own path needs no trust.
    init(of suite: String, granted: Set<String>) {
        self.suite = suite
        self.granted = granted
        ground = SuiteGround.of(suite)
    }

    /// Whether a path that a file names may be opened, looked at, or said to exist.
    ///
    /// - Returns: the path to open, without links; nil where it may not be, which is noted.
    func admitted(_ path: String, as kind: TrustNeed.Kind = .file, at place: String) -> String? {
        guard let resolved = ResolvedPath.of(path) else {
            // A link that cannot be followed leads outside until it is known where.
            return admits(TrustNeed(kind, Paths.absolute(path), at: place)) ? path : nil
        }
        if ground.holds(resolved) { return resolved }
        if kind == .file, openFolders.contains(where: { resolved.hasPrefix($0) }) { return resolved }
        guard admits(TrustNeed(kind, resolved, at: place)) else { return nil }
        return resolved
    }

    /// Whether the folders that a pattern looks through may be listed.
    func admits(pattern: String, at place: String) -> Bool {
        let parts = pattern.split(separator: "/")
        let fixed = parts.prefix { !Glob(pattern: String($0)).isPattern }
        let folder = (pattern.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
        guard let resolved = ResolvedPath.of(folder.isEmpty ? "." : folder) else {
            return admits(TrustNeed(.file, Paths.absolute(pattern), at: place))
        }
        if ground.holds(resolved) || [ground.folder, ground.repository].contains(resolved) { return true }
        let rest = parts.dropFirst(fixed.count).joined(separator: "/")
        let start = resolved == "/" ? "/" : resolved + "/"
        guard admits(TrustNeed(.file, start + rest, at: place)) else { return false }
        openFolders.append(start)
        return true
    }

    /// Whether something was trusted; what was not is noted.
    func admits(_ need: TrustNeed) -> Bool {
        if need.kind == .file { readsOutside = true }
        if granted.contains(need.sentence) { return true }
        if !found.contains(need) { found.append(need) }
        return false
    }

    /// Holds all that candidates ask for against what was granted, and with it where the files read outside may go.
    func check(_ candidates: [CandidateReach]) {
        for reach in candidates {
            for need in reach.needs(outside: ground) { _ = admits(need) }
            if readsOutside, let need = reach.contentNeed { _ = admits(need) }
        }
    }

    /// - Throws: `UntrustedSuite` where something was turned away.
    func finish() throws {
        guard !found.isEmpty else { return }
        throw UntrustedSuite(suite: suite, needs: found, isKnown: !granted.isEmpty)
    }
}
