import PoiseCore
import PoiseGrading
import PoiseRunner

/// The judges of a run, opened: their engines started, their endpoints looked at.
struct JudgeBench: Sendable {
    /// Requests that each judge gets at once.
    static let concurrency = 4

    let panel: JudgePanel
    private let sessions: [(judge: Candidate, session: any CandidateSession)]
    /// Why judges could not be opened.
    let absences: [String]

    /// Opens what can be opened; the others are on the panel too, and say why they do not answer.
    ///
    /// - Parameter hiding: names of candidates that no judge gets to see.
    static func open(_ judges: [Candidate], at host: LocalHost, hiding names: [String]) async -> JudgeBench {
        var panel: [any Judge] = []
        var sessions: [(Candidate, any CandidateSession)] = []
        var absences: [String] = []
        for judge in judges {
            do {
                let session = try await host.open(judge, round: 0, slots: concurrency)
                sessions.append((judge, session))
                let member = SessionJudge(judge, session: session)
                panel.append(judge.sampling.temperature == 0 ? SingleAsking(member) : member)
            } catch {
                let reason = Console.explanation(of: error)
                absences.append("the judge \(judge.id) cannot be asked: \(reason)")
                panel.append(AbsentJudge(name: judge.id, reason: reason))
            }
        }
        return JudgeBench(panel: JudgePanel(judges: panel, hiding: names), sessions: sessions, absences: absences)
    }

    /// Ends the engines that were started, and tells what they were.
    func close() async -> [(judge: Candidate, engine: EngineFacts)] {
        var facts: [(Candidate, EngineFacts)] = []
        for (judge, session) in sessions {
            facts.append((judge, await session.close()))
            if facts.last?.1.details?.repeatsKey == true {
                Console.say("warning: \(Warnings.repeatedKey(by: judge.id))")
            }
        }
        return facts
    }
}
