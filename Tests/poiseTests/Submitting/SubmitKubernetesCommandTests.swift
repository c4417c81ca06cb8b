import Foundation
import Testing

@Suite struct SubmitKubernetesCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func plan() async throws -> String {
        let suite = try workplace.writeSuite([("a", "http://127.0.0.1:9/v1")], more: "rounds: 3")
        let output = try await CommandLineTool.run("plan", suite, "-o", "\(workplace.path)/plan.json")
        try #require(output.status == 0, "\(output.standardError)")
        return "\(workplace.path)/plan.json"
    }

    @Test func `the manifest goes to standard output, and what it lacks to standard error`() async throws {
        let output = try await CommandLineTool.run(
            "submit", "kubernetes", "--plan", try await plan(), "--image", "poise:1", "--cpus", "2", "--gres", "gpu:1",
            "--mem", "16G", "--time", "60", "--array-limit", "2", "--dry-run")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardOutput.contains("completions: 3\n") && output.standardOutput.contains("\n---\n"))
        for line in ["parallelism: 2", "activeDeadlineSeconds: 3600", "nvidia.com/gpu: 1", "memory: \"16G\""] {
            #expect(output.standardOutput.contains("\(line)\n"), "\(line)")
        }
        #expect(output.standardOutput.contains("name: \"poise-"))
        #expect(output.standardError.contains("warning: pods need \(Canary.variable)"))
    }

    @Test(arguments: [
        [], ["--dry-run", "--claim", "My Claim"], ["--dry-run", "--mount", "data"], ["--dry-run", "--mem", "lots"],
        ["--dry-run", "--time", "soon"], ["--dry-run", "--gres", "gpu:a100:1"],
        ["--dry-run", "--array-limit", "0"], ["--dry-run", "--node-selector", "a100"], ["--dry-run", "--name", "A"],
        ["--dry-run", "--image", "a\nb"],
    ])
    func `what cannot be meant is wrong usage`(options: [String]) async throws {
        let arguments = ["submit", "kubernetes", "--plan", "plan.json", "--image", "i"] + options
        #expect(try await CommandLineTool(arguments).finish().status == 64)
    }

    @Test func `without a dry run it says what to do`() async throws {
        let output = try await CommandLineTool.run("submit", "kubernetes", "--plan", "p.json", "--image", "i")
        #expect(output.status == 64 && output.standardError.contains("kubectl apply"))
    }
}
