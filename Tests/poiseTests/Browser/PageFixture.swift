import Foundation
import PoiseSimulator
import Testing

/// Pages that the command makes of real runs against simulated endpoints, once for all tests of the process.
enum PageFixture: String, CaseIterable, Sendable {
    /// What a page can hold: models at quantizations, two loads, thinking, wrong answers, failures, a judge.
    case plain
    /// The same with texts that were written to break out of a page.
    case hostile

    private static let plainPage = Task { try await PlainFixture.make() }
    private static let hostilePage = Task { try await HostileFixture.make() }

    /// The path of the page's file; `POISE_BROWSER_PAGE` names another one than the plain one to look at.
    var page: String {
        get async throws {
            if self == .plain, let path = ProcessInfo.processInfo.environment["POISE_BROWSER_PAGE"] { return path }
            return try await workplace.path + "/page.html"
        }
    }

    var workplace: Workplace {
        get async throws {
            switch self {
            case .plain: try await Self.plainPage.value
            case .hostile: try await Self.hostilePage.value
            }
        }
    }

    /// Runs the suite of a workplace into its `page.html`; `POISE_BROWSER_KEEP` names a folder for a copy to look at.
    static func run(_ suite: String, in workplace: Workplace, as name: String) async throws {
        Leftovers.remove(workplace.path)
        let output = try await CommandLineTool.run(
            "run", suite, "--db", workplace.database, "--html", "\(workplace.path)/page.html", "--no-calibrate")
        guard output.status == 0 else { throw BrowserError("the run of \(suite) failed: \(output.standardError)") }
        guard let folder = ProcessInfo.processInfo.environment["POISE_BROWSER_KEEP"] else { return }
        try workplace.read("page.html").write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
    }
}

/// An endpoint as a fixture's candidate has it.
struct FixtureCandidate: Sendable {
    let model: String
    var quantization: String?
    var gap: Duration = .milliseconds(1)
    var thinking = 0
    /// A prompt's place in its task → whether it is answered rightly.
    var isRight: @Sendable (Int) -> Bool = { _ in true }
    var faults = SimulatorFaults()

    func start(_ answers: [(prompt: String, right: String)]) async throws -> Simulator {
        var configuration = SimulatorConfiguration()
        configuration.schedule.timeToFirstToken = .milliseconds(3)
        configuration.schedule.interTokenGap = gap
        configuration.schedule.reasoningTokens = thinking
        configuration.faults = faults
        let table = answers.enumerated().map {
            ($1.prompt, isRight($0) ? $1.right : "I would say it is something else, 1000.")
        }
        configuration.schedule.answer = .table(
            Dictionary(table, uniquingKeysWith: { first, _ in first }), otherwise: "That is beyond me.")
        return try await Simulator.start(configuration)
    }
}
