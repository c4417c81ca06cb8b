import PoiseCore
import Testing

@Suite struct TrialTests {
    private let key = TrialKey(candidate: "a", task: "add", sample: "s", epoch: 1, load: 1, round: 1)
    private let response = Response(
        answer: "3", finishReason: "stop", report: ServerReport(),
        timeline: Timeline(chunks: [.init(microseconds: 5000, kind: .answer, characters: 1)])
    )

    private func trial(_ outcomes: [Attempt.Outcome], scores: [GraderScore] = []) -> Trial {
        Trial(
            key: key, attempts: outcomes.map { Attempt(request: "{}", outcome: $0) }, timeToDone: .seconds(9),
            scores: scores
        )
    }

    @Test func `the last attempt counts and the failed ones before it are in no latency`() {
        let failure = RequestFailure(kind: .serverError, message: "down", status: 503)
        let trial = trial([.failed(failure), .responded(response)])
        #expect(trial.response == response)
        #expect(trial.failure == nil)
        #expect(trial.metrics?.ttft == 5)
        #expect(trial.metrics?.latency == 5)
    }

    @Test func `a trial that failed has no numbers and no score, and one without a request failed`() {
        let failure = RequestFailure(kind: .timedOut, message: "too slow")
        #expect(trial([.failed(failure)]).failure == failure)
        #expect(trial([.failed(failure)]).metrics == nil)
        #expect(trial([]).failure?.kind == .notSent)
        #expect(trial([]).score == nil)
    }

    @Test func `the first grader's score decides`() {
        let first = Score.unscored(reason: "no number")
        let scores = [
            GraderScore(grader: "number", score: first),
            GraderScore(grader: "regex", score: .scored(value: 1, answer: "3", explanation: "")),
        ]
        #expect(trial([.responded(response)], scores: scores).score == first)
        #expect(first.value == nil)
    }

    @Test func `a response is empty only without answer, reasoning and tool calls`() {
        func isEmpty(_ answer: String, _ reasoning: String, _ toolCalls: String) -> Bool {
            Response(
                answer: answer, reasoning: reasoning, toolCalls: toolCalls, finishReason: nil, report: ServerReport(),
                timeline: Timeline()
            ).isEmpty
        }
        #expect(isEmpty("", "", ""))
        #expect(!isEmpty("a", "", "") && !isEmpty("", "a", "") && !isEmpty("", "", "a"))
    }

    @Test(
        arguments: [
            (RequestFailure.Kind.rateLimited, 429, true), (.serverError, 503, true), (.serverError, 501, false),
            (.brokenOff, nil, true), (.unauthorized, 401, false), (.rejected, 400, false), (.interrupted, nil, false),
        ] as [(RequestFailure.Kind, Int?, Bool)])
    func `only what may pass by itself is worth a retry`(kind: RequestFailure.Kind, status: Int?, isWorth: Bool) {
        #expect(RequestFailure(kind: kind, message: "", status: status).isWorthRetrying == isWorth)
    }
}
