import Foundation
import PoiseSimulator
import Testing

struct SimulatorScheduleTests {
    @Test func `the same schedule and request number give the same chunks`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(50), interTokenGap: .milliseconds(10), jitter: .milliseconds(8), seed: 3)
        let again = schedule
        for request in 0..<20 {
            #expect(
                schedule.chunks(reasoning: 5, answer: 30, request: request)
                    == again.chunks(reasoning: 5, answer: 30, request: request))
        }
        #expect(
            schedule.chunks(reasoning: 0, answer: 9, request: 1) != schedule.chunks(reasoning: 0, answer: 9, request: 2)
        )
        var other = schedule
        other.seed = 4
        #expect(
            schedule.chunks(reasoning: 0, answer: 9, request: 1) != other.chunks(reasoning: 0, answer: 9, request: 1))
    }

    @Test func `each token has its instant`() {
        let schedule = SimulatorSchedule(timeToFirstToken: .milliseconds(50), interTokenGap: .milliseconds(10))
        let chunks = schedule.chunks(reasoning: 2, answer: 3, request: 1)
        #expect(chunks.map(\.offset) == [50, 60, 70, 80, 90].map { Duration.milliseconds($0) })
        #expect(chunks.map(\.isReasoning) == [true, true, false, false, false])
        #expect(chunks.map(\.tokens) == [0..<1, 1..<2, 0..<1, 1..<2, 2..<3])
    }

    @Test func `rounding does not add up over a long stream`() {
        let schedule = SimulatorSchedule(interTokenGap: .nanoseconds(3_333_333))
        let last = schedule.chunks(reasoning: 0, answer: 100_001, request: 1).last
        #expect(last?.offset == .nanoseconds(333_333_300_000))
    }

    @Test func `several tokens in a chunk come at the instant of the first`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(5), interTokenGap: .milliseconds(2), tokensPerChunk: 4)
        let chunks = schedule.chunks(reasoning: 5, answer: 6, request: 1)
        #expect(chunks.map(\.tokens) == [0..<4, 4..<5, 0..<4, 4..<6])
        #expect(chunks.map(\.isReasoning) == [true, true, false, false])
        #expect(chunks.map(\.offset) == [5, 13, 15, 23].map { Duration.milliseconds($0) })
    }

    @Test func `jitter is late only, bounded, and does not add up or change the order`() {
        let steady = SimulatorSchedule(timeToFirstToken: .milliseconds(1), interTokenGap: .milliseconds(2))
        var jittered = steady
        jittered.jitter = .milliseconds(5)
        let before = steady.chunks(reasoning: 0, answer: 500, request: 1).map(\.offset)
        let after = jittered.chunks(reasoning: 0, answer: 500, request: 1).map(\.offset)
        #expect(zip(before, after).allSatisfy { $1 >= $0 && $1 < $0 + .milliseconds(5) })
        #expect(zip(after, after.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(before != after)
    }

    @Test func `no delay puts everything at zero`() {
        let chunks = SimulatorSchedule().chunks(reasoning: 3, answer: 30, request: 1)
        #expect(chunks.count == 33)
        #expect(chunks.allSatisfy { $0.offset == .zero })
    }

    @Test func `settings that make no sense give no crash`() {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(-5), interTokenGap: .milliseconds(-1), jitter: .milliseconds(-1),
            tokensPerChunk: 0)
        #expect(schedule.chunks(reasoning: -2, answer: 2, request: -1).map(\.offset) == [.zero, .zero])
        #expect(SimulatorSchedule(tokensPerChunk: .max).chunks(reasoning: 0, answer: 3, request: 1).count == 1)
    }

    @Test(arguments: [(100.0, 10_000_000), (3, 333_333_333), (0, 0), (-1, 0), (.infinity, 0), (.nan, 0)])
    func `a speed has a gap`(speed: Double, nanoseconds: Int) {
        #expect(SimulatorSchedule.gap(tokensPerSecond: speed) == .nanoseconds(nanoseconds))
    }

    @Test func `a schedule survives coding, and missing keys have their defaults`() throws {
        let schedule = SimulatorSchedule(
            timeToFirstToken: .milliseconds(50), interTokenGap: .microseconds(10), jitter: .nanoseconds(1),
            closingDelay: .seconds(1), seed: .max, tokensPerChunk: 2, tokens: 64, reasoningTokens: 3,
            reasoningField: .vllm, roleChunk: false, usageChunk: .never, timings: true, cachedTokens: 7,
            answer: .table(["Add 1 and 2.": "3"], otherwise: "?"))
        let decoded = try JSONDecoder().decode(SimulatorSchedule.self, from: JSONEncoder().encode(schedule))
        #expect(decoded == schedule)
        #expect(try JSONDecoder().decode(SimulatorSchedule.self, from: Data("{}".utf8)) == SimulatorSchedule())
    }
}
