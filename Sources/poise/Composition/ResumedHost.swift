import PoiseCore
import PoiseRunner
import PoiseStore

/// Opens candidates of a run that goes on, where they still are what they were.
///
/// One whose weights, template or hardware changed would put another model's answers, or another machine's speeds, under
/// the old name: it is not asked. Another build, or other settings, are said beside the numbers.
struct ResumedHost: CandidateHost {
    let host: any CandidateHost
    /// By candidate, as it answered before.
    let known: [String: EngineFacts]
    let warn: @Sendable (_ text: String, _ candidate: String) async throws -> Void

    struct Changed: ExplainedError, Hashable {
        let candidate: String
        let differences: [String]

        var what: String { "it is not what it was when the run began: \(differences.joined(separator: "; "))" }
        var place: String? { candidate }
        var remedy: String? { "Serve it as before and go on, or begin a new run: poise run SUITE." }
    }

    /// Nothing is taken from elsewhere for a candidate that is not what it was.
    func source(of candidate: Candidate, slots: Int) async -> KnownSource? {
        guard let source = await host.source(of: candidate, slots: slots) else { return nil }
        guard let before = known[candidate.id] else { return source }
        return EngineDifferences(from: before, to: source.facts).grave.isEmpty ? source : nil
    }

    func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession {
        let session = try await host.open(candidate, round: round, slots: slots)
        guard let before = known[candidate.id] else { return session }
        let differences = EngineDifferences(from: before, to: session.facts)
        guard differences.grave.isEmpty else {
            _ = await session.close()
            throw Changed(candidate: candidate.id, differences: differences.grave)
        }
        for text in differences.slight {
            do {
                try await warn(text, candidate.id)
            } catch {
                _ = await session.close()
                throw error
            }
        }
        return session
    }
}
