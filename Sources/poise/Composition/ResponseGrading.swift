import Foundation
import PoiseCore
import PoiseStore
import PoiseSuite

/// Grades responses that were made elsewhere: `poise grade TASK.yaml --responses FILE`.
struct ResponseGrading {
    let task: EvaluationTask
    let judges: [Candidate]
    /// What named them; the folder one stands in where nothing did.
    let judgesFile: String
    /// Whether generated code is run without a sandbox, because the user said so.
    let isUnsafe: Bool
    /// Where progress goes.
    let errors: Terminal

    /// Prints one line of JSON for each response, in their order.
    func grade(_ lines: [ResponsesReader.Line]) async throws {
        let graders = try TaskGraders(tasks: [task], judges: judges)
        let samples = Dictionary(task.samples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var jobs: [GradingSession.Job] = []
        for (index, line) in lines.enumerated() {
            guard let text = line.response, let sample = samples[line.sample] else { continue }
            let response = Response(answer: text, finishReason: nil, report: ServerReport(), timeline: Timeline())
            for (position, grader) in (graders.graders[task.name] ?? []).enumerated() {
                jobs.append(
                    GradingSession.Job(
                        trial: Int64(index), position: position, response: response, sample: sample, grader: grader))
            }
        }
        let scores = try await perform(jobs)
        var text = ""
        for (index, line) in lines.enumerated() {
            let own = (scores[Int64(index)] ?? []).sorted { $0.position < $1.position }.map(\.score)
            text += ScoreLine(sample: line.sample, scores: own, isPrivate: task.isPrivate).text + "\n"
        }
        if task.isPrivate { PrivateTasks.sayLeftOut(lines.count, "response", of: [task.name]) }
        if !text.isEmpty { Console.result(text, as: .json) }
    }

    private func perform(_ jobs: [GradingSession.Job]) async throws -> [Int64: [RunStore.ScoreUpdate]] {
        let (updates, _) = try await GradingWork.once(
            judges: judges, near: judgesFile, judging: jobs.contains(where: \.grader.asksJudge), isUnsafe: isUnsafe,
            errors: errors
        ) { try await $0.grade(jobs) }
        if updates.count < jobs.count { throw Exit.interrupted }
        return Dictionary(grouping: updates, by: \.trial)
    }
}

/// One line of what `--responses` gives: the first grader's score, the others beside it.
struct ScoreLine: Hashable {
    let sample: String
    /// In the order of the task's graders; empty where there was no response.
    let scores: [GraderScore]
    /// Whether it holds the values alone.
    var isPrivate = false

    /// Compact JSON; `status` is scored or unscored, and `value` null where it is unscored.
    var text: String {
        var members =
            scores.first.map(members) ?? [
                "value": .null, "answer": .null, "status": .string("unscored"),
                "explanation": .string("no response came"),
            ]
        members["id"] = .string(sample)
        if scores.count > 1 {
            members["beside"] = .array(
                scores.dropFirst().map { score in
                    var members = self.members(score)
                    members["grader"] = .string(score.grader)
                    return .object(members)
                })
        }
        return JSONValue.object(members).text
    }

    private func members(_ score: GraderScore) -> [String: JSONValue] {
        var members = self.members(score.score)
        if !score.criteria.isEmpty {
            members["criteria"] = .array(
                score.criteria.map { criterion in
                    var members = self.members(criterion.score)
                    members["name"] = .string(criterion.name)
                    members["weight"] = .number(criterion.weight)
                    return .object(members)
                })
        }
        return members
    }

    private func members(_ score: Score) -> [String: JSONValue] {
        func shown(_ text: String) -> JSONValue { isPrivate ? .null : .string(text) }
        return switch score {
        case .scored(let value, let answer, let explanation):
            [
                "value": .number(value), "answer": shown(answer), "explanation": shown(explanation),
                "status": .string("scored"),
            ]
        case .unscored(let reason):
            ["value": .null, "answer": .null, "explanation": shown(reason), "status": .string("unscored")]
        }
    }
}
