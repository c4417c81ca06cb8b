import Testing

@Suite struct MergeCommandTests {
    @Test func `merge explains itself, and needs an output`() async throws {
        let help = try await CommandLineTool.run("merge", "--help")
        #expect(help.status == 0 && help.standardOutput.contains("USAGE: poise merge <shard-or-folder>"))
        for option in ["--output", "--partial", "--pool", "--force", "--format"] {
            #expect(help.standardOutput.contains(option), "\(option)")
        }
        #expect(try await CommandLineTool.run("merge", "x").status == 64)
    }

    @Test func `what is there is on standard output, what is missing on standard error`() async throws {
        let place = try ShardPlace()
        try await place.write(0)
        let missing = try await CommandLineTool.run("merge", place.folder, "-o", place.output)
        #expect(missing.status == 1 && missing.standardOutput.isEmpty)
        #expect(missing.standardError.contains("error: the plan is not all there:\n"))
        #expect(missing.standardError.contains("\n    shard 1/3: y, round 1: nothing is there\n"))
        #expect(missing.standardError.contains("--partial"))
        #expect(try place.files() == ["shards"])
        for shard in 1..<3 { try await place.write(shard) }
        let merged = try await CommandLineTool.run("merge", place.folder, "-o", place.output, "--format", "json")
        #expect(merged.status == 0)
        #expect(merged.standardError == "merged 3 files into \(place.output)\n")
        #expect(merged.standardOutput.contains(#""trials" : 48"#))
        let again = try await CommandLineTool.run("merge", place.folder, "-o", place.output)
        #expect(again.status == 0)
        #expect(again.standardError == "\(place.output) is there already, merged from these shards\n")
        #expect(again.standardOutput.split(separator: "\n").count == 3)
        #expect(again.standardOutput.hasPrefix("run "))
        // What is made of it is what a run makes.
        let front = try await CommandLineTool.run("front", "--db", place.output, "--format", "csv")
        #expect(front.status == 0 && front.standardOutput.split(separator: "\n").count == 4)
    }
}
