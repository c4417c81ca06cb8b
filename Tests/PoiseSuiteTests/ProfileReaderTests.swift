import PoiseCore
import Testing

@testable import PoiseSuite

struct ProfileReaderTests {
    private static let line = "profile: chat"

    private func plan(_ profile: String) throws -> Plan {
        try Workspace(["Suites/ladder.yaml": Workspace.suite(replacing: Self.line, with: profile)]).load()
    }

    private func problems(_ profile: String) throws -> [String] {
        try Workspace(["Suites/ladder.yaml": Workspace.suite(replacing: Self.line, with: profile)]).problems()
    }

    @Test(arguments: Profile.builtIn)
    func `a built-in profile is its name`(profile: Profile) throws {
        #expect(try plan("profile: \(profile.name)").profile == profile)
    }

    @Test func `a suite without a profile has none`() throws {
        #expect(try plan("").profile == nil)
    }

    @Test func `a profile of one's own goes over its base`() throws {
        let profile = try plan(
            """
            profile:
              base: chat
              name: support desk
              limits:
                accuracy: {at_least: 70%}
                ttfo: {at_most: 500 ms}
                memory: {at_most: 8 GB}
                costToCorrect: {at_most: 0.002 USD}
                latency: {at_least: 0.1 s, at_most: 2 min}
              speed: {no_further_gain: 40}
              optimise: [accuracy, timeToCorrect]
              chain: 4
            """
        ).profile
        #expect(
            profile
                == Profile(
                    name: "support desk", meanwhile: "reads along",
                    limits: [
                        ProfileLimit(.accuracy, .atLeast, 0.7), ProfileLimit(.metric(.ttfo), .atMost, 500),
                        ProfileLimit(.metric(.latency), .atLeast, 100),
                        ProfileLimit(.metric(.latency), .atMost, 120_000),
                        ProfileLimit(.metric(.costToCorrect), .atMost, 0.002, currency: "USD"),
                        ProfileLimit(.metric(.memory), .atMost, 8e9),
                    ],
                    speed: SpeedBand(tooSlow: 10, comfortable: 15...30, noFurtherGain: 40),
                    optimise: [.accuracy, .metric(.timeToCorrect)], chain: 4))
    }

    @Test func `a profile without a base says what decides`() throws {
        let profile = try #require(try plan("profile: {optimise: chainSuccess}").profile)
        #expect(profile == Profile(name: "own", optimise: [.chainSuccess], chain: 12))
        #expect(try plan("profile: {optimise: latency}").profile?.chain == nil)
    }

    @Test(arguments: [
        ("profile: chatt", "27:10: “chatt” is not known here"),
        ("profile: {base: chatt}", "27:17: “chatt” is not known here"),
        ("profile: {name: x}", "27:10: a profile without “base” and without “optimise”"),
        ("profile: {base: chat, limit: {}}", "27:23: unknown key “limit” in a profile"),
        (
            "profile: {base: chat, limits: {ttfo: {at_most: 500}}}",
            "27:48: expected a time as 500 ms or 2 s, found the number 500"
        ),
        (
            "profile: {base: chat, limits: {accuracy: {at_least: 70}}}",
            "27:53: expected a share as 0.7 or 70%, found the number 70"
        ),
        (
            "profile: {base: chat, limits: {memory: {at_most: 8}}}",
            "27:50: expected a size as 8 GB or 500 MB, found the number 8"
        ),
        (
            "profile: {base: chat, limits: {costToCorrect: {at_most: 0.1}}}",
            "27:57: expected an amount with its currency as 0.002 USD, found the number 0.1"
        ),
        ("profile: {base: chat, limits: {acuracy: {at_least: 0.7}}}", "27:32: unknown key “acuracy” in “limits”"),
        ("profile: {base: chat, limits: {ttfo: {at_mots: 1 s}}}", "27:39: unknown key “at_mots” in a limit on ttfo"),
        ("profile: {base: chat, limits: {ttfo: {}}}", "27:38: a limit without “at_least” and without “at_most”"),
        (
            "profile: {base: chat, limits: {ttfo: {at_least: 2 s, at_most: 1 s}}}",
            "27:38: no number is both: at_least is above at_most"
        ),
        ("profile: {base: chat, speed: {too_slow: 60}}", "27:30: the speeds do not ascend: 60, 15, 30, 50"),
        (
            "profile: {base: chat, speed: {comfortable: [20]}}",
            "27:44: expected two speeds, the slower one first"
        ),
        ("profile: {base: chat, optimise: [speed]}", "27:34: “speed” is not known here"),
        ("profile: {base: chat, optimise: [latency, latency]}", "27:33: a figure stands here twice"),
        ("profile: {base: chat, chain: 0}", "27:30: expected a whole number from 1 to 10000, found the number 0"),
    ])
    func `a wrong profile is told with its line and column`(profile: String, problem: String) throws {
        let problems = try problems(profile)
        #expect(problems.contains("Suites/ladder.yaml:\(problem)"), "\(problems)")
    }

    @Test func `a file may hold a profile alone`() throws {
        let workspace = try Workspace(["desk.yaml": "base: voice\nname: desk\n", "bad.yaml": "base: vioce\n"])
        let loader = SuiteLoader(checks: Workspace.checks)
        #expect(try loader.load(profileAt: workspace.folder + "/desk.yaml").name == "desk")
        let bad = #expect(throws: InvalidSuite.self) { try loader.load(profileAt: workspace.folder + "/bad.yaml") }
        #expect(bad?.problems.first?.expected == "Did you mean “voice”?")
        #expect(bad?.problems.first?.line == 1)
        #expect(throws: InvalidSuite.self) { try loader.load(profileAt: workspace.folder + "/none.yaml") }
    }

    @Test(arguments: [
        ("0.7", ChoiceFigure.accuracy, 0.7), ("70%", .accuracy, 0.7), ("55 %", .chainSuccess, 0.55),
        ("500ms", .metric(.ttfo), 500), ("1.5 s", .metric(.latency), 1500), ("2 min", .chainTime, 120_000),
        ("30", .metric(.decodeTPS), 30), ("30 tok/s", .metric(.throughput), 30), ("8GB", .metric(.memory), 8e9),
        ("1 GiB", .metric(.memory), 1_073_741_824), ("400 tokens", .metric(.tokensToCorrect), 400),
    ])
    func `a limit is read with its unit`(text: String, figure: ChoiceFigure, value: Double) {
        #expect(LimitQuantity.read(text, of: figure) == LimitQuantity.Amount(value: value, currency: nil))
    }

    @Test(arguments: [
        ("70", ChoiceFigure.accuracy), ("0", .accuracy), ("101%", .accuracy), ("-0.5", .accuracy),
        ("500", .metric(.ttfo)),
        ("1 S", .metric(.ttfo)), ("8", .metric(.memory)), ("8 gb", .metric(.memory)), ("30 s", .metric(.decodeTPS)),
        ("0.1", .metric(.costToCorrect)), ("0.1 usd", .metric(.costToCorrect)), ("USD", .metric(.costToCorrect)),
        ("", .accuracy), ("1e3 ms", .metric(.ttft)), ("nan", .metric(.decodeTPS)),
    ])
    func `a limit that nobody can mean is none`(text: String, figure: ChoiceFigure) {
        #expect(LimitQuantity.read(text, of: figure) == nil)
    }
}
