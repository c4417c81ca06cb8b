import PoiseCore
import Testing

@testable import PoiseStatistics

struct CircumstanceDifferencesTests {
    private typealias Make = ComparedCandidates

    private func differences(
        model: String = "m", _ change: (inout Circumstances) -> Void
    ) -> [CircumstanceDifference] {
        CircumstanceDifferences.between(
            Make.make("f16", Make.trials([1])),
            Make.make("q4", model: model, Make.trials([1]), circumstances: Make.circumstances(change)),
            tasks: ["t", "u"])
    }

    @Test func `two quantizations of one run differ in nothing that should be the same`() {
        #expect(differences { _ in }.isEmpty)
    }

    @Test(arguments: CircumstanceDifference.Subject.allCases)
    func `each circumstance alone is found, and only it`(_ subject: CircumstanceDifference.Subject) {
        let found = differences { circumstances in
            switch subject {
            case .status: circumstances.status = .interrupted
            case .simulated: circumstances.isSimulated = true
            case .machine: circumstances.machine = "m2"
            case .nodes: circumstances.nodes = ["another"]
            case .service: circumstances.service = "api.example.com"
            case .prompts: circumstances.prompts["t"] = "p2"
            case .graders: circumstances.graders["t"] = ["exact 2"]
            case .mixedGraders: circumstances.graders["t"] = ["exact 1", "exact 2"]
            case .chatTemplate: circumstances.chatTemplate = "bbbb"
            case .sampling: circumstances.sampling.temperature = 0.7
            case .engine: circumstances.engine = "vllm"
            case .engineBuild: circumstances.engineBuild = "b2"
            case .engineArguments: circumstances.engineArguments = ["--ctx-size", "1024"]
            case .settings: circumstances.settings.hasUniquePrefix = true
            case .rounds: circumstances.rounds = 3
            case .epochs: circumstances.epochs = 2
            case .warmup: circumstances.warmup = 5
            case .poiseVersion: circumstances.poiseVersion = "0.2.0"
            }
        }
        // A mixture on one side is another set of versions too.
        #expect(found.map(\.subject) == (subject == .mixedGraders ? [.graders, .mixedGraders] : [subject]))
    }

    @Test func `only what differs of settings and arguments is said`() throws {
        let sampling = differences {
            $0.sampling.temperature = 0.7
            $0.sampling.seed = 3
        }
        #expect(sampling.first?.base == nil && sampling.first?.candidate == "temperature 0.7, seed 3")
        let arguments = differences { $0.engineArguments = ["--ctx-size", "1024", "--flash-attn"] }
        #expect(arguments.first?.base == "--ctx-size 512")
        #expect(arguments.first?.candidate == "--ctx-size 1024, --flash-attn")
        let settings = differences { $0.settings.stop.requests = 10 }
        #expect(settings.first?.base == nil && settings.first?.candidate == "stop.requests 10")
    }

    @Test func `another model has a chat template of its own`() {
        #expect(differences(model: "n") { $0.chatTemplate = "bbbb" }.isEmpty)
    }

    @Test func `tasks that do not count cause no note`() {
        #expect(differences { $0.prompts["v"] = "p2" }.isEmpty)
        let both = differences {
            $0.prompts["t"] = "p2"
            $0.prompts["u"] = "p2"
        }
        #expect(both.first?.tasks == ["t", "u"] && both.first?.base == nil)
    }
}
