import PoiseCore
import Testing

@testable import PoiseReport

struct TakeRecordingTests {
    private func timeline(_ chunks: [(Int64, Timeline.Kind, Int)]) -> Timeline {
        Timeline(
            chunks: chunks.map { Timeline.Chunk(microseconds: $0.0, kind: $0.1, characters: $0.2) })
    }

    private func trial(_ response: Response?, score: Double? = 1, exchanges: [Exchange] = []) -> StoredTrial {
        StoredTrial(
            run: "r", key: TrialKey(candidate: "a", task: "t", sample: "s", epoch: 1, load: 1, round: 1), model: "a",
            response: response, score: score, timeToDone: 0, exchanges: exchanges)
    }

    private func recorded(
        _ response: Response, score: Double? = 1, answer: String = "", isCode: Bool = false, most: Int = 20_000,
        redact: @escaping (String) -> String = { $0 }
    ) -> Scene.Take? {
        Scene.Take(
            trial(response, score: score), answer: answer, isCode: isCode, mostCharacters: most, redact: redact)
    }

    private func response(_ answer: String, reasoning: String = "", _ timeline: Timeline) -> Response {
        Response(
            answer: answer, reasoning: reasoning, finishReason: "stop", report: ServerReport(), timeline: timeline)
    }

    @Test func `thinking stands before the answer, each with its chunks`() throws {
        let take = try #require(
            recorded(
                response(
                    "It is 4.", reasoning: "2+2",
                    timeline([
                        (900, .role, 0), (1000, .reasoning, 2), (2000, .reasoning, 1), (3500, .answer, 6),
                        (4000, .answer, 2), (4100, .usage, 0),
                    ])), answer: "4"))
        #expect(
            take.passages == [
                Scene.Passage(kind: .thinking, start: 0, text: "2+2"),
                Scene.Passage(kind: .prose, start: 3, text: "It is 4."),
            ])
        #expect(take.chunks.map(\.microseconds) == [1000, 2000, 3500, 4000])
        #expect(take.chunks.map(\.isThinking) == [true, true, false, false])
        #expect(take.chunks.map(\.characters) == [2, 1, 6, 2])
        #expect(take.completeAt == 3 && take.latency == 4 && take.leftOut == 0)
        #expect(take.decodedTokens == 3)
    }

    @Test func `thinking that comes again gets a passage of its own`() throws {
        let take = try #require(
            recorded(
                response(
                    "ab", reasoning: "xy",
                    timeline([(1, .reasoning, 1), (2, .answer, 1), (3, .reasoning, 1), (4, .answer, 1)]))))
        #expect(take.passages.map(\.text) == ["x", "a", "y", "b"])
        #expect(take.passages.map(\.start) == [0, 1, 2, 3])
    }

    @Test func `a wrong answer was never complete`() throws {
        let four = response("4", timeline([(1000, .answer, 1)]))
        #expect(try #require(recorded(four, score: 0, answer: "4")).completeAt == nil)
        #expect(try #require(recorded(four, score: nil, answer: "4")).completeAt == nil)
        #expect(try #require(recorded(four, score: 0.5, answer: "4")).completeAt == 0)
    }

    @Test func `code is code by its fences or by its task`() throws {
        let fenced = response("So\n```\nx\n```\n", timeline([(1000, .answer, 13)]))
        #expect(try #require(recorded(fenced, isCode: true)).passages.map(\.kind) == [.prose, .code])
        let bare = response("{}", timeline([(1000, .answer, 2)]))
        #expect(try #require(recorded(bare, isCode: true)).passages.map(\.kind) == [.code])
        #expect(try #require(recorded(bare)).passages.map(\.kind) == [.prose])
    }

    @Test func `what is redacted is nowhere, and the stream still adds up`() throws {
        let take = try #require(
            recorded(
                response(
                    "mail a@b.example now",
                    timeline([(1, .answer, 5), (2, .answer, 6), (3, .answer, 5), (4, .answer, 4)])),
                answer: "a@b.example", redact: { $0.replacing("a@b.example", with: "[e-mail]") }))
        #expect(take.passages.map(\.text) == ["mail [e-mail] now"])
        #expect(take.chunks.map(\.characters).reduce(0, +) == 17)
        // The moment is that of the text as it came.
        #expect(take.completeAt == 2)
    }

    @Test func `a long response is cut, and says by how much`() throws {
        let long = String(repeating: "x", count: 1_000_000)
        let chunks = (1...10_000).map { (Int64($0) * 1000, Timeline.Kind.answer, 100) }
        let take = try #require(recorded(response(long, timeline(chunks)), answer: "x"))
        #expect(take.passages.map { $0.text.count } == [20_000])
        #expect(take.chunks.count == 200 && take.leftOut == 980_000)
        #expect(take.completeAt == nil && take.latency == 10_000)
        // 199 gaps of a token each.
        #expect(take.decodedTokens == 199)
    }

    @Test func `a chain goes on where its next request was sent`() throws {
        func exchange(_ turn: Int, _ answer: String, at started: Int, attempts: Int = 1) -> Exchange {
            Exchange(
                turn: turn, attempts: attempts, started: .milliseconds(started), timeToDone: .milliseconds(20),
                request: "{}", response: response(answer, timeline([(5000, .answer, 1), (7000, .answer, 1)])))
        }
        let exchanges = [exchange(1, "ab", at: 700), exchange(2, "cd", at: 750, attempts: 2)]
        let take = try #require(
            Scene.Take(
                trial(Response(chain: exchanges), exchanges: exchanges), answer: "d", isCode: false,
                questions: ["First?", "Second?"], redact: { $0.uppercased() }))
        #expect(
            take.passages == [
                Scene.Passage(kind: .prose, start: 0, text: "AB"),
                Scene.Passage(kind: .asked, start: 2, text: "SECOND?"),
                Scene.Passage(kind: .prose, start: 2, text: "CD"),
            ])
        // The second attempt of the second request was sent 13 ms after the first.
        #expect(take.chunks.map(\.microseconds) == [5000, 7000, 68_000, 70_000])
        #expect(take.completeAt == 3 && take.latency == 70)
        #expect(SceneWords.turnStarts(take) == [0, 2])
    }

    @Test func `what came whole is one chunk, and what is empty is no take`() throws {
        let whole = Response(
            answer: "4", finishReason: nil, report: ServerReport(), timeline: Timeline(), isStreamed: false)
        #expect(try #require(recorded(whole)).chunks.map(\.characters) == [1])
        #expect(recorded(response("", timeline([(9, .role, 0)]))) == nil)
        #expect(Scene.Take(trial(nil), answer: "", isCode: false, redact: { $0 }) == nil)
    }

    @Test func `a scene that is too heavy lets go of its last takes, never of the first two`() throws {
        let one = try #require(recorded(response("0123456789", timeline([(1, .answer, 10)]))))
        let scene = Scene(
            task: "t", sample: "s", kind: .short, load: 1, question: "?", takes: Array(repeating: one, count: 5))
        #expect(scene.limited(to: 1_000_000) == scene)
        #expect(scene.limited(to: scene.size - 1).takes.count == 4)
        #expect(scene.limited(to: 1).takes.count == 2)
    }
}
