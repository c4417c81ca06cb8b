import PoiseCore
import PoiseStore
import Testing

@Suite struct TranscriptQueriesTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
    }

    private var run: String { Fixture.run().id }

    private func scored(_ value: Double) -> Score { .scored(value: value, answer: "3", explanation: "so") }

    @Test func `samples are tallied over their repeats, at one load and without warm-up`() async throws {
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        try await store.record(
            [
                Fixture.trial(Fixture.key(isWarmup: true)),
                // The second round is stored before the first, as it may be where a run was joined.
                Fixture.trial(Fixture.key(round: 2), score: scored(0)),
                Fixture.trial(Fixture.key(round: 1), score: scored(1)),
                Fixture.trial(Fixture.key(load: 4), score: scored(1)),
                Fixture.failed(Fixture.key("b@q4_0")),
                Fixture.trial(Fixture.key("b@q4_0", round: 2), score: .unscored(reason: "no judge")),
                Fixture.trial(Fixture.key("b@q4_0", sample: "add-2"), score: scored(0.5)),
            ], in: run)
        let tallies = try await store.sampleTallies(of: run, at: 1)
        #expect(tallies.candidates == ["a", "b@q4_0"])
        #expect(tallies.samples.map(\.sample) == ["add-1", "add-2"])
        let first = try #require(tallies.tally(ofCandidate: 0, sample: 0))
        #expect(first.repeats == 2 && first.scored == 2 && first.right == 1 && first.sum == 1 && first.failed == 0)
        let texts = try await store.texts(of: [first.trial])
        #expect(texts.first?.scores.first?.score.value == 1)
        let second = try #require(tallies.tally(ofCandidate: 1, sample: 0))
        #expect(second.repeats == 2 && second.failed == 1 && second.scored == 0)
        #expect(tallies.tally(ofCandidate: 1, sample: 1)?.right == 1)
        #expect(tallies.tally(ofCandidate: 0, sample: 1) == nil)
        #expect(try await store.sampleTallies(of: "nobody", at: 1).samples.isEmpty)
    }

    @Test func `texts come with what graders and judges wrote, and failures with their reason`() async throws {
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        var judged = Fixture.trial(Fixture.key())
        judged.scores = [
            GraderScore(
                grader: "verdict", score: scored(1),
                criteria: [CriterionScore(name: "right", weight: 1, score: scored(1))],
                judgements: [
                    Judgement(
                        criterion: "right", judge: "arbiter", repetition: 1, attempt: 1, request: "{}",
                        reply: "It is. GRADE: C", grade: "C", failure: nil)
                ])
        ]
        try await store.record([judged, Fixture.failed(Fixture.key("b@q4_0"))], in: run)
        let tallies = try await store.sampleTallies(of: run, at: 1)
        let trials = [1, 0].compactMap { tallies.tally(ofCandidate: $0, sample: 0)?.trial }
        let texts = try await store.texts(of: trials + [4711])
        #expect(texts.count == 2 && texts.map(\.trial) == trials)
        #expect(texts[0].failure == StoredTrial.Failure(kind: "timedOut", message: "it took too long"))
        #expect(texts[0].responses.isEmpty && texts[0].scores.isEmpty)
        #expect(texts[1].responses.map(\.answer) == ["3"] && texts[1].ttft == 5 && texts[1].latency == 14)
        #expect(texts[1].finishReason == "stop" && texts[1].failure == nil)
        let score = try #require(texts[1].scores.first)
        #expect(score.score == scored(1) && score.criteria.map(\.name) == ["right"])
        #expect(score.judgements.map(\.reply) == ["It is. GRADE: C"] && score.judgements.first?.request == "")
    }

    @Test func `of a chain the last response to each turn comes`() async throws {
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        func exchange(_ turn: Int, _ answer: String) -> Exchange {
            Exchange(
                turn: turn, started: .zero, timeToDone: .milliseconds(1), request: "{}",
                response: Fixture.response(answer))
        }
        let exchanges = [exchange(1, "look"), exchange(1, "one"), exchange(2, "two")]
        try await store.record(
            [
                Trial(
                    key: Fixture.key(),
                    attempts: exchanges.map { Attempt(request: "{}", outcome: .responded($0.response)) },
                    timeToDone: .milliseconds(9), exchanges: exchanges)
            ], in: run)
        let tallies = try await store.sampleTallies(of: run, at: 1)
        let trial = try #require(tallies.tally(ofCandidate: 0, sample: 0)?.trial)
        #expect(try await store.texts(of: [trial]).first?.responses.map(\.answer) == ["one", "two"])
    }
}
