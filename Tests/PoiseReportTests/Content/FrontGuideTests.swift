import PoiseCore
import Testing

@testable import PoiseReport

struct FrontGuideTests {
    private func words(_ profile: Profile) -> [String] {
        (profile.speed.map(FeltBand.bands) ?? []).map { "\($0.name) \($0.low)–\($0.high)" }
    }

    @Test func `chat has five bands that meet each other`() {
        #expect(
            words(.chat) == [
                "too slow 0.0–10.0", "slow 10.0–15.0", "comfortable 15.0–30.0", "fast 30.0–50.0",
                "no further gain 50.0–inf",
            ])
    }

    @Test func `a comfort that is one number reaches to where nobody gains`() {
        #expect(
            words(.voice) == [
                "too slow 0.0–10.0", "slow 10.0–15.0", "comfortable 15.0–30.0", "no further gain 30.0–inf",
            ])
        #expect(words(.agent) == ["too slow 0.0–20.0", "slow 20.0–60.0", "comfortable 60.0–inf"])
        #expect(words(.batch).isEmpty)
    }

    @Test func `a band of one edge says what is known`() {
        #expect(FeltBand.bands(SpeedBand(tooSlow: 10)).map(\.name) == ["too slow"])
        #expect(FeltBand.bands(SpeedBand(noFurtherGain: 50)).map(\.name) == ["no further gain"])
        #expect(FeltBand.bands(SpeedBand()).isEmpty)
    }

    @Test func `limits are those on the worse side, on the axis that is drawn`() {
        let content = Demo.offered()
        #expect(FrontGuide(content, load: 1, metric: .decodeTPS).limitX == 10)
        #expect(FrontGuide(content, load: 1, metric: .latency).limitX == nil)
        #expect(FrontGuide(content, load: 1, metric: .latency).bands.isEmpty)
        #expect(FrontGuide(content, load: 1, metric: .decodeTPS).pick == "tiny-s@q4_0")
        #expect(FrontGuide(content, load: 4, metric: .decodeTPS).pick == nil)
        let upper = Profile(name: "odd", limits: [ProfileLimit(.metric(.decodeTPS), .atMost, 9)], optimise: [.accuracy])
        #expect(upper.limit(on: .metric(.decodeTPS), currency: nil) == nil)
        let dear = Profile.batch.adding(ProfileLimit(.metric(.costToCorrect), .atMost, 2, currency: "EUR"))
        #expect(dear.limit(on: .metric(.costToCorrect), currency: "USD") == nil)
        #expect(dear.limit(on: .metric(.costToCorrect), currency: "EUR") == 2)
    }

    @Test func `without a choice nothing is added`() {
        #expect(FrontGuide(Demo.content(), load: 1, metric: .decodeTPS) == FrontGuide())
    }
}
