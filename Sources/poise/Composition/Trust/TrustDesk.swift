import Foundation
import PoiseClient
import PoiseCore
import PoiseSuite

/// Decides whether a suite gets what it asks for: by what it was trusted with, by `--trust`, or by asking.
struct TrustDesk: Sendable {
    let store: TrustStore
    /// Whether the user said `--trust`.
    let isGiven: Bool
    /// Asks a person; nil where nobody sits there.
    let ask: (@Sendable (UntrustedSuite) -> Bool)?

    static func ofUser(isGiven: Bool) -> TrustDesk {
        let streams: [FileHandle] = [.standardInput, .standardError]
        let sits = streams.allSatisfy { Terminal.behind($0, color: .never).isTerminal }
        let store = TrustStore.ofUser()
        guard sits else { return TrustDesk(store: store, isGiven: isGiven, ask: nil) }
        return TrustDesk(store: store, isGiven: isGiven) { Self.answer($0) }
    }

    /// Loads a file as often as it takes: what one file names is known only once it was read.
    ///
    /// - Parameter file: what the user named, and what is trusted.
    /// - Throws: `UntrustedSuite`, and whatever `body` throws.
    func load<Loaded>(
        _ file: String, environment: [String: String]? = nil, _ body: (SuiteLoader) throws -> Loaded
    ) throws -> Loaded {
        var granted = try store.granted(to: file)
        while true {
            do {
                return try body(.forPoise(environment: environment, granted: granted))
            } catch let refused as UntrustedSuite {
                granted.formUnion(try grant(refused, of: file))
            }
        }
    }

    /// Lets the candidates and graders of a stored plan, and the engine that would serve any, be reached as their suite may.
    ///
    /// - Parameter file: the suite that they came from.
    func admit(_ candidates: [Candidate], tasks: [EvaluationTask] = [], of file: String) throws {
        let granted = try store.granted(to: file)
        let needs =
            CandidateReach.needs(of: candidates, tasks: tasks, suite: file)
            + EngineNeed.needs(of: candidates, near: file)
        var seen: Set<String> = []
        let open = needs.filter { !granted.contains($0.sentence) && seen.insert($0.sentence).inserted }
        guard !open.isEmpty else { return }
        _ = try grant(UntrustedSuite(suite: file, needs: open, isKnown: !granted.isEmpty), of: file)
    }

    /// - Returns: the sentences that are granted from now on.
    private func grant(_ refused: UntrustedSuite, of file: String) throws -> Set<String> {
        if isGiven {
            Console.say("\(file) is trusted from now on:\n\(refused.list)")
        } else {
            guard let ask, ask(refused) else { throw refused }
        }
        let sentences = Set(refused.needs.map(\.sentence))
        do {
            try store.remember(sentences, of: file)
        } catch {
            // It may do this once all the same.
            Console.say("warning: \(Console.explanation(of: error))")
        }
        return sentences
    }

    private static func answer(_ refused: UntrustedSuite) -> Bool {
        Console.say("\(refused.suite): \(refused.what):\n\(refused.list)")
        Console.write("Trust it? [y/N] ", to: .standardError)
        return ["y", "yes"].contains(readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? "")
    }
}
