import Foundation
import PoiseClient
import PoiseCore
import PoiseGrading
import PoiseReport
import PoiseRunner

/// Asks one candidate or judge as a run would, and says what that shows.
struct EndpointExamination: Sendable {
    let candidate: Candidate
    let host: LocalHost
    /// Trials that the suite will ask of it.
    let trials: Int
    /// How long a request may wait for its first token.
    let limit: Duration
    /// What a judge is asked for the form of its grades; nil of a candidate.
    var judged: JudgedQuestion?
    var isJudge = false

    func findings() async -> [Finding] {
        switch candidate.serving {
        case .managed(let engine): await findings(of: engine)
        case .endpoint(let endpoint): await findings(of: endpoint)
        }
    }

    // MARK: What Poise serves

    private func findings(of engine: ManagedEngine) async -> [Finding] {
        let opened = await TimeLimit.run(limit * 12) { await open() }
        switch opened {
        case nil: return [EngineStartCheck.finding(.timedOut(limit * 12))]
        case .failure(let refusal):
            return [EngineStartCheck.finding(.failed(what: refusal.what, remedy: refusal.remedy))]
        case .success(let session):
            let findings = await asked(session)
            _ = await session.close()
            return [EngineStartCheck.finding(.started(milliseconds: session.facts.loadTime))] + findings
        }
    }

    // MARK: What is there already

    private func findings(of endpoint: Endpoint) async -> [Finding] {
        switch await open() {
        case .failure(let refusal): return [AnswerCheck.finding(.notOpened(what: refusal.what, remedy: refusal.remedy))]
        case .success(let session):
            let url = EndpointFacts.Page.models.url(besides: endpoint.baseURL)
            let (exchange, body) = await session.client.visit(url, opensConnection: true, patience: limit)
            // Whatever came, or did not, after the connection stood is the next check's.
            guard exchange.connect != nil || exchange.failure == nil else {
                return [ConnectionCheck.finding(exchange.failure.map { .failed($0) } ?? .stood(nil))]
            }
            let list = exchange.status == 200 ? Self.models(in: body) : nil
            return [
                ConnectionCheck.finding(.stood(exchange.phases)),
                ModelListCheck.finding(endpoint.model, listed: list),
            ] + (await asked(session))
        }
    }

    private struct Refusal: Error {
        let what: String
        let remedy: String?
    }

    private func open() async -> Result<any ChatSession, Refusal> {
        do {
            return .success(try await host.openChat(candidate, round: 1, slots: 1))
        } catch let error as any ExplainedError {
            return .failure(Refusal(what: error.what, remedy: error.remedy))
        } catch {
            return .failure(Refusal(what: error.localizedDescription, remedy: nil))
        }
    }

    /// The names in OpenAI's list; nil where it is none.
    private static func models(in body: [UInt8]) -> [String]? {
        (try? JSONValue(parsing: Data(body)))?["data"]?.array?.compactMap { $0["id"]?.string }
    }

    // MARK: The questions

    private func asked(_ session: any ChatSession) async -> [Finding] {
        let questions = EndpointQuestions(client: session.client, sampling: candidate.sampling)
        let first = await questions.ready()
        guard let ready = first.response else {
            // One that gives no answer to the first question is not asked the others.
            return [AnswerCheck.finding(.failed(first.failure ?? .stopped))]
        }
        let capped = await questions.capped()
        let counted = [await questions.counted(), await questions.counted()]
        let (same, other) = await questions.drawn()
        let evidence = EndpointEvidence(
            first: first, ready: ready, capped: capped, counted: counted, same: same, other: other,
            facts: session.facts, api: Self.api(of: candidate), trials: trials)
        return evidence.findings + (await grades(session))
    }

    private static func api(of candidate: Candidate) -> EndpointAPI {
        if case .endpoint(let endpoint) = candidate.serving { endpoint.connection?.api ?? .chat } else { .chat }
    }

    private func grades(_ session: any ChatSession) async -> [Finding] {
        guard isJudge else { return [] }
        guard let judged else { return [JudgeFormatCheck.finding(.nothingAsked)] }
        let judge = SessionJudge(candidate, session: session)
        let outcome = await TimeLimit.run(limit * 6) { await judged.asked(of: judge) }
        return [outcome.map(JudgeFormatCheck.finding) ?? JudgeFormatCheck.timedOut(after: limit * 6, "Ask it by hand.")]
    }
}

/// A rubric's question about a response, for the form of the reply alone.
struct JudgedQuestion: Sendable {
    let rubric: RubricDefinition
    let criterion: String
    let sample: Sample

    /// The first of a suite; nil where no rubric asks judges.
    init?(_ tasks: [EvaluationTask]) {
        for task in tasks {
            for case .rubric(let rubric) in task.graders {
                guard let question = rubric.questions.first, let sample = task.samples.first else { continue }
                self.rubric = rubric
                criterion = question.criterion
                self.sample = sample
                return
            }
        }
        return nil
    }

    func asked(of judge: any Judge) async -> JudgeFormatCheck.Outcome {
        do {
            let judging = try LabelledJudging(criterion, of: rubric, repeats: 1, panel: JudgePanel(judges: [judge]))
            // What the sample itself accepts, so that the judge has something to say of it.
            let result = await judging.judge(sample.target.first ?? "ready", of: sample)
            guard let grade = result.grade else { return .ungraded(reason: result.failure ?? "it gave no grade") }
            return .graded(grade, criterion: criterion, rubric: rubric.name)
        } catch {
            return .ungraded(reason: error.localizedDescription)
        }
    }
}
