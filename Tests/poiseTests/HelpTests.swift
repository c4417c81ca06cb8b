import Testing

@Suite struct HelpTests {
    @Test func `the help names every command and the exit codes`() async throws {
        let output = try await CommandLineTool.run("--help")
        #expect(output.status == 0)
        for word in [
            "run", "front", "compare", "gate", "choose", "report", "grade", "runs", "import", "simulate", "Exit codes",
            "divergence", "doctor", "101", "130",
        ] {
            #expect(output.standardOutput.contains(word), "\(word)")
        }
        #expect(output.standardError.isEmpty)
    }

    @Test(arguments: [
        "run", "front", "compare", "gate", "choose", "report", "grade", "divergence", "runs", "import", "simulate",
        "doctor",
    ])
    func `each command explains itself`(command: String) async throws {
        let output = try await CommandLineTool.run(command, "--help")
        #expect(output.status == 0)
        #expect(output.standardOutput.contains("OVERVIEW"))
        #expect(output.standardOutput.contains("USAGE: poise \(command)"))
    }

    @Test func `the version is one word`() async throws {
        #expect(try await CommandLineTool.run("--version").standardOutput.split(separator: ".").count == 3)
    }
}
