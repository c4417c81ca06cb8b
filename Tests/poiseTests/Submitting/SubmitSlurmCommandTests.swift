import Foundation
import PoiseCore
import PoiseStore
import Testing

@testable import poise

/// The command as it is typed, with an `sbatch` that notes how it is called; `make cluster-test` has the real one.
@Suite struct SubmitSlurmCommandTests {
    private let workplace: Workplace
    private var folder: String { workplace.path }
    private var shards: String { "\(folder)/plan.shards" }

    init() throws {
        workplace = try Workplace()
    }

    /// Of two candidates in two rounds, each cell a shard.
    private func plan() async throws {
        let suite = try workplace.writeSuite(
            [("a", "http://127.0.0.1:9/v1"), ("b", "http://127.0.0.1:9/v1")], more: "rounds: 2")
        let output = try await CommandLineTool.run("plan", suite, "-o", "\(folder)/plan.json")
        try #require(output.status == 0, "\(output.standardError)")
    }

    /// An sbatch that gives out 101, 102 and so on, or fails.
    private func install(failing words: String? = nil, from number: Int = 1) throws {
        try install(
            "sbatch",
            """
            echo "$*" >>\(folder)/calls
            n=$(wc -l <\(folder)/calls)
            \(words.map { "if [ \"$n\" -ge \(number) ]; then echo '\($0)' >&2; exit 1; fi" } ?? "")
            echo "$((100 + n))"
            """)
    }

    private func install(_ program: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
        try workplace.write("bin/\(program)", "#!/bin/bash\n\(text)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/\(program)")
    }

    private var calls: [String] {
        ((try? workplace.read("calls")) ?? "").split(separator: "\n").map(String.init)
    }

    private func submit(_ options: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(
            ["submit", "slurm", "--plan", "plan.json"] + options,
            environment: ["PATH": "\(folder)/bin:/usr/bin:/bin"], folder: folder
        ).finish()
    }

    /// Puts a shard of the plan into its place, without trials.
    private func place(_ shard: Int) async throws {
        let file = try PlanReading.read("\(folder)/plan.json")
        let database = "\(folder)/made-\(shard).sqlite"
        let store = try RunStore(path: database, creating: true)
        let run = RunRecord(
            id: "r\(shard)", suite: "s", startedAt: "2026-11-22T10:00:00.000Z", endedAt: nil, status: .done, seed: 1,
            machine: MeasuredRuns.machine, poiseVersion: poiseVersion, command: "poise run")
        try await store.begin(run, plan: file.share(of: shard))
        try await store.record(RunStore.Planned(file, shard: shard), of: run.id)
        try store.close()
        #expect(try ShardFile(shard: shard, of: file.shards).place(database, in: shards))
    }

    @Test func `all is written, submitted and told, and then only what is missing`() async throws {
        try await plan()
        try install()
        let first = try await submit("--array-limit", "2", "--partition", "gpu")
        #expect(first.status == 0, "\(first.standardError)")
        #expect(
            first.standardOutput.hasPrefix(
                "array 101   4 of 4 shards: 0-3%2\nmerge 102   then into \(folder)/plan.sqlite"))
        #expect(first.standardOutput.contains("poise submit slurm --plan plan.json --array-limit 2 --partition gpu"))
        #expect(
            calls == [
                "--parsable \(shards)/array.sbatch",
                "--parsable --dependency=afterany:101 \(shards)/merge.sbatch",
            ])
        #expect(try workplace.read("plan.shards/array.sbatch").contains("#SBATCH --array=0-3%2\n"))
        #expect(FileManager.default.fileExists(atPath: "\(shards)/logs"))

        try await place(0)
        try await place(2)
        let second = try await submit()
        #expect(second.standardOutput.hasPrefix("array 103   2 of 4 shards: 1,3\n"))
        #expect(try workplace.read("plan.shards/array.sbatch").contains("#SBATCH --array=1,3\n"))
        #expect(try workplace.read("plan.shards/array.sbatch").contains("\nshards=4\n"))
    }

    @Test func `what an earlier array still has is left to it, and the merge waits for both`() async throws {
        try await plan()
        try install()
        #expect(try await submit().status == 0)
        try await place(3)
        // Shards 0 and 1 wait or run, of another plan 2 does; 3 is whole, though its task has not ended.
        try install("squeue", #"echo "$*" >\#(folder)/asked; printf '101 0\n101 1\n99 2\n101 3\n102 N/A\n'"#)
        let second = try await submit()
        #expect(second.status == 0, "\(second.standardError)")
        #expect(second.standardOutput.hasPrefix("array 103   1 of 4 shards: 2\n"))
        #expect(second.standardError.contains("left out, since it is in the queue still: array 101 has 0-1"))
        #expect(calls.last == "--parsable --dependency=afterany:103:101 \(shards)/merge.sbatch")
        #expect(try workplace.read("asked").contains("--me --array --noheader --states=PENDING,RUNNING,SUSPENDED"))

        try install("squeue", #"printf '101 0\n101 1\n103 2\n'"#)
        let third = try await submit()
        #expect(
            third.standardOutput
                == "nothing to submit: what is missing is in the queue still: array 101 has 0-1 and array 103 has 2\n")
        // A scheduler that says nothing has nothing.
        try install("squeue", "exit 1")
        #expect(try await submit().standardOutput.hasPrefix("array 105   3 of 4 shards: 0-2\n"))
    }

    @Test func `help names both schedulers`() async throws {
        let output = try await CommandLineTool.run("submit", "--help")
        #expect(output.status == 0)
        #expect(output.standardOutput.contains("slurm") && output.standardOutput.contains("kubernetes"))
    }

    @Test func `where only the merge is missing only the merge is submitted, and then nothing`() async throws {
        try await plan()
        try install()
        for shard in 0..<4 { try await place(shard) }
        let merge = try await submit()
        #expect(merge.status == 0 && merge.standardOutput.hasPrefix("merge 101   into \(folder)/plan.sqlite"))
        #expect(calls == ["--parsable \(shards)/merge.sbatch"])
        try workplace.write("plan.sqlite", "")
        let nothing = try await submit()
        #expect(
            nothing.status == 0 && nothing.standardOutput.hasPrefix("nothing to submit: nothing is missing of 4 shards")
        )
        #expect(calls.count == 1)
    }

    @Test func `a dry run prints scripts that bash takes, and leaves nothing behind`() async throws {
        try await plan()
        let output = try await submit("--dry-run", "--setup", "module load cuda", "--trust", "--no-calibrate")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(!FileManager.default.fileExists(atPath: shards))
        let scripts = output.standardOutput.components(separatedBy: "# \(shards)/").dropFirst()
        #expect(scripts.map { $0.prefix { !$0.isNewline } } == ["array.sbatch", "merge.sbatch"])
        for (number, script) in scripts.enumerated() {
            let text = script.drop { !$0.isNewline }.dropFirst()
            #expect(text.hasPrefix("#!/bin/bash\n") && text.contains("\nmodule load cuda\n"))
            try workplace.write("\(number).sh", String(text))
            let check = try await CommandLineTool(executable: "/bin/bash", ["-n", "\(folder)/\(number).sh"]).finish()
            #expect(check.status == 0 && check.standardError.isEmpty, "\(check.standardError)")
        }
        #expect(output.standardOutput.contains("--trust --no-calibrate &"))
    }

    @Test func `a key stands in no script, also where it is set`() async throws {
        try await plan()
        try install()
        let output = try await submit()
        #expect(output.status == 0)
        for script in ["array", "merge"] {
            let text = try workplace.read("plan.shards/\(script).sbatch")
            #expect(!Canary.isIn(text))
        }
        #expect(!output.standardError.contains("not set here"))
        let unset = try await CommandLineTool(
            ["submit", "slurm", "--plan", "plan.json", "--dry-run"], environment: [Canary.variable: ""], folder: folder
        ).finish()
        #expect(unset.standardError.contains("warning: \(Canary.variable) is not set here"))
    }

    @Test func `what changed since the plan is said, and the plan is run all the same`() async throws {
        try await plan()
        try workplace.write("words.jsonl", #"{"id": "w1", "input": "other", "target": "other"}"#)
        let output = try await submit("--dry-run")
        #expect(
            output.status == 0 && output.standardError.contains("warning: words.jsonl changed since the plan was made"))
    }

    @Test func `a machine without sbatch is told so, and keeps the scripts`() async throws {
        try await plan()
        let empty = try await CommandLineTool(
            ["submit", "slurm", "--plan", "plan.json"], environment: ["PATH": "\(folder)/bin"], folder: folder
        ).finish()
        #expect(empty.status == 1 && empty.standardError.contains("array.sbatch: sbatch is not on PATH"))
        #expect(FileManager.default.fileExists(atPath: "\(shards)/merge.sbatch"))
    }

    @Test func `what sbatch says is told, and what runs already with it`() async throws {
        try await plan()
        try install(failing: "sbatch: error: invalid partition specified: gpux")
        let refused = try await submit("--partition", "gpux")
        #expect(refused.status == 1 && refused.standardOutput.isEmpty)
        #expect(refused.standardError.contains("invalid partition specified: gpux"))

        try FileManager.default.removeItem(atPath: "\(folder)/calls")
        try install(failing: "sbatch: error: no more jobs", from: 2)
        let half = try await submit()
        #expect(half.status == 1)
        #expect(half.standardError.contains("array 101 is submitted, but not the merge after it"))
        #expect(half.standardError.contains("sbatch --dependency=afterany:101 \(shards)/merge.sbatch"))
    }

    @Test func `a merged database in the way is found now, and not when the array has ended`() async throws {
        try await plan()
        try install()
        try workplace.write("plan.sqlite", "")
        let refused = try await submit()
        #expect(refused.status == 1 && calls.isEmpty)
        #expect(refused.standardError.contains("the merged database is there already, and 4 shards are missing"))
        #expect(try await submit("--force").status == 0)
        #expect(try workplace.read("plan.shards/merge.sbatch").contains(" --force || exit\n"))
        #expect(try await submit("--no-merge").status == 0)
        #expect(calls.count == 3)
    }

    @Test(arguments: [
        ["--partition", "a\nscancel --me"], ["--mem", ""], ["--cpus", "0"], ["--array-limit", "0"],
        ["--sbatch", "END"],
        ["--sbatch=--array=1"], ["--max-restarts", "-1"], ["--job-name", "a\u{1B}b"],
    ])
    func `what cannot be meant is wrong usage`(options: [String]) async throws {
        let output = try await CommandLineTool(["submit", "slurm", "--plan", "plan.json"] + options).finish()
        #expect(output.status == 64, "\(output.standardError)")
    }

    @Test func `a file that is no plan says so`() async throws {
        try workplace.write("plan.json", "{}")
        let output = try await submit("--dry-run")
        #expect(output.status != 0 && output.standardError.contains("plan.json"))
    }
}
