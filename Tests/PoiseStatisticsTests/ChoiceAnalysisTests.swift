import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

struct ChoiceAnalysisTests {
    /// A candidate with so many right answers out of `n`, at fixed speeds; every `flip`-th sample is answered otherwise.
    private struct Made {
        var name: String
        var right: Int
        var speed = 40.0
        var ttfo = 200.0
        var latency = 1000.0
        var memory: Int64? = nil
        var price: Price?
        var scored = true
        var output = 100
    }

    private func measured(_ made: Made, n: Int = 200) -> MeasuredCandidate {
        let observations = (0..<n).map { index in
            // Right answers stand first: of two candidates, the better one is right wherever the other one is.
            let speed = made.speed * (0.95 + 0.1 * Double(index % 10) / 10)
            return Observation(
                candidate: made.name, task: "t", sample: "s\(index)", load: 1, round: 1,
                score: made.scored ? (index < made.right ? 1 : 0) : nil, ttft: made.ttfo, ttfo: made.ttfo,
                latency: made.latency + Double(index % 7), decodeTPS: speed, decodedTokens: 20,
                decodeSpan: 20 / speed * 1000, queueDelay: 0, scheduled: Double(index) * 1000,
                ended: Double(index + 1) * 1000, outputTokens: made.output, promptTokens: 1000)
        }
        return MeasuredCandidate(
            candidate: made.name, model: made.name, quantization: nil, run: "r", load: 1,
            circumstances: Circumstances(machine: "m", machineSummary: "m", poiseVersion: "", startedAt: ""),
            samples: [:], observations: observations, peakMemory: made.memory, price: made.price)
    }

    private func choose(_ profile: Profile, _ made: [Made], n: Int = 200, resamples: Int = 400) -> Choice {
        ChoiceAnalysis(profile: profile, resamples: resamples, seed: 5).choice(
            among: made.map { candidate($0.name) }, measured: made.map { measured($0, n: n) }, load: 1)
    }

    @Test func `chat takes the most accurate one that is fast enough`() throws {
        let choice = choose(
            .chat,
            [
                Made(name: "slow", right: 190, speed: 5), Made(name: "late", right: 190, ttfo: 2000),
                Made(name: "good", right: 170), Made(name: "fast", right: 100, speed: 400),
            ])
        #expect(choice.decision?.pick == "good")
        #expect(choice.decision?.runnerUp?.candidate == "fast")
        #expect(choice.contender("slow")?.limits.map(\.standing) == [.brokenSurely, .keptSurely])
        #expect(choice.contender("late")?.limits.map(\.standing) == [.keptSurely, .brokenSurely])
        #expect(choice.contender("good")?.pickShare == 1)
        #expect(choice.decision?.down?.candidate == "fast")
        #expect(choice.decision?.up == nil)
        let ratio = try #require(choice.decision?.down?.ratios[.metric(.decodeTPS)])
        #expect(abs(ratio.value - 10) < 1e-9)
    }

    @Test func `where two cannot be told apart the one that needs less memory is named`() throws {
        let choice = choose(
            .chat,
            [
                Made(name: "big", right: 151, speed: 80, memory: 8_000_000_000),
                Made(name: "small", right: 150, speed: 120, memory: 2_000_000_000),
            ])
        let decision = try #require(choice.decision)
        #expect(decision.pick == "small")
        #expect(decision.equals == ["big", "small"])
        #expect(decision.tiebreaks == [Decision.Tiebreak(figure: .metric(.memory), kept: ["small"])])
        #expect(decision.mostAccurate?.candidate == "big")
        #expect(decision.mostAccurate?.isToldApart == false)
        #expect(abs((decision.mostAccurate?.accuracyDifference?.value ?? 0) - 0.005) < 1e-12)
        #expect(decision.up?.candidate == "big")
    }

    @Test func `the person who is blocked and the one who waits get the sooner answer of equals`() {
        for profile in [Profile.code, .summary] {
            let choice = choose(
                profile,
                [
                    Made(name: "a", right: 150, latency: 900, memory: 1),
                    Made(name: "b", right: 150, latency: 500, memory: 2),
                ])
            #expect(choice.decision?.pick == "b", "\(profile.name)")
            #expect(choice.decision?.equals == ["b"])
        }
    }

    @Test func `voice has half a second`() {
        let made = [Made(name: "a", right: 190, ttfo: 600), Made(name: "b", right: 100, ttfo: 400)]
        #expect(choose(.voice, made).decision?.pick == "b")
        #expect(choose(.chat, made).decision?.pick == "a")
    }

    @Test func `a chain of twelve multiplies time and chance`() throws {
        let choice = choose(.agent, [Made(name: "a", right: 180, speed: 60), Made(name: "b", right: 100, speed: 60)])
        let pick = try #require(choice.contender("a"))
        #expect(choice.decision?.pick == "a")
        #expect(abs((pick.figures[.chainSuccess]?.value ?? 0) - pow(0.9, 12)) < 1e-12)
        let mean = (0..<200).reduce(0.0) { $0 + 1000 + Double($1 % 7) } / 200
        #expect(abs((pick.figures[.chainTime]?.value ?? 0) - 12 * mean) < 1e-6)
        let accuracy = try #require(pick.figures[.accuracy])
        let success = try #require(pick.figures[.chainSuccess])
        #expect(abs((success.low ?? 0) - pow(accuracy.low ?? 0, 12)) < 1e-12)
        #expect(abs((success.high ?? 0) - pow(accuracy.high ?? 0, 12)) < 1e-12)
    }

    @Test func `a batch goes by money, and by time where not all have a price`() {
        func price(_ output: Double, _ currency: String = "USD") -> Price {
            Price(input: 0, output: output, per: "million tokens", currency: currency, source: nil, date: nil)
        }
        var made = [
            Made(name: "cheap", right: 100, latency: 900, price: price(1)),
            Made(name: "dear", right: 200, latency: 300, price: price(10)),
        ]
        let choice = choose(.batch, made)
        #expect(choice.decision?.pick == "cheap")
        // 200 × 100 tokens × 1 / 10⁶ / 100 right ones
        #expect(abs((choice.contender("cheap")?.figures[.metric(.costToCorrect)]?.value ?? 0) - 2e-4) < 1e-15)
        made[0].price = nil
        #expect(choose(.batch, made).decision?.pick == "dear")
        #expect(choose(.batch, made).unusable == [.metric(.costToCorrect)])
        made[0].price = price(1, "EUR")
        #expect(choose(.batch, made).decision?.pick == "dear")
        #expect(choose(.batch, made).unusable == [.metric(.costToCorrect)])
    }

    @Test func `a limit that is probably kept is said to be so, and a resample may break it`() throws {
        let profile = Profile.chat.adding(ProfileLimit(.accuracy, .atLeast, 0.74))
        let choice = choose(profile, [Made(name: "a", right: 150), Made(name: "b", right: 20)])
        #expect(choice.contender("a")?.limits.last?.standing == .keptProbably)
        #expect(choice.contender("b")?.limits.last?.standing == .brokenSurely)
        let none = try #require(choice.noneShare)
        #expect(none > 0.2 && none < 0.6)
        #expect(abs((choice.contender("a")?.pickShare ?? 0) + none - 1) < 1e-12)
    }

    @Test func `where nothing meets the limits the nearest one is named`() {
        let profile = Profile.chat.adding(ProfileLimit(.accuracy, .atLeast, 0.95))
        let choice = choose(
            profile, [Made(name: "a", right: 150), Made(name: "b", right: 180), Made(name: "c", right: 0)])
        #expect(choice.outcome == .noneMeetsLimits)
        #expect(choice.nearest == "b")
        #expect(choice.noneShare ?? 0 > 0.95)
    }

    @Test func `without a number for a limit nobody is recommended`() {
        let profile = Profile.chat.adding(ProfileLimit(.metric(.memory), .atMost, 1e9))
        let choice = choose(profile, [Made(name: "a", right: 190), Made(name: "b", right: 100, memory: 500_000_000)])
        #expect(choice.contender("a")?.limits.last?.standing == .unmeasured)
        #expect(choice.decision?.pick == "b")
    }

    @Test func `a limit on money says nothing of a price in another currency`() {
        let euro = Price(input: 1, output: 1, per: "million tokens", currency: "EUR", source: nil, date: nil)
        let profile = Profile.batch.adding(ProfileLimit(.metric(.costToCorrect), .atMost, 100, currency: "USD"))
        let choice = choose(profile, [Made(name: "a", right: 190, price: euro)])
        #expect(choice.contender("a")?.limits.last?.standing == .unmeasured)
        #expect(choice.outcome == .noneMeetsLimits)
        #expect(choice.nearest == nil)
    }

    @Test func `no scores, no trials and no candidates recommend nobody`() {
        #expect(choose(.chat, [Made(name: "a", right: 0, scored: false)]).outcome == .nothingMeasured)
        let analysis = ChoiceAnalysis(profile: .chat, resamples: 10, seed: 1)
        let absent = analysis.choice(among: [candidate("a")], measured: [], load: 1)
        #expect(absent.outcome == .nothingMeasured)
        #expect(absent.contenders.map(\.n) == [0])
        #expect(analysis.choice(among: [], measured: [], load: 1).outcome == .nothingMeasured)
    }

    @Test func `a candidate alone is picked, and has nobody beside it`() {
        let choice = choose(.chat, [Made(name: "a", right: 100)])
        #expect(choice.decision?.pick == "a")
        #expect(choice.decision?.runnerUp == nil)
        #expect(choice.decision?.mostAccurate == nil)
    }

    @Test func `one sample tells nobody apart`() throws {
        let choice = choose(.chat, [Made(name: "a", right: 1), Made(name: "b", right: 0, memory: 1)], n: 1)
        #expect(choice.decision?.equals == ["a", "b"])
        #expect(choice.contender("a")?.limits.map(\.standing) == [.keptProbably, .keptProbably])
    }

    @Test func `where none of those who meet the limits was ever right nobody is recommended`() {
        let choice = choose(.chat, [Made(name: "a", right: 0), Made(name: "b", right: 0)])
        #expect(choice.outcome == .noneIsRight)
        #expect(choice.decision == nil)
        #expect(choice.nearest == nil)
        #expect(choice.noneShare == 1)
        #expect(choice.contenders.map(\.pickShare) == [0, 0])
    }

    @Test func `of one sample no share of resamples is said`() {
        let choice = choose(.chat, [Made(name: "a", right: 1), Made(name: "b", right: 1)], n: 1)
        #expect(choice.decision != nil)
        #expect(choice.noneShare == nil)
        #expect(choice.contenders.map(\.pickShare) == [nil, nil])
    }

    @Test func `how sure a pick is agrees with the pick where another one is never right`() throws {
        let price = Price(input: 0, output: 1, per: "million tokens", currency: "USD", source: nil, date: nil)
        let never = Made(name: "never", right: 0, latency: 100, memory: 1, price: price, output: 1)
        for profile in [Profile.batch, .chat, .summary] {
            let choice = choose(profile, [never, Made(name: "right", right: 40, memory: 2, price: price)], n: 80)
            #expect(choice.decision?.pick == "right", "\(profile.name)")
            let share = try #require(choice.contender("right")?.pickShare)
            #expect(share > 0.99, "\(profile.name) \(share)")
        }
    }

    @Test func `accuracy is told apart by the exact test that a comparison takes`() throws {
        // Five gained and none lost of 200: McNemar's exact p is 0.0625, and Newcombe's interval excludes 0.
        let made = [Made(name: "big", right: 105, memory: 8), Made(name: "small", right: 100, memory: 2)]
        let comparison = ComparisonAnalysis(base: measured(made[1]), resamples: 100, seed: 5)
            .compare(with: [measured(made[0])])
        let change = try #require(comparison.rows.first?.accuracy)
        #expect(change.adjustedP == 0.0625)
        #expect(change.low ?? -1 > 0)
        let decision = try #require(choose(.chat, made).decision)
        #expect(decision.pick == "small")
        #expect(decision.equals == ["big", "small"])
        #expect(decision.mostAccurate?.isToldApart == false)
    }

    @Test func `a pick that hangs on a close difference is not sure`() throws {
        // Three more right ones of 200, none lost: p is above 5%, and in some resamples below.
        let choice = choose(
            .chat, [Made(name: "big", right: 153, memory: 8), Made(name: "small", right: 150, memory: 2)])
        #expect(choice.decision?.pick == "small")
        let share = try #require(choice.contender("small")?.pickShare)
        #expect(share > 0.2 && share < 0.95, "\(share)")
        #expect(abs(share + (choice.contender("big")?.pickShare ?? 0) - 1) < 1e-12)
    }

    @Test func `the same data give the same choice in whatever order they come`() {
        let made = [Made(name: "a", right: 120), Made(name: "b", right: 118, speed: 44), Made(name: "c", right: 110)]
        let analysis = ChoiceAnalysis(profile: .chat, resamples: 300, seed: 5)
        var turned = made.map { measured($0) }.reversed().map(\.self)
        for index in turned.indices { turned[index].observations.reverse() }
        let names = made.map { candidate($0.name) }
        #expect(analysis.choice(among: names, measured: turned, load: 1) == choose(.chat, made, resamples: 300))
    }

    @Test func `only the tasks that are named count`() {
        var other = measured(Made(name: "a", right: 200))
        other.observations += (0..<100).map { observation("a", sample: $0, score: 0, task: "u") }
        let analysis = ChoiceAnalysis(profile: .summary, resamples: 0, seed: 5)
        let choice = analysis.choice(among: [candidate("a")], measured: [other], load: 1, tasks: ["t"])
        #expect(choice.contenders.first?.figures[.accuracy]?.value == 1)
        #expect(choice.contenders.first?.n == 200)
    }
}
