import PoiseCore
import Testing

@testable import PoiseSimulator

/// The plan of a response to "Hello" that asks to be streamed.
func plan(
    _ schedule: SimulatorSchedule = .init(answer: .text("one two three four")), faults: [SimulatorFault] = [],
    maxTokens: Int? = nil, stream: Bool = true, wantsUsage: Bool = false, number: Int = 1, as dialect: Dialect = .chat
) -> ResponsePlan {
    ResponsePlan(
        for: ChatRequest(
            dialect: dialect, model: "m", prompt: "Hello", promptBytes: 40, isStream: stream, wantsUsage: wantsUsage,
            maxTokens: maxTokens),
        number: number, texts: SimulatedTexts(schedule), configuration: .init(schedule: schedule), faults: faults)
}

struct ResponsePlanTests {
    @Test func `a stream is role, thinking, answer, finish, usage, end`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(10), interTokenGap: .milliseconds(2), closingDelay: .milliseconds(7),
            reasoningTokens: 1, answer: .text("one two"))
        let plan = plan(schedule, wantsUsage: true)
        #expect(
            plan.steps.map(\.event) == [
                .role, .reasoning(0..<1), .answer(0..<1), .answer(1..<2), .finish, .usage, .done,
            ])
        #expect(plan.steps.map(\.offset) == [0, 10, 12, 14, 21, 21, 21].map { .milliseconds($0) })
    }

    @Test func `role and usage are sent or not as the schedule says`() {
        #expect(
            plan(.init(roleChunk: false, answer: .text("x"))).steps.map(\.event) == [.answer(0..<1), .finish, .done])
        #expect(plan(.init(usageChunk: .always)).steps.contains { $0.event == .usage })
        #expect(!plan(.init(usageChunk: .never), wantsUsage: true).steps.contains { $0.event == .usage })
        #expect(plan(.init(), stream: false).hasUsage)
        #expect(!plan(.init(usageChunk: .never), stream: false).hasUsage)
    }

    @Test(arguments: [(0, 0, 0), (2, 2, 0), (3, 3, 0), (5, 3, 2), (7, 3, 4), (9, 3, 4)])
    func `the token limit cuts the thinking first and says so`(limit: Int, reasoning: Int, answer: Int) {
        let plan = plan(.init(reasoningTokens: 3, answer: .text("one two three four")), maxTokens: limit)
        #expect(plan.reasoning.count == reasoning)
        #expect(plan.answer.count == answer)
        #expect(plan.finishReason == (limit < 7 ? "length" : "stop"))
    }

    @Test func `the token limit can be ignored`() {
        let schedule = SimulatorSchedule(answer: .text("one two three four"))
        let plan = ResponsePlan(
            for: ChatRequest(model: nil, prompt: "", promptBytes: 0, isStream: true, wantsUsage: false, maxTokens: 1),
            number: 1, texts: SimulatedTexts(schedule),
            configuration: .init(schedule: schedule, models: ["listed"], honoursMaxTokens: false), faults: [])
        #expect(plan.completionTokens == 4)
        #expect(plan.finishReason == "stop")
        #expect(plan.model == "listed")
    }

    @Test func `an empty answer ends at the time of its first token`() {
        let plan = plan(.init(timeToFirstToken: .milliseconds(9), roleChunk: false, answer: .nothing))
        #expect(plan.steps.map(\.event) == [.finish, .done])
        #expect(plan.steps.allSatisfy { $0.offset == .milliseconds(9) })
    }

    @Test func `a response that trickles is whole, each event so much later than the one before`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(10), interTokenGap: .milliseconds(5), answer: .text("one two"))
        let (sound, slow) = (plan(schedule), plan(schedule, faults: [.drip(milliseconds: 100)]))
        #expect(slow.steps.map(\.event) == sound.steps.map(\.event))
        #expect(sound.steps.map(\.offset) == [0, 10, 15, 15, 15].map { .milliseconds($0) })
        #expect(slow.steps.map(\.offset) == [100, 210, 315, 415, 515].map { .milliseconds($0) })
    }

    @Test func `a whole response comes when its stream would have ended`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(10), interTokenGap: .milliseconds(5), closingDelay: .milliseconds(1),
            answer: .text("one two three"))
        #expect(plan(schedule, stream: false).steps == [.init(event: .whole, nanoseconds: 21_000_000)])
        #expect(plan(schedule, faults: [.ignoresStream]).isStream == false)
    }

    @Test func `cached tokens are never more than the prompt has`() {
        #expect(plan(.init(cachedTokens: 4)).cachedTokens == 4)
        #expect(plan(.init(cachedTokens: 400)).cachedTokens == 10)
    }

    @Test(arguments: [0, 1, 4, 5, 1000])
    func `a cut counts the chunks with tokens`(chunks: Int) {
        for fault in [
            SimulatorFault.close(afterChunks: chunks), .reset(afterChunks: chunks), .stall(afterChunks: chunks),
        ] {
            let plan = plan(faults: [fault])
            #expect(plan.steps.count(where: \.bearsTokens) == min(chunks, 4))
            #expect(plan.steps.first?.event == .role)
            #expect(!plan.steps.contains { $0.event == .finish || $0.event == .done })
            #expect(plan.ending != .complete)
        }
    }

    @Test func `what is inserted stands after its chunks`() {
        let events = plan(faults: [.malformed(afterChunks: 3)]).steps.map(\.event)
        #expect(events.firstIndex(of: .malformed) == 4)
        #expect(events.count == 8)
        let failing = plan(faults: [.error(afterChunks: 1)]).steps.map(\.event)
        #expect(failing == [.role, .answer(0..<1), .error, .done])
        #expect(plan(faults: [.error(afterChunks: 9)]).steps.last?.event == .done)
    }

    @Test func `a huge event comes before the first token and in its instant`() {
        let schedule = SimulatorSchedule(timeToFirstToken: .milliseconds(5), answer: .text("one two"))
        let plan = plan(schedule, faults: [.huge(bytes: 50)])
        #expect(plan.steps.map(\.event) == [.role, .huge(bytes: 50), .answer(0..<1), .answer(1..<2), .finish, .done])
        #expect(plan.steps[1].offset == .milliseconds(5))
    }

    @Test func `an endless stream repeats its answer at its pace, whatever the limit`() {
        let schedule = SimulatorSchedule(interTokenGap: .milliseconds(2), roleChunk: false, answer: .text("one two"))
        let plan = plan(schedule, faults: [.endless], maxTokens: 1)
        #expect(plan.steps.map(\.event) == [.answer(0..<1), .answer(1..<2)])
        #expect(plan.step(2) == .init(event: .answer(0..<1), nanoseconds: 4_000_000))
        #expect(plan.step(1_000_001) == .init(event: .answer(1..<2), nanoseconds: 2_000_002_000_000))
        let paceless = ResponsePlanTests.endless(.init(answer: .nothing))
        #expect(paceless.repeated?.gap == 1_000_000)
        #expect(paceless.step(10_000) != nil)
        #expect(ResponsePlanTests.endless(.init(), stream: false).repeated == nil)
    }

    private static func endless(_ schedule: SimulatorSchedule, stream: Bool = true) -> ResponsePlan {
        plan(schedule, faults: [.endless], stream: stream)
    }

    @Test func `lines of JSON have no comments, no role and no usage of their own`() {
        let plan = plan(faults: [.comments], wantsUsage: true, as: .ollama)
        #expect(plan.steps.map(\.event) == (0..<4).map { .answer($0..<($0 + 1)) } + [.done])
        #expect(plan.hasUsage)
    }

    @Test func `coalescing delays events and never hurries one`() {
        let schedule = SimulatorSchedule(interTokenGap: .milliseconds(1), tokens: 50)
        let before = plan(schedule).steps
        let after = plan(schedule, faults: [.coalesced(events: 4)]).steps
        #expect(before.map(\.event) == after.map(\.event))
        #expect(zip(before, after).allSatisfy { $0.offset <= $1.offset })
        #expect(after.enumerated().allSatisfy { $1.joinsPrevious == ($0 % 4 != 0) })
    }
}
