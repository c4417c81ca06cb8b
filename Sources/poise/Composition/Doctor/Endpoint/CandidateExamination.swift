import Foundation
import PoiseClient
import PoiseCore
import PoiseReport

/// The suite's candidates and judges: each distinct endpoint and model, and each distinct file of weights, once.
struct CandidateExamination: Sendable {
    let plan: Plan?
    let host: LocalHost
    /// Whether there is something that serves files of weights.
    let hasEngine: Bool
    let settings: Doctor.Settings

    /// Larger files are only served where that is asked for.
    static let largestUnasked: Int64 = 1_000_000_000

    func groups(say: @Sendable (String) -> Void) async throws -> [FindingGroup] {
        guard let plan else { return [] }
        let parties = Self.parties(plan.candidates, isJudge: false) + Self.parties(plan.judges, isJudge: true)
        let trials = plan.trialsPerPass * plan.loads.count * plan.rounds
        let question = JudgedQuestion(plan.tasks)
        let requests =
            settings.isOffline
            ? ""
            : " (\(EndpointQuestions.count) tiny requests, at most \(EndpointQuestions.mostTokens) output tokens)"
        var groups: [FindingGroup] = []
        for (number, party) in parties.enumerated() {
            try Task.checkCancellation()
            say("candidate \(number + 1)/\(parties.count)\(requests): \(party.title)")
            groups.append(
                FindingGroup(
                    title: party.title, findings: await findings(party, trials: trials, question: question),
                    isOneOfMany: parties.count > 1))
        }
        return groups
    }

    /// Candidates that are served by one and the same.
    struct Party: Hashable, Sendable {
        let candidate: Candidate
        let title: String
        let count: Int
        let isJudge: Bool
    }

    /// In the suite's order.
    static func parties(_ candidates: [Candidate], isJudge: Bool) -> [Party] {
        var order: [String] = []
        var members: [String: [Candidate]] = [:]
        for candidate in candidates {
            let key = Self.key(candidate.serving)
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(candidate)
        }
        return order.compactMap { key in
            guard let all = members[key], let first = all.first else { return nil }
            let names = all.count > 2 ? "\(first.id) and \(all.count - 1) more" : Numbers.list(all.map(\.id))
            let place =
                switch first.serving {
                case .managed(let engine):
                    "\(engine.engine.rawValue), \(URL(fileURLWithPath: engine.file).lastPathComponent)"
                case .endpoint(let endpoint): "\(endpoint.model) at \(endpoint.baseURL)"
                }
            return Party(
                candidate: first, title: "\(isJudge ? "Judge " : "")\(names): \(place)", count: all.count,
                isJudge: isJudge)
        }
    }

    private static func key(_ serving: Serving) -> String {
        switch serving {
        case .managed(let engine): "file \(engine.file)"
        case .endpoint(let endpoint): "endpoint \(endpoint)"
        }
    }

    private func findings(_ party: Party, trials: Int, question: JudgedQuestion?) async -> [Finding] {
        var findings: [Finding] = []
        if case .managed(let engine) = party.candidate.serving {
            do throws(ModelFile.Failure) {
                let outline = try ModelFile.outline(of: engine.file)
                findings.append(
                    WeightsCheck.finding(
                        .read(
                            bytes: outline.bytes, architecture: outline.architecture, type: outline.fileType,
                            hasTemplate: outline.hasTemplate), file: engine.file))
                if !hasEngine { return findings + [EngineStartCheck.skipped("no engine was found (see Installation)")] }
                if outline.bytes > Self.largestUnasked, !settings.startsLargeEngines {
                    return findings + [EngineStartCheck.finding(.tooLarge(outline.bytes))]
                }
            } catch {
                return [WeightsCheck.finding(.unreadable(what: error.what, remedy: error.remedy), file: engine.file)]
            }
        }
        if settings.isOffline { return findings + [AnswerCheck.skipped("not asked: --offline")] }
        let examination = EndpointExamination(
            candidate: party.candidate, host: host, trials: trials * party.count, limit: settings.limit,
            judged: question, isJudge: party.isJudge)
        return findings + (await examination.findings())
    }
}
