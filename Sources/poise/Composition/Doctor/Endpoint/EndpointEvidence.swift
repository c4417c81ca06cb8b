import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner

/// What came back of all questions, and what it shows.
struct EndpointEvidence: Sendable {
    typealias Reply = EndpointQuestions.Reply

    let first: Reply
    let ready: Response
    let capped: Reply
    let counted: [Reply]
    let same: [Reply]
    let other: Reply
    let facts: EngineFacts
    let api: EndpointAPI
    let trials: Int

    /// In the order in which they stand in the report.
    var findings: [Finding] {
        [
            SimulatedCheck.finding(facts), AnswerCheck.finding(answer), template,
            ThinkingCheck.finding(answers: answers, hasReasoning: responses.contains { !$0.reasoning.isEmpty }),
            StreamCheck.finding(longest.flatMap { StreamCheck.Shape($0) }),
            UsageCheck.finding(ready.report, source: TrialMetrics(ready).outputTokensSource), tokenCap, seed,
            RepeatCheck.finding(texts: counted.compactMap { $0.response.map(Self.text) }), keepAlive, clock,
            RateLimitCheck.finding(RateLimitCheck.Limits(headers), trials: trials),
        ]
    }

    private var replies: [Reply] { [first, capped] + counted + same + [other] }
    private var responses: [Response] { replies.compactMap(\.response) }
    private var answers: [String] { responses.map(\.answer).filter { !$0.isEmpty } }
    private var headers: HTTPHeaders { replies.last { $0.response != nil }?.exchange?.headers ?? HTTPHeaders() }

    /// The response with most chunks, in which most can be seen.
    private var longest: Response? {
        counted.compactMap(\.response).max { $0.timeline.coalescing.chunks < $1.timeline.coalescing.chunks } ?? ready
    }

    /// Thinking is drawn by the seed, too.
    private static func text(_ response: Response) -> String { response.reasoning + response.answer }

    private var answer: AnswerCheck.Outcome {
        let metrics = TrialMetrics(ready)
        if ready.answer.isEmpty, !ready.reasoning.isEmpty { return .onlyThought(tokens: metrics.outputTokens) }
        return .answered(ready.answer, ttft: metrics.ttft)
    }

    private var template: Finding {
        // A legacy completion goes on with what it is given, and has no turns.
        guard api != .completions else { return TemplateCheck.skipped("completions have none") }
        let isLlamaCpp = facts.build?.contains("llama") ?? false
        return TemplateCheck.finding(
            answers: answers,
            engineHasTemplate: facts.details?.templateSHA256 != nil || facts.modelFile?.templateSHA256 != nil
                ? true : isLlamaCpp ? false : nil)
    }

    private var tokenCap: Finding {
        guard let response = capped.response else { return TokenCapCheck.skipped(Self.reason(capped)) }
        return TokenCapCheck.finding(
            cap: EndpointQuestions.cap, tokens: TrialMetrics(response).outputTokens, reason: response.finishReason,
            uncut: counted.first?.response.flatMap { TrialMetrics($0).outputTokens })
    }

    private var seed: Finding {
        let texts = same.compactMap { $0.response.map(Self.text) }
        if texts.count < 2, let failed = same.first(where: { $0.failure != nil }) {
            return SeedCheck.skipped(Self.reason(failed))
        }
        return SeedCheck.finding(texts: texts, other: other.response.map(Self.text))
    }

    private static func reason(_ reply: Reply) -> String {
        "it was not answered: \(reply.failure?.message ?? "nothing came")"
    }

    private var keepAlive: Finding {
        let later = replies.dropFirst().compactMap(\.exchange)
        return KeepAliveCheck.finding(opened: later.count { $0.openedConnections > 0 }, requests: later.count)
    }

    private var clock: Finding {
        let took = (first.exchange?.ended).flatMap { end in first.exchange.map { (end - $0.started).seconds } } ?? 0
        return ServerClockCheck.finding(
            ahead: (first.exchange?.headers).flatMap {
                Wall.ahead($0, received: first.wallTime, took: took)
            })
    }
}
