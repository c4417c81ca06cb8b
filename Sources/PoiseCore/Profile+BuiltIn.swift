/// The six use cases of METRICS, "Use-case profiles": starting values that a suite may override.
extension Profile {
    package static let builtIn: [Profile] = [chat, voice, code, summary, agent, batch]

    package static func named(_ name: String) -> Profile? { builtIn.first { $0.name == name } }

    package static let chat = Profile(
        name: "chat", meanwhile: "reads along", limits: [ProfileLimit(.metric(.ttfo), .atMost, 1000)],
        speed: SpeedBand(tooSlow: 10, comfortable: 15...30, noFurtherGain: 50),
        optimise: [.accuracy, .metric(.decodeTPS)])

    package static let voice = Profile(
        name: "voice", meanwhile: "listens", limits: [ProfileLimit(.metric(.ttfo), .atMost, 500)],
        speed: SpeedBand(tooSlow: 10, comfortable: 15...15, noFurtherGain: 30),
        optimise: [.accuracy, .metric(.decodeTPS)])

    /// The whole answer counts: its latency decides after its correctness.
    package static let code = Profile(
        name: "code", meanwhile: "is blocked", speed: SpeedBand(tooSlow: 10, comfortable: 30...60, noFurtherGain: 120),
        optimise: [.accuracy, .metric(.latency)])

    package static let summary = Profile(
        name: "summary", meanwhile: "does something else or waits", optimise: [.accuracy, .metric(.latency)])

    package static let agent = Profile(
        name: "agent", meanwhile: "waits for a chain", speed: SpeedBand(tooSlow: 20, comfortable: 60...60),
        optimise: [.chainSuccess, .chainTime], chain: usualChain)

    /// Nobody waits: what a correct answer costs decides, and where that is not known, how long it takes.
    package static let batch = Profile(
        name: "batch", meanwhile: "waits for nothing", optimise: [.metric(.costToCorrect), .metric(.timeToCorrect)])
}
