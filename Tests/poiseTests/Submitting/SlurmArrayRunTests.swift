import Foundation
import Testing

@testable import poise

/// The array's script, run by a real bash as Slurm would, with a `scontrol` and a `poise` that note how they are called.
@Suite struct SlurmArrayRunTests {
    private let workplace: Workplace
    private var folder: String { workplace.path }

    init() throws {
        workplace = try Workplace()
        try program(
            "scontrol",
            """
            echo "$*" >>"$NOTES"
            case $1 in
              show) if [ "$2" = config ]; then echo "$CONFIG"; else echo "JobId=9 JobState=$STATE Reason=None"; fi ;;
              requeue) exit "${REFUSES:-0}" ;;
            esac
            """)
    }

    private func program(_ name: String, _ text: String) throws {
        try workplace.write(name, "#!/bin/bash\n\(text)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(name)")
    }

    /// The script of shard 3 of 40, begun.
    private func begin(
        requeueExit: String = "(null)", holds: String = "(null)", restarts: Int? = nil, state: String = "RUNNING",
        refuses: Int = 0, setup: [String] = []
    ) throws -> CommandLineTool {
        let job = PlannedExample.job(missing: [3], folder: folder, poise: "\(folder)/poise") { $0.setup = setup }
        try workplace.write("array.sbatch", job.arrayText)
        var environment = [
            "SLURM_ARRAY_JOB_ID": "4711", "SLURM_ARRAY_TASK_ID": "3", "SLURMD_NODENAME": "n2", "TMPDIR": "/tmp/of job",
            "PATH": "\(folder):/usr/bin:/bin", "NOTES": "\(folder)/notes", "STATE": state, "REFUSES": "\(refuses)",
            "CONFIG": "RequeueExit             = \(requeueExit)\nRequeueExitHold         = \(holds)\nResumeRate = 75",
        ]
        if let restarts { environment["SLURM_RESTART_COUNT"] = "\(restarts)" }
        // A thread of Swift's pool blocks signals, and what it starts would never hear of them; Slurm blocks none.
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        return try CommandLineTool(
            executable: "/bin/bash", ["\(folder)/array.sbatch"], environment: environment, folder: folder)
    }

    /// How often the task was asked to be requeued.
    private var requeues: Int {
        let notes = (try? workplace.read("notes")) ?? ""
        return notes.split(separator: "\n").count { $0 == "requeue 4711_3" }
    }

    @Test func `poise is told the shard, the plan's number of them, and this node`() async throws {
        try program("poise", #"printf '%s\n' "$@" >"$NOTES.poise""#)
        let output = try await begin().finish()
        #expect(output.status == 0, "\(output.standardError)")
        let arguments = try workplace.read("notes.poise").split(separator: "\n").map(String.init)
        #expect(
            arguments == [
                "run", "--plan", "\(folder)/plan.json", "--shard", "3/40", "--shards-dir", "\(folder)/plan.shards",
                "--scratch", "/tmp/of job", "--node", "n2",
            ])
        #expect(requeues == 0 && (try? workplace.read("notes")) == nil)
    }

    /// What poise ended with, what the cluster requeues by itself, and what comes of it.
    @Test(
        arguments: [
            // The scheduler does it, by the code.
            (75, "75,137", 0, "RUNNING", 75, 0),
            (75, "70-79", 2, "RUNNING", 75, 0),
            // It does not: the script asks for it, and ends with a code that nobody requeues.
            (75, "(null)", 0, "RUNNING", 1, 1),
            (75, "137", 0, "RUNNING", 1, 1),
            (137, "75", 0, "RUNNING", 1, 1),
            // Slurm may book memory that ran out under another code, so that it is asked for and not left to the code.
            (137, "75,137", 0, "RUNNING", 1, 1),
            (75, "1", 0, "RUNNING", 2, 1),
            // Used up: nobody requeues it, also where the cluster would.
            (75, "75,137", 3, "RUNNING", 1, 0),
            (137, "75,137", 3, "RUNNING", 1, 0),
            (75, "1-2,75", 3, "RUNNING", 70, 0),
            (75, "(null)", 4, "RUNNING", 1, 0),
            // Cancelled: it is not called back.
            (75, "(null)", 0, "COMPLETING", 75, 0),
            (75, "(null)", 0, "CANCELLED", 75, 0),
            // Another attempt would not mend it.
            (1, "75", 0, "RUNNING", 1, 0),
            (64, "75,137", 0, "RUNNING", 64, 0),
            (1, "1,75", 0, "RUNNING", 2, 0),
            (127, "(null)", 0, "RUNNING", 127, 0),
        ] as [(Int, String, Int, String, Int32, Int)])
    func `a shard is begun again where that can help, once and not for ever`(
        code: Int, requeueExit: String, restarts: Int, state: String, status: Int32, asked: Int
    ) async throws {
        try program("poise", "exit \(code)")
        let output = try await begin(
            requeueExit: requeueExit, restarts: restarts == 0 ? nil : restarts, state: state
        ).finish()
        #expect(output.status == status, "\(output.standardOutput)\(output.standardError)")
        #expect(requeues == asked)
    }

    @Test func `a code that the cluster would hold is not ended with either`() async throws {
        try program("poise", "exit 64")
        #expect(try await begin(holds: "64").finish().status == 1)
    }

    @Test func `where requeueing is refused the code is left for whoever looks`() async throws {
        try program("poise", "exit 75")
        let output = try await begin(refuses: 1).finish()
        #expect(output.status == 75 && requeues == 1)
        #expect(output.standardOutput.contains("poise submit slurm lists what is missing"))
    }

    @Test func `a killed poise counts as killed`() async throws {
        try program("poise", "kill -KILL $$")
        let output = try await begin().finish()
        #expect(output.status == 1 && requeues == 1)
        #expect(output.standardOutput.contains("poise ended with 137, and is requeued"))
    }

    @Test func `a warning before the time limit reaches poise, whose own end is waited for`() async throws {
        // It takes a second wish for its own, ends late, and with its own code.
        try program(
            "poise",
            """
            told=0
            trap 'told=$((told + 1)); echo "told $told" >&2' TERM
            echo ready >&2
            for _ in $(seq 6000); do if [ "$told" -ge 2 ]; then exit 75; fi; sleep 0.01; done
            exit 3
            """)
        let tool = try begin(requeueExit: "75")
        for await line in tool.errorLines {
            // The shell alone, as `--signal=B:` does.
            if line == "ready" || line == "told 1" { tool.process.terminate() }
        }
        #expect(await tool.status() == 75)
    }

    @Test func `modules may read variables that are not set`() async throws {
        try program("poise", "exit 0")
        let output = try await begin(setup: [#"[ -n "$NOBODY_SETS_THIS" ] || export FOUND=1"#]).finish()
        #expect(output.status == 0 && !output.standardError.contains("unbound"))
    }
}
