"""A run small enough to be killed hundreds of times: its suite, its endpoints, and what its database says after each."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from context import Context

TASKS, SAMPLES = 2, 8
LOADS, ROUNDS, WARMUP = (1, 4), 2, 1
CANDIDATES = {
    # Of each: answers that are right, and tokens a second. The last is beaten on both axes.
    "quick": (0.5, 3000), "middle": (0.75, 1000), "careful": (0.95, 400), "beaten": (0.4, 300),
}  # fmt: skip
PLANNED = len(CANDIDATES) * TASKS * SAMPLES * len(LOADS) * ROUNDS
FRONT = "SELECT candidate, load, n, unscored, accuracy, onFront FROM frontPoint ORDER BY candidate, load"
MARK = "LC_POISE_TORTURE"
"""A variable that Poise hands on to what it starts, as it does with few."""
PATIENCE = 120
"""Seconds that a command may take; it is near done after two."""


@dataclass
class Endpoints:
    """The candidates' endpoints, which live through all kills, and log what they were asked."""

    urls: dict[str, str]
    logs: dict[str, Path]


@dataclass
class Attempt:
    """One run with a database of its own; its number stands in the name of its models."""

    context: Context
    number: str
    endpoints: Endpoints
    findings: list[str] = field(default_factory=list)
    kills: int = 0
    children: int = 0
    """Processes that a kill found beside Poise's own, and which had to end with it."""
    is_done: bool = False
    """Whether the last kill came after the run's end was stored."""
    resumed_at: int = 0
    """Nanoseconds of the monotonic clock, of the last time that it went on."""
    stored: dict[int, tuple] = field(default_factory=dict)
    """What was in the database right after any kill, by the row's id."""
    stored_last: Counter = field(default_factory=Counter)
    """After the last kill: trials by candidate and prompt."""

    def __post_init__(self) -> None:
        self.folder = self.context.folder / self.number
        self.folder.mkdir(parents=True)
        self.database = self.folder / "run.sqlite"
        self.mark = f"{os.getpid()}-{self.number}"
        write_suite(self.folder, self.endpoints.urls, self.number)

    def tell(self, text: str) -> None:
        self.findings.append(f"{self.number}: {text}")

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = {**os.environ, MARK: self.mark}
        command = [str(self.context.poise), "run", *arguments, "--db", str(self.database), "--no-calibrate"]
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            errors="replace", env=environment,
        )  # fmt: skip

    def begin(self, *arguments: str) -> subprocess.Popen:
        """Starts the run and waits until it is in the database."""
        process = self.start(str(self.folder / "suite.yaml"), *arguments)
        wait_until(lambda: self.has_run() or process.poll() is not None)
        return process

    def has_run(self) -> bool:
        try:
            return bool(self.rows("SELECT 1 FROM run"))
        except sqlite3.Error:
            return False

    def rows(self, query: str, database: Path | None = None) -> list[tuple]:
        connection = sqlite3.connect(f"file:{database or self.database}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def finish(self, *arguments: str) -> str:
        """Goes on to the end; what it said.

        Throws: `subprocess.TimeoutExpired` where it hangs.
        """
        self.resumed_at = time.monotonic_ns()
        return self.wait(self.start("--resume", *arguments), 0)

    def wait(self, process: subprocess.Popen, status: int) -> str:
        try:
            _, said = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        if process.returncode != status:
            self.tell(f"it ended with {process.returncode} and not {status}: {last_line(said)}")
        return said

    def kill(self, process: subprocess.Popen) -> None:
        """Kills it and looks at what it leaves behind: rows, an intact file, and no process."""
        self.children += max(0, len(living(self.mark)) - 1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.kills += 1
        if not wait_until(lambda: not living(self.mark), 10):
            self.tell(f"processes outlived it: {living(self.mark)}")
        # A copy is looked at: opening the database would mend it before Poise has to.
        copy = self.folder / f"after-kill-{self.kills}"
        copy.mkdir()
        for path in self.folder.glob("run.sqlite*"):
            shutil.copy(path, copy)
        self.check_integrity(copy / "run.sqlite")
        now = self.snapshot(copy / "run.sqlite")
        self.compare(now)
        self.stored |= now
        places = self.rows("SELECT candidate, task, sample FROM trial WHERE NOT isWarmup", copy / "run.sqlite")
        self.is_done = self.rows("SELECT status FROM run", copy / "run.sqlite") == [("done",)]
        self.stored_last = Counter((candidate, prompt(task, sample)) for candidate, task, sample in places)
        shutil.rmtree(copy)

    def check_integrity(self, database: Path) -> None:
        found = self.rows("PRAGMA integrity_check", database) + self.rows("PRAGMA foreign_key_check", database)
        if found != [("ok",)]:
            self.tell(f"the database is damaged: {found[:3]}")

    def snapshot(self, database: Path | None = None) -> dict[int, tuple]:
        """Every column of every finished trial with its scores."""
        scores: dict[int, list[tuple]] = {}
        for row in self.rows("SELECT trial, * FROM score ORDER BY trial, position", database):
            scores.setdefault(row[0], []).append(row)
        trials = self.rows("SELECT * FROM trial WHERE NOT isWarmup AND status = 'completed'", database)
        return {row[0]: (row, tuple(scores.get(row[0], []))) for row in trials}

    def compare(self, now: dict[int, tuple]) -> None:
        lost = [trial for trial in self.stored if trial not in now]
        changed = [trial for trial in self.stored if trial in now and now[trial] != self.stored[trial]]
        if lost or changed:
            self.tell(f"{len(lost)} finished trials were lost, {len(changed)} changed")

    def check_end(self, front: list[tuple]) -> None:
        """The whole run is there as if nothing had happened."""
        self.check_integrity(self.database)
        self.compare(self.snapshot())
        status = self.rows("SELECT status FROM run")
        if status != [("done",)]:
            self.tell(f"its status is {status}")
        counts = self.rows("SELECT count(*), sum(status = 'completed') FROM trial WHERE NOT isWarmup")
        if counts != [(PLANNED, PLANNED)]:
            self.tell(f"{counts[0][0]} trials, {counts[0][1]} of them completed, of {PLANNED}")
        if (own := self.rows(FRONT)) != front:
            self.tell(f"the front is {own} and not {front}")
        if left := list(self.folder.glob("*.lock")):
            self.tell(f"a lock was left: {left}")

    def doubled(self, asked: Counter) -> int:
        """Requests after the last time that it went on, beyond those for trials that were missing and warm-ups.

        - asked: by candidate and prompt.
        """
        last = max(self.stored, default=0)
        warm = Counter(
            (candidate, prompt(task, sample))
            for candidate, task, sample in self.rows(
                f"SELECT candidate, task, sample FROM trial WHERE isWarmup AND id > {last} ORDER BY id"
            )
        )
        missing = Counter({
            (name, prompt(task, sample)): len(LOADS) * ROUNDS
            for name in CANDIDATES for task in task_names() for sample in sample_names()
        })  # fmt: skip
        missing.subtract(self.stored_last)
        missing.update(warm)
        return sum(max(0, count - missing[place]) for place, count in asked.items())


def task_names() -> list[str]:
    return [f"task{number}" for number in range(TASKS)]


def sample_names() -> list[str]:
    return [f"s{number}" for number in range(SAMPLES)]


def prompt(task: str, sample: str) -> str:
    return f"What is {sample} of {task}?"


def right(task: str, sample: str) -> str:
    return f"{task} {sample} and then some more words to speak"


def answers(name: str, share: float) -> dict[str, str]:
    """A share of them is right, always the same ones."""
    draw = random.Random(name)
    return {
        prompt(task, sample): right(task, sample) if draw.random() < share else "I would rather speak of other things"
        for task in task_names() for sample in sample_names()
    }  # fmt: skip


def write_suite(folder: Path, urls: dict[str, str], number: str) -> None:
    for task in task_names():
        samples = [{"id": name, "input": prompt(task, name), "target": right(task, name)} for name in sample_names()]
        (folder / f"{task}.jsonl").write_text("\n".join(map(json.dumps, samples)), encoding="utf-8")
        (folder / f"{task}.yaml").write_text(
            f'name: {task}\nsamples: {task}.jsonl\nprompt: "{{input}}"\ngraders:\n  - check: exact\n', encoding="utf-8"
        )
    candidates = [
        f'  - model: {name}\n    endpoint: {{base_url: "{url}", model: "{name}-{number}"}}' for name, url in urls.items()
    ]
    lines = ["name: kill", "candidates:", *candidates, f"tasks: [{', '.join(f'{task}.yaml' for task in task_names())}]"]
    lines += [f"load: {list(LOADS)}", f"rounds: {ROUNDS}", f"warmup: {WARMUP}", "limits: {outage: 1 s}"]
    (folder / "suite.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE, pause: float = 0.002) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(pause)
    return False


def living(mark: str) -> list[str]:
    """Processes that were started with a mark in their environment; what has ended and waits to be reaped is none."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if f"{MARK}={mark}\0".encode() not in (folder / "environ").read_bytes() + b"\0":
                continue
            if (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:80])
        except OSError:
            continue
    return found


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def requests(endpoints: Endpoints) -> dict[str, list[tuple[int, str, str]]]:
    """By the run's number: when each request arrived, in nanoseconds, with its candidate and its prompt."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for name, path in endpoints.logs.items():
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            body = entry.get("body") or {}
            body = json.loads(body) if isinstance(body, str) and body else body
            if not body or "messages" not in body:
                continue
            number = body["model"].removeprefix(f"{name}-")
            found.setdefault(number, []).append((entry["arrival"], name, body["messages"][-1]["content"]))
    return found
