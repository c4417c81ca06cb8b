import GRDB
import PoiseCore
import PoiseReport
import PoiseStore
import Testing

@testable import poise

struct SceneAssemblyTests {
    /// Two candidates: `good` is always right, `bad` on even samples only.
    private func stored(_ samples: Int = 4) async throws -> (RunStore, MeasuredRun, Workplace) {
        let workplace = try Workplace()
        let store = try RunStore(path: database(in: workplace), creating: true)
        let plan = MeasuredRuns.plan(candidates: ["bad", "good"], samples: samples, rounds: 2)
        let record = MeasuredRuns.run("r", plan: plan).record
        try await store.begin(record, plan: plan)
        for round in 1...2 {
            for candidate in ["bad", "good"] {
                for index in 0..<samples {
                    let isRight = candidate == "good" || index.isMultiple(of: 2)
                    try await store.record(trial(candidate, "s\(index)", round, isRight), in: record.id)
                }
            }
        }
        return (store, try await MeasuredRun.load(record, .front, from: store), workplace)
    }

    private func database(in workplace: Workplace) -> String { "\(workplace.path)/run.sqlite" }

    private func trial(_ candidate: String, _ sample: String, _ round: Int, _ isRight: Bool) -> Trial {
        let answer = "the key is abc-123, round \(round)"
        let count = answer.unicodeScalars.count
        let response = Response(
            answer: answer, finishReason: "stop", report: ServerReport(),
            timeline: Timeline(
                chunks: (0..<count).map {
                    Timeline.Chunk(microseconds: 5000 + Int64($0) * 1000, kind: .answer, characters: 1)
                }))
        return Trial(
            key: TrialKey(candidate: candidate, task: "t", sample: sample, epoch: 1, load: 1, round: round),
            attempts: [Attempt(request: "{}", outcome: .responded(response))], timeToDone: .milliseconds(50),
            scores: [
                GraderScore(
                    grader: "exact", score: .scored(value: isRight ? 1 : 0, answer: "abc-123", explanation: ""))
            ])
    }

    private func scenes(
        _ transcripts: PageOptions.Transcripts, redact: @escaping @Sendable (String) -> String = { $0 }
    ) async throws -> [Scene] {
        let (store, run, workplace) = try await stored()
        let content = try await ReportAssembly.content(of: [run.record], in: store)
        let scenes = try await SceneAssembly.scenes(
            of: [run], content, PageDetail(), PageOptions(transcripts: transcripts), redact: redact, in: store)
        withExtendedLifetime(workplace) {}
        return scenes
    }

    @Test func `the first round of a sample where candidates part is replayed, who is most right first`() async throws {
        let scene = try #require(try await scenes(.all).first)
        #expect(scene.sample == "s1" && scene.question == "1" && scene.load == 1)
        #expect(scene.takes.map(\.candidate) == ["good", "bad"])
        #expect(scene.takes.map(\.score) == [1, 0])
        #expect(scene.takes[0].passages.map(\.text) == ["the key is abc-123, round 1"])
        // The 18th character ends the answer that was read.
        #expect(scene.takes[0].completeAt == 17 && scene.takes[1].completeAt == nil)
    }

    @Test func `only what somebody failed leaves the database where only failures may`() async throws {
        #expect(try await scenes(.failures).map(\.sample) == ["s1"])
        #expect(try await scenes(.none).isEmpty)
    }

    @Test func `no text leaves without being redacted`() async throws {
        let scene = try #require(
            try await scenes(.all) { $0.replacing("abc-123", with: "[key]").replacing("1", with: "#") }.first)
        #expect(scene.question == "#")
        #expect(scene.takes.flatMap(\.passages).map(\.text) == Array(repeating: "the key is [key], round #", count: 2))
        #expect(scene.takes[0].completeAt == 17)
        #expect(scene.takes[0].chunks.reduce(0) { $0 + $1.characters } == 25)
    }

    @Test func `a stream that is damaged takes its candidate out of the scene, not the page`() async throws {
        let (store, run, workplace) = try await stored(1)
        let content = try await ReportAssembly.content(of: [run.record], in: store)
        try await DatabaseQueue(path: database(in: workplace)).write { db in
            try db.execute(sql: "UPDATE trial SET timeline = x'01ff' WHERE candidate = 'bad'")
        }
        let scenes = try await SceneAssembly.scenes(
            of: [run], content, PageDetail(), PageOptions(), redact: { $0 }, in: store)
        #expect(scenes.map { $0.takes.map(\.candidate) } == [["good"]])
        withExtendedLifetime(workplace) {}
    }
}
