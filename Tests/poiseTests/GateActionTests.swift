import Foundation
import PoiseCore
import PoiseSimulator
import Testing

@testable import PoiseSuite

/// The action of `.github/actions/poise-gate`: its files, and its steps on real llama.cpp with the demo's models.
@Suite(.serialized) struct GateActionTests {
    private static let folder = "\(CommandLineTool.root)/.github/actions/poise-gate"

    private func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
    }

    private func parsed(_ name: String) throws -> YAMLValue {
        let log = ProblemLog()
        let root = YAMLSource(path: name, log: log).root(of: try read(name))
        #expect(log.problems.isEmpty, "\(log.problems)")
        return try #require(root)
    }

    private func run(
        _ script: String, _ arguments: [String] = [], _ environment: [String: String] = [:]
    ) async throws -> CommandLineTool.Output {
        try await CommandLineTool(
            executable: "/usr/bin/env", ["bash", "\(Self.folder)/\(script)"] + arguments, environment: environment
        ).finish()
    }

    @Test func `the action and the workflow are valid YAML`() throws {
        for name in ["action.yml", "example-workflow.yml"] { _ = try parsed(name) }
    }

    @Test func `an input never becomes code of a shell`() throws {
        let lines = try read("action.yml").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        let code = lines.filter { $0.hasPrefix("run:") || $0.hasPrefix("- run:") }
        #expect(code.count == 4)
        #expect(code.allSatisfy { !$0.contains("${{") && $0.contains("\"$GITHUB_ACTION_PATH/gate.sh\"") })
    }

    @Test func `only GitHub's own actions are used, at a major version, and the workflow may only read`() throws {
        for name in ["action.yml", "example-workflow.yml"] {
            let used = try read(name).matches(of: #/uses: (\S+)/#).map { String($0.1) }
            #expect(!used.isEmpty)
            for action in used where !action.hasPrefix("OWNER/poise/.github/actions/poise-gate@") {
                #expect(
                    action.wholeMatch(of: #/actions/(checkout|cache/restore|cache/save|upload-artifact)@v\d+/#) != nil,
                    "\(action)")
            }
        }
        #expect(try read("example-workflow.yml").contains("permissions:\n  contents: read\n"))
    }

    @Test func `what was built is kept before anything is judged, and no verdict is an error`() throws {
        let action = try read("action.yml")
        let save = try #require(action.range(of: "actions/cache/save@v4"))
        let install = try #require(action.range(of: "gate.sh\" install"))
        let run = try #require(action.range(of: "gate.sh\" run"))
        #expect(install.upperBound < save.lowerBound && save.upperBound < run.lowerBound)
        #expect(action.contains("value: ${{ steps.gate.outputs.verdict || 'error' }}"))
    }

    @Test func `every setting of the script is documented, and every input of the action reaches it`() throws {
        let script = try read("gate.sh")
        let used = Set(script.matches(of: #/\$\{?(GATE_[A-Z]+)/#).map { String($0.1) })
        for name in used { #expect(script.contains("#     \(name) "), "\(name)") }
        let action = try read("action.yml")
        for name in action.matches(of: #/(GATE_[A-Z]+): /#).map({ String($0.1) }) { #expect(used.contains(name)) }
    }

    @Test func `a suite that is not named or not there is wrong usage, and a poise that is not there an error`()
        async throws
    {
        let none = try await run("gate.sh", ["run"], ["GATE_POISE": CommandLineTool.binary])
        #expect(none.status == 64)
        #expect(none.standardError.contains("GATE_SUITE names no suite"))
        let missing = try await run(
            "gate.sh", ["run"], ["GATE_POISE": CommandLineTool.binary, "GATE_SUITE": "/nowhere/suite.yaml"])
        #expect(missing.status == 64)
        #expect(missing.standardError.contains("no such suite"))
        let tool = try await run("gate.sh", ["install"], ["GATE_POISE": "/nowhere/poise"])
        #expect(tool.status == 1)
        #expect(tool.standardError.contains("is no program"))
        #expect(try await run("gate.sh", ["deploy"]).status == 64)
    }

    @Test func `a run that fails is an error and is not judged`() async throws {
        let workplace = try Workplace()
        let suite = try workplace.writeSuite([("m", "http://127.0.0.1:9/v1")])
        // Of a gate before this one.
        let stale = ["gate.md", "gate.xml", "gate.json", "gate.html"]
        for name in stale { try workplace.write(name, "passed") }
        let ran = try await run(
            "gate.sh", ["run", "gate"],
            [
                "GATE_POISE": CommandLineTool.binary, "GATE_SUITE": suite, "GATE_DB": workplace.database,
                "GATE_OUT": workplace.path, "GATE_CALIBRATE": "false",
            ])
        #expect(ran.status == 1)
        for name in stale where FileManager.default.fileExists(atPath: "\(workplace.path)/\(name)") {
            #expect(try workplace.read(name) != "passed", "\(name)")
            // The page is that of the run that failed.
            #expect(name == "gate.html")
        }
    }

    /// A gate with a run of its own that the data do not decide.
    @Test func `an undecided gate's verdict is inconclusive whatever it counts as`() async throws {
        let workplace = try Workplace()
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        let simulator = try await Simulator.start(echo)
        let suite = try workplace.writeSuite(
            [("right", simulator.baseURL), ("also", simulator.baseURL)],
            more: "warmup: 0\nbaseline: right\ngate:\n  - accuracy: {non_inferior_by: 0.03}")
        let settings = [
            "GATE_POISE": CommandLineTool.binary, "GATE_SUITE": suite, "GATE_DB": workplace.database,
            "GATE_OUT": workplace.path, "GATE_CALIBRATE": "false", "GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "",
            "GITHUB_OUTPUT": "\(workplace.path)/output",
        ]
        let ran = try await run("gate.sh", ["run"], settings)
        await simulator.shutdown()
        try #require(ran.status == 0, "\(ran.standardError)")
        for (policy, status) in [("warn", Int32(0)), ("pass", 0), ("fail", 100), ("", 101)] {
            try workplace.write("output", "")
            let gate = try await run("gate.sh", ["gate"], settings.merging(["GATE_INCONCLUSIVE": policy]) { $1 })
            #expect(gate.status == status, "\(policy): \(gate.standardError)")
            let outputs = try workplace.read("output").split(separator: "\n")
            #expect(outputs == ["verdict=inconclusive", "exit-code=\(status)"], "\(policy)")
        }
        // Decided either way, and not at all.
        for (rules, verdict, status) in [
            ("accuracy: {at_least: 0.5}", "pass", Int32(0)), ("latency: {at_most: 0.001 ms}", "fail", 100),
        ] {
            try workplace.write("rules.yaml", "gate:\n  - \(rules)\n")
            try workplace.write("output", "")
            let gate = try await run(
                "gate.sh", ["gate"], settings.merging(["GATE_RULES": "\(workplace.path)/rules.yaml"]) { $1 })
            #expect(gate.status == status, "\(gate.standardError)")
            #expect(try workplace.read("output").hasPrefix("verdict=\(verdict)\n"))
        }
        try workplace.write("output", "")
        let broken = try await run("gate.sh", ["gate"], settings.merging(["GATE_RULES": "/nowhere.yaml"]) { $1 })
        #expect(broken.status == 64)
        #expect(try workplace.read("output").hasPrefix("verdict=error\n"))
    }

    @Test func `what was installed is built again when its source has changed, and only then`() async throws {
        let workplace = try Workplace()
        let manager = FileManager.default
        for folder in [".github/actions/poise-gate", "Sources", "Models"] {
            try manager.createDirectory(
                atPath: "\(workplace.path)/source/\(folder)", withIntermediateDirectories: true)
        }
        let script = "source/.github/actions/poise-gate/gate.sh"
        try workplace.write(script, try read("gate.sh"))
        try workplace.write("source/Models/requirements.txt", "")
        try workplace.write("source/Sources/a.swift", "1")
        try workplace.write(
            "source/Makefile",
            "build:\n\tmkdir -p .build/release\n\techo built >>builds\n"
                + "\tprintf '#!/bin/sh\\ncat Sources/a.swift\\n' >.build/release/poise\n"
                + "\tchmod +x .build/release/poise\n"
        )
        func install() async throws -> String {
            let output = try await CommandLineTool(
                executable: "/usr/bin/env", ["bash", "\(workplace.path)/\(script)", "install"],
                environment: [
                    "POISE_PYTHON": "/usr/bin/python3", "GATE_HOME": "\(workplace.path)/home", "GATE_POISE": "",
                ],
                folder: "\(workplace.path)/source"
            ).finish()
            #expect(output.status == 0, "\(output.standardError)")
            return try workplace.read("source/builds")
        }
        #expect(try await install() == "built\n")
        #expect(try await install() == "built\n")
        try workplace.write("source/Sources/a.swift", "2")
        #expect(try await install() == "built\nbuilt\n")
    }

    @Test(.timeLimit(.minutes(5)))
    func `a sound quantization does not fail, and one with noise on its weights does`() async throws {
        let workplace = try Workplace()
        let summary = "\(workplace.path)/summary.md"
        let proof = try await run(
            "proof.sh", [],
            [
                "GATE_POISE": CommandLineTool.binary, "PROOF_OUT": workplace.path, "GITHUB_STEP_SUMMARY": summary,
                "GITHUB_OUTPUT": "\(workplace.path)/output", "GITHUB_ACTIONS": "",
            ])
        #expect(proof.status == 0, "\(proof.standardError)")
        #expect(proof.standardOutput.contains("damaged: exit code 100"))
        let outputs = try workplace.read("output").split(separator: "\n").map(String.init)
        let verdicts = outputs.filter { $0.hasPrefix("verdict=") }
        #expect(verdicts.count == 2)
        #expect(["verdict=pass", "verdict=inconclusive"].contains(verdicts.first))
        #expect(verdicts.last == "verdict=fail")
        for name in ["sound", "damaged"] {
            for file in ["gate.md", "gate.xml", "gate.json", "gate.html"] {
                #expect(FileManager.default.fileExists(atPath: "\(workplace.path)/\(name)/\(file)"), "\(name) \(file)")
            }
        }
        let both = try workplace.read("summary.md")
        #expect(both.contains(try workplace.read("sound/gate.md")))
        #expect(both.contains(try workplace.read("damaged/gate.md")))
        // The sample size that would decide is printed where the data do not.
        if verdicts.first == "verdict=inconclusive" {
            #expect(try workplace.read("sound/gate.md").contains("samples"))
        }
    }
}
