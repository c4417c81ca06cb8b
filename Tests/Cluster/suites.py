"""A suite of slow simulated candidates that is run on a cluster: its plan, its shards, its jobs, and what was merged."""

import hashlib
import json
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from context import Context
from killable import last_line
from shortrun import unsoundness
from slurm import Job, Process, Slurm, kill, processes

CANDIDATES, ROUNDS, SHARDS = 4, 2, 8
"""A shard is one candidate in one round."""
CHANGED_PROMPT = " Be brief."
"""What a prompt says more where it was changed."""
MOST_SAMPLES = 200
KEY = "candidate, task, sample, epoch, load, round"
PATIENCE = 240
"""Seconds that jobs may take; most are over after twenty."""


@dataclass
class Work:
    """One plan and all that is made of it."""

    context: Context
    slurm: Slurm
    url: str
    samples: int = 10
    """Of the task; one takes a third of a second."""
    name: str = "work"
    findings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder = self.context.folder / self.name
        self.folder.mkdir(parents=True)
        self.plan = self.folder / "plan.json"
        self.shards = self.folder / "plan.shards"
        self.merged = self.folder / "all.sqlite"
        self.newest = 0
        """The id of the last job before the newest submission."""

    # What is run

    def write_suite(self, prompt: str = "{input}", check: str = "exact", **settings: str) -> Path:
        """- settings: of the suite, beyond what it has anyway."""
        samples = [{"id": f"s{n}", "input": question(n), "target": target(n)} for n in range(self.samples)]
        (self.folder / "words.jsonl").write_text("\n".join(map(json.dumps, samples)) + "\n", encoding="utf-8")
        (self.folder / "words.yaml").write_text(
            f'name: words\nsamples: words.jsonl\nprompt: "{prompt}"\ngraders:\n  - check: {check}\n', encoding="utf-8"
        )
        candidates = [
            f'  - model: c{n}\n    endpoint: {{base_url: "{self.url}", model: c{n}}}' for n in range(CANDIDATES)
        ]
        rest = {"tasks": "[words.yaml]", "load": "1", "rounds": str(ROUNDS), "warmup": "1"} | settings
        lines = ["name: cluster", "candidates:", *candidates, *(f"{key}: {value}" for key, value in rest.items())]
        path = self.folder / "suite.yaml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def make_plan(self, shards: int = SHARDS, **changed: str) -> None:
        self.poise("plan", self.write_suite(**changed), "-o", self.plan, "--shards", shards)

    def attempt(self, *arguments: str | Path | int) -> subprocess.CompletedProcess[str]:
        """A command of Poise, whatever it ends with."""
        return self.context.run(*map(str, arguments), env=self.slurm.environment(), cwd=self.folder)

    def poise(self, *arguments: str | Path | int) -> subprocess.CompletedProcess[str]:
        """Throws: `RuntimeError` where it fails: then nothing further means anything."""
        done = self.attempt(*arguments)
        if done.returncode != 0:
            said = last_line(done.stdout + done.stderr)
            raise RuntimeError(f"poise {arguments[0]} ended with {done.returncode}: {said}")
        return done

    def tell(self, text: str) -> None:
        self.findings.append(f"{self.name}: {text}")

    # Its jobs

    def submit(self, *arguments: str) -> str:
        """What it said."""
        self.newest = max((job.id for job in self.slurm.jobs(with_old=True)), default=0)
        common = ["--plan", self.plan, "-o", self.merged, "--poise", self.context.poise]
        done = self.poise("submit", "slurm", *common, *arguments)
        return done.stdout + done.stderr

    def jobs(self) -> list[Job]:
        """Of the newest submission."""
        return [job for job in self.slurm.jobs(with_old=True) if job.id > self.newest]

    def tasks(self) -> list[Job]:
        return [job for job in self.jobs() if job.array is not None]

    def asked(self) -> set[int]:
        """The shards of the newest submission."""
        found: set[int] = set()
        for job in self.tasks():
            found |= job.indices
        return found

    def merge_job(self) -> Job:
        """Throws: `RuntimeError` where there is not exactly one."""
        others = [job for job in self.jobs() if job.array is None]
        if len(others) != 1:
            raise RuntimeError(f"{len(others)} jobs beside the array, of which one would merge")
        return others[0]

    def wait(self, seconds: float = PATIENCE) -> Job:
        """Until no job is left; the one that merged."""
        self.slurm.expect(lambda: all(job.is_over for job in self.jobs()), "the jobs' end", seconds)
        return self.merge_job()

    def running(self, shard: int) -> list[Process]:
        """Processes of Poise that work on a shard."""
        return [
            process for process in processes(self.slurm.mark)
            if "--shard" in process.command and f"{shard}/{self.count}" in process.command
            and Path(process.command[0]).name == self.context.poise.name
        ]  # fmt: skip

    @property
    def count(self) -> int:
        return json.loads(self.plan.read_text(encoding="utf-8"))["shards"]

    def job_of(self, shard: int) -> Job:
        return next(job for job in self.tasks() if job.index == shard)

    def kill_job(self, job: Job) -> None:
        """Kills the batch script and all that it runs, and not what watches over them."""
        for process in processes(self.slurm.mark):
            own = process.environment.get("SLURM_JOB_ID") == str(job.id)
            if own and not process.command[0].startswith("slurmstepd"):
                kill(process.id)

    def until_asked(self, trials: int, shard: int) -> None:
        """Waits until an attempt has so many trials in its own database."""
        self.slurm.expect(lambda: self.progress(shard) >= trials, f"{trials} trials of shard {shard}")

    def progress(self, shard: int) -> int:
        most = 0
        for process in self.running(shard):
            for path in opened(process):
                if ".sqlite" in path.name and not path.name.endswith(("-wal", "-shm")):
                    try:
                        most = max(most, rows(path, "SELECT count(*) FROM trial WHERE NOT isWarmup")[0][0])
                    except sqlite3.Error:
                        continue
        return most

    # What it left

    def whole(self) -> dict[int, str]:
        """SHA-256 of every whole shard that is in place."""
        found = {}
        for path in self.shards.glob("shard-*-of-*.sqlite"):
            if ".partial-" not in path.name:
                found[int(path.name.split("-")[1])] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def partial(self) -> list[Path]:
        return sorted(self.shards.glob("*.partial-*.sqlite"))

    def said(self, job: Job) -> str:
        """All that was written to the output of a job."""
        return job.output.read_text(encoding="utf-8", errors="replace") if job.output.exists() else ""

    def check_merged(self, rounds: int = ROUNDS) -> None:
        """One run, every trial once, answered and graded as the simulated endpoint would have it."""
        if not self.merged.exists():
            return self.tell("nothing was merged")
        for problem in unsoundness(self.merged):
            self.tell(problem)
        runs = rows(self.merged, "SELECT status FROM run")
        if runs != [("done",)]:
            self.tell(f"its runs are {runs}, and not one that is done")
        found = trials(self.merged)
        counted = Counter(key for key, _ in found)
        doubled = [key for key, times in counted.items() if times > 1]
        wanted = {
            (f"c{c}", "words", f"s{n}", 1, "1", r): (answer(n), float(answer(n) == target(n)))
            for c in range(CANDIDATES) for n in range(self.samples) for r in range(1, rounds + 1)
        }  # fmt: skip
        by_key = dict(found)
        missing, surplus = wanted.keys() - by_key.keys(), by_key.keys() - wanted.keys()
        wrong = [key for key in wanted.keys() & by_key.keys() if by_key[key] != wanted[key]]
        for what, keys in {
            "doubled": doubled,
            "missing": missing,
            "surplus": surplus,
            "other than asked": wrong,
        }.items():
            if keys:
                self.tell(f"{len(keys)} trials {what}, as {sorted(keys)[0]}")

    def resumed(self) -> list[int]:
        """Shards that were measured in several goes."""
        goes = Counter(shard for shard, _, measured in self.stints() if measured)
        return sorted(shard for shard, times in goes.items() if times > 1)

    def stints(self) -> list[tuple]:
        """Of each go at a shard: the shard, the node, and how many trials were measured."""
        return rows(
            self.merged,
            "SELECT stint.shard, stint.node, count(trial.id) FROM stint LEFT JOIN trial ON trial.run = stint.run"
            " AND trial.stint = stint.number AND NOT trial.isWarmup GROUP BY stint.run, stint.number ORDER BY 1, 2",
        )


def question(number: int) -> str:
    return f"What is word {number}?"


def target(number: int) -> str:
    return f"word {number}, and a few more words to speak"


def answer(number: int) -> str:
    """Every third is wrong."""
    return target(number) if number % 3 else "I would rather speak of quite other things"


@contextmanager
def endpoint(context: Context, is_slow: bool = True) -> Iterator[str]:
    """The simulated one that these suites ask; it takes a third of a second for an answer where it is slow."""
    table = context.folder / "answers.json"
    answers = {question(n) + more: answer(n) for n in range(MOST_SAMPLES) for more in ("", CHANGED_PROMPT)}
    table.write_text(json.dumps(answers), encoding="utf-8")
    pace = ("--ttft", "200ms", "--tps", "60") if is_slow else ("--ttft", "2ms", "--tps", "5000")
    with context.simulated("--answer", str(table), *pace) as url:
        yield url


def trials(database: Path) -> list[tuple[tuple, tuple]]:
    """Of each measured trial its key, then its answer and its score."""
    found = rows(
        database,
        f"SELECT {KEY}, response, score.value FROM trial LEFT JOIN score ON score.trial = trial.id AND position = 0"
        " WHERE NOT isWarmup",
    )
    return [((*row[:4], str(row[4]), row[5]), row[6:]) for row in found]


def rows(database: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def opened(process: Process) -> list[Path]:
    """Files that a process has open."""
    try:
        return [link.resolve() for link in Path(f"/proc/{process.id}/fd").iterdir()]
    except OSError:
        return []
