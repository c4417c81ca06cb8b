import Foundation
import Testing

@testable import poise

/// The scripts as texts; how the array's behaves is shown by running it, in `SlurmArrayRunTests`.
@Suite struct SlurmScriptTests {
    @Test func `the array asks for what was asked for, and for nothing else`() {
        let job = PlannedExample.job(missing: [0, 3, 7, 8, 9]) { job in
            job.arrayLimit = 8
            job.resources = SlurmResources(
                partition: "gpu", account: "team a", qos: "high", constraint: "a100&nvlink", gres: "gpu:1", cpus: 4,
                memory: "16G", time: "4:00:00", isExclusive: true, jobName: "ladder", others: ["--mail-type=END"])
        }
        let lines = job.arrayText.split(separator: "\n").filter { $0.hasPrefix("#SBATCH") }.map(String.init)
        #expect(
            lines == [
                "#SBATCH --job-name=ladder", "#SBATCH --array=0,3,7-9%8",
                "#SBATCH --output=/data/plan.shards/logs/%A_%a.out", "#SBATCH --open-mode=append", "#SBATCH --nodes=1",
                "#SBATCH --ntasks=1", "#SBATCH --requeue", "#SBATCH --signal=B:TERM@90", "#SBATCH --partition=gpu",
                "#SBATCH --account=\"team a\"", "#SBATCH --qos=high", "#SBATCH --time=4:00:00",
                "#SBATCH --constraint=a100&nvlink", "#SBATCH --gres=gpu:1", "#SBATCH --cpus-per-task=4",
                "#SBATCH --mem=16G", "#SBATCH --exclusive", "#SBATCH --mail-type=END",
            ])
        let bare = PlannedExample.job(missing: [0]).arrayText
        #expect(!bare.contains("--partition") && !bare.contains("--gres") && !bare.contains("--exclusive"))
    }

    @Test func `the merge is booked like the array, on one core and without a GPU`() {
        let job = PlannedExample.job(missing: [0]) { job in
            job.resources = SlurmResources(partition: "gpu", constraint: "a100", gres: "gpu:1", cpus: 16, memory: "64G")
            job.setup = ["module load sqlite"]
        }
        let text = job.mergeText
        for line in ["--job-name=poise-merge", "--partition=gpu", "--cpus-per-task=1", "--mem=4G"] {
            #expect(text.contains("#SBATCH \(line)\n"), "\(line)")
        }
        #expect(!text.contains("gres") && !text.contains("a100") && !text.contains("64G"))
        #expect(text.contains("\nmodule load sqlite\n"))
        #expect(text.contains("\npoise=/opt/poise\n\"$poise\" merge /data/plan.shards -o /data/plan.sqlite || exit\n"))
        #expect(text.hasSuffix("exec \"$poise\" report --db /data/plan.sqlite\n"))
    }

    @Test func `what a shell or sbatch would read otherwise is quoted`() {
        let job = PlannedExample.job(missing: [0], folder: "/my data/100%/it's $HOME", poise: "/opt/a b/poise") { job in
            job.resources.jobName = #"a "b" #c"#
            job.scratch = "/fast disk"
            job.runOptions = ["--trust"]
        }
        let text = job.arrayText
        #expect(text.contains(#"#SBATCH --job-name="a \"b\" #c""#))
        #expect(text.contains(#"--output="/my data/100%%/it's $HOME/plan.shards/logs/%A_%a.out""#))
        #expect(text.contains(#"plan='/my data/100%/it'\''s $HOME/plan.json'"#))
        #expect(text.contains("poise='/opt/a b/poise'") && text.contains("scratch='/fast disk'"))
        #expect(text.contains(" --trust &\n"))
    }

    @Test func `the number of shards is the plan's, whatever part of them is run`() {
        let text = PlannedExample.job(shards: 40, missing: [7]).arrayText
        #expect(text.contains("\nshards=40\n"))
        #expect(!text.contains("$SLURM_ARRAY_TASK_COUNT") && !text.contains("${SLURM_ARRAY_TASK_COUNT"))
    }

    @Test(arguments: ["--mail-type=END", "#SBATCH --mail-type=END", "#SBATCH   --mail-type=END"])
    func `another option is a line of the script, written with or without its mark`(given: String) {
        #expect(SbatchLine.other(given) == "#SBATCH --mail-type=END")
        #expect(SbatchLine.problem(of: given) == nil)
    }

    @Test(arguments: ["mail", "--array=1-3", "-a 1", "--dependency=afterok:1", "--wrap=ls", ""])
    func `an option that is none, or is Poise's own, is refused`(given: String) {
        #expect(SbatchLine.problem(of: given) != nil)
    }

    @Test(
        arguments: [
            ("4711", "4711"), ("4711;main", "4711"), ("sbatch: warning: you are nearly out of hours\n4711", "4711"),
            ("", nil), ("Submitted batch job", nil), (";main", nil),
        ] as [(String, String?)])
    func `a job's number is found in what sbatch prints`(words: String, id: String?) {
        #expect(SlurmSubmission.id(in: words) == id)
    }

    @Test func `the reply says the numbers, how to watch and how to go on`() {
        let job = PlannedExample.job(missing: [0, 1, 2]) { $0.arrayLimit = 2 }
        let text = SlurmReply.text(
            .init(array: "7", merge: "8"), job: job, again: "poise submit slurm --plan plan.json")
        #expect(text.hasPrefix("array 7   3 of 40 shards: 0-2%2\nmerge 8   then into /data/plan.sqlite\n"))
        for words in [
            "squeue --jobs 7,8", "sacct --jobs 7,8", "/data/plan.shards/logs/7_*.out", "poise submit slurm --plan",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        let merge = SlurmReply.text(.init(merge: "9"), job: PlannedExample.job(missing: []), again: "again")
        #expect(merge.hasPrefix("merge 9   into /data/plan.sqlite\n") && !merge.contains("array"))
    }
}
