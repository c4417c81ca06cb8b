import Foundation
import PoiseCore
import Testing

struct ProfileTests {
    @Test func `there are the six of the metrics`() {
        #expect(Profile.builtIn.map(\.name) == ["chat", "voice", "code", "summary", "agent", "batch"])
        let speeds = Profile.builtIn.map { [$0.speed?.tooSlow, $0.speed?.noFurtherGain] }
        #expect(speeds == [[10, 50], [10, 30], [10, 120], [nil, nil], [20, nil], [nil, nil]])
        #expect(Profile.agent.chain == 12)
    }

    @Test func `too slow is a limit unless a limit on the speed says otherwise`() {
        #expect(Profile.chat.allLimits.first == ProfileLimit(.metric(.decodeTPS), .atLeast, 10))
        let own = Profile.chat.adding(ProfileLimit(.metric(.decodeTPS), .atLeast, 25))
        #expect(own.allLimits.filter { $0.figure == .metric(.decodeTPS) }.map(\.value) == [25])
        #expect(Profile.summary.allLimits.isEmpty)
    }

    @Test func `a limit goes over one on the same figure and side alone`() {
        let profile = Profile.chat.adding(ProfileLimit(.metric(.ttfo), .atMost, 300))
            .adding(ProfileLimit(.metric(.ttfo), .atLeast, 10))
        #expect(profile.limits.map(\.value) == [300, 10])
    }

    @Test(arguments: [
        (9.0, SpeedBand.Feel.tooSlow), (10, .slow), (15, .comfortable), (30, .comfortable), (31, .fast),
        (50, .noFurtherGain), (500, .noFurtherGain),
    ])
    func `a speed has its place in the band`(speed: Double, feel: SpeedBand.Feel) {
        #expect(Profile.chat.speed?.feel(of: speed) == feel)
    }

    @Test(arguments: Profile.builtIn)
    func `a profile is stored and read again`(profile: Profile) throws {
        #expect(try JSONDecoder().decode(Profile.self, from: JSONEncoder().encode(profile)) == profile)
    }

    @Test func `figures have the metrics' names, and limits hold at their ends`() {
        for figure in ChoiceFigure.allCases { #expect(ChoiceFigure(rawValue: figure.rawValue) == figure) }
        #expect(ChoiceFigure(rawValue: "speed") == nil)
        #expect(ProfileLimit(.accuracy, .atLeast, 0.7).holds(for: 0.7))
        #expect(!ProfileLimit(.accuracy, .atMost, 0.7).holds(for: 0.71))
    }
}
