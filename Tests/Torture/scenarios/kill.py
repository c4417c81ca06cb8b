"""A run that is killed, interrupted, or loses its server goes on where it was: nothing lost, nothing made twice."""

import itertools
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from context import Context, Row

TASKS, SAMPLES = 2, 8
LOADS, ROUNDS, WARMUP = (1, 4), 2, 1
CANDIDATES = {
    # Of each: answers that are right, and tokens a second. The last is beaten on both axes.
    "quick": (0.5, 3000), "middle": (0.75, 1000), "careful": (0.95, 400), "beaten": (0.4, 300),
}  # fmt: skip
PLANNED = len(CANDIDATES) * TASKS * SAMPLES * len(LOADS) * ROUNDS
FRONT = "SELECT candidate, load, n, unscored, accuracy, onFront FROM frontPoint ORDER BY candidate, load"
PATIENCE = 120
"""Seconds that a command may take; it is near done after two."""


@dataclass(frozen=True)
class Span:
    """Seconds of a run that nothing disturbs."""

    asking: float
    """From its record in the database to its last trial."""
    whole: float
    """To the end of the process, which computes the front and writes the page."""

    def instant(self, draw: random.Random) -> float:
        """One at random: mostly while trials are asked, now and then while the front is computed."""
        return draw.uniform(0, self.asking) if draw.random() < 0.9 else draw.uniform(self.asking, self.whole * 0.97)


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
        environment = {**os.environ, "POISE_TORTURE": self.mark}
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

    @property
    def is_done(self) -> bool:
        return self.rows("SELECT status FROM run") == [("done",)]

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


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.002)
    return False


def living(mark: str) -> list[str]:
    """Processes that were started with a mark in their environment; what has ended and waits to be reaped is none."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if f"POISE_TORTURE={mark}\0".encode() not in (folder / "environ").read_bytes() + b"\0":
                continue
            if (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:80])
        except OSError:
            continue
    return found


def tellers(findings: list[str]) -> set[str]:
    """The attempts that findings are of."""
    return {finding.split(":")[0] for finding in findings}


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


def killed(attempt: Attempt, span: Span, draw: random.Random, front: list[tuple]) -> None:
    """One run, killed once or more, and resumed to its end."""
    # The page's own process is a child that must go too.
    more = ["--watch"] if draw.random() < 0.15 else []
    while True:
        process = attempt.begin(*more)
        time.sleep(span.instant(draw))
        if process.poll() is None:
            break
        # It was faster than thought: another one.
        process.communicate()
        for path in attempt.folder.glob("run.sqlite*"):
            path.unlink()
    attempt.kill(process)
    # Also a kill that came while the page was written leaves a run that is done.
    while not attempt.is_done and draw.random() < 0.3:
        process = attempt.start("--resume")
        time.sleep(span.instant(draw))
        if process.poll() is not None:
            attempt.wait(process, 0)
            break
        attempt.kill(process)
    if not attempt.is_done:
        attempt.finish()
    attempt.check_end(front)


def kills(context: Context, endpoints: Endpoints, front: list[tuple], span: Span) -> list[Attempt]:
    draw = random.Random(context.seed)
    plans = [(f"kill{number:03}", draw.randrange(1 << 60)) for number in range(context.amount(200, 10))]
    done = itertools.count(1)
    lock = threading.Lock()

    def one(name: str, seed: int) -> Attempt:
        attempt = Attempt(context, name, endpoints)
        try:
            killed(attempt, span, random.Random(seed), front)
        # Whatever went wrong is told of this one, and the others are tried.
        except Exception as reason:
            attempt.tell(f"{type(reason).__name__}: {reason}")
        with lock:
            if (count := next(done)) % 20 == 0:
                context.say(f"{count} of {len(plans)} killed")
        return attempt

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda plan: one(*plan), plans))


def interrupted(context: Context, endpoints: Endpoints, front: list[tuple], span: Span) -> list[Row]:
    """Signals in the middle; the command that was printed is then run as it stands."""
    rows = []
    cases = {
        "Ctrl-C": [signal.SIGINT], "Ctrl-C twice": [signal.SIGINT, signal.SIGINT], "SIGTERM": [signal.SIGTERM],
        "the terminal closes (SIGHUP)": [signal.SIGHUP],
    }  # fmt: skip
    draw = random.Random(context.seed + 1)
    for title, signals in cases.items():
        tries = context.amount(5, 1)
        findings: list[str] = []
        for number in range(tries):
            attempt = Attempt(context, f"signal{signals[0].value}x{len(signals)}n{number}", endpoints)
            process = attempt.begin()
            time.sleep(draw.uniform(0.1, 0.6) * span.asking)
            for which in signals:
                process.send_signal(which)
            said = attempt.wait(process, 130)
            attempt.stored = attempt.snapshot()
            if not wait_until(lambda mark=attempt.mark: not living(mark), 10):
                attempt.tell(f"processes outlived it: {living(attempt.mark)}")
            advice = re.search(r"to go on: poise (run --resume .*?)(?:   |$)", said, re.MULTILINE)
            if advice:
                done = context.run(*advice.group(1).split(), timeout=PATIENCE)
                if done.returncode != 0:
                    attempt.tell(f"what it advised ended with {done.returncode}: {last_line(done.stderr)}")
                attempt.check_end(front)
            else:
                attempt.tell(f"it did not say how to go on: {last_line(said)}")
            findings += attempt.findings
        rows.append(
            Row(
                f"{title}, and on by the command that it prints", tries, f"{tries - len(tellers(findings))} as uninterrupted",
                "exit code 130, nothing lost", not findings, tuple(findings),
            )
        )  # fmt: skip
    return rows


def at_once(context: Context, endpoints: Endpoints, front: list[tuple], span: Span) -> Row:
    tries = context.amount(10, 2)
    findings: list[str] = []
    for number in range(tries):
        attempt = Attempt(context, f"both{number}", endpoints)
        process = attempt.begin()
        time.sleep(0.3 * span.asking)
        attempt.kill(process)
        both = [attempt.start("--resume") for _ in range(2)]
        said = [process.communicate(timeout=PATIENCE)[1] for process in both]
        codes = sorted(process.returncode for process in both)
        refused = [text for process, text in zip(both, said) if process.returncode == 1]
        if codes != [0, 1] or "in use by another Poise: process" not in "".join(refused):
            attempt.tell(f"they ended with {codes}: {' / '.join(map(last_line, said))}")
        attempt.check_end(front)
        findings += attempt.findings
    return Row(
        "Two resume the same run at once", tries, f"{tries - len(tellers(findings))} won by one of them",
        "the other is refused and says why", not findings, tuple(findings),
    )  # fmt: skip


def server_died(context: Context, front: list[tuple], span: Span) -> Row:
    """The endpoints are killed in the middle and come back on the same ports."""
    tries = context.amount(10, 1)
    findings: list[str] = []
    for number in range(tries):
        with ExitStack() as stack:
            served = {name: Served(context, name, stack, f"died{number}") for name in CANDIDATES}
            endpoints = Endpoints({name: server.url for name, server in served.items()}, {})
            attempt = Attempt(context, f"died{number}", endpoints)
            process = attempt.begin()
            time.sleep(random.Random(number).uniform(0.1, 0.6) * span.asking)
            for server in served.values():
                server.kill()
            attempt.wait(process, 1)
            attempt.stored = attempt.snapshot()
            for server in served.values():
                server.start()
            attempt.finish("--retry-errors")
            attempt.check_end(front)
        findings += attempt.findings
    return Row(
        "The server dies and comes back: --resume --retry-errors", tries, f"{tries - len(tellers(findings))} as uninterrupted",
        "nothing lost, every failure asked again", not findings, tuple(findings),
    )  # fmt: skip


class Served:
    """A simulated endpoint that can be killed and started again on its port."""

    def __init__(self, context: Context, name: str, stack: ExitStack, place: str) -> None:
        self.context, self.name, self.port = context, name, "0"
        self.log = context.folder / f"{place}-{name}.log"
        self.process: subprocess.Popen | None = None
        stack.callback(self.kill)
        self.start()

    def start(self) -> None:
        command = [str(self.context.poise), "simulate", "--port", self.port, *simulation(self.context, self.name)]
        with self.log.open("a") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url.startswith("http://"):
            raise RuntimeError(f"the simulated endpoint did not start: see {self.log}")
        self.port = self.url.split(":")[2].split("/")[0]

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


def simulation(context: Context, name: str) -> list[str]:
    share, speed = CANDIDATES[name]
    table = context.folder / f"{name}.json"
    if not table.exists():
        table.write_text(json.dumps(answers(name, share)), encoding="utf-8")
    return ["--answer", str(table), "--tps", str(speed), "--ttft", "2ms"]


def rows(context: Context) -> Iterator[Row]:
    with ExitStack() as stack:
        logs = {name: context.folder / f"{name}.jsonl" for name in CANDIDATES}
        urls = {
            name: stack.enter_context(context.simulated(*simulation(context, name), "--log", str(logs[name])))
            for name in CANDIDATES
        }
        endpoints = Endpoints(urls, logs)
        whole = Attempt(context, "whole", endpoints)
        process = whole.begin()
        started = time.monotonic()
        counted = "SELECT count(*) FROM trial WHERE NOT isWarmup"
        wait_until(lambda: whole.rows(counted) == [(PLANNED,)])
        asking = time.monotonic() - started
        whole.wait(process, 0)
        span = Span(asking, time.monotonic() - started)
        front = whole.rows(FRONT)
        whole.check_end(front)
        points = ", ".join(f"{row[0]} {row[4]:.3f}" for row in front if row[5] and row[1] == 1)
        context.say(f"uninterrupted: {PLANNED} trials in {span.asking:.2f} s, the front is {points}")
        attempts = kills(context, endpoints, front, span)
        yield from interrupted(context, endpoints, front, span)
        yield at_once(context, endpoints, front, span)
    # Now that the endpoints have ended, their logs are whole.
    yield kill_row(attempts, requests(endpoints), whole)
    yield server_died(context, front, span)


def kill_row(attempts: list[Attempt], asked: dict[str, list[tuple[int, str, str]]], whole: Attempt) -> Row:
    doubled = 0
    for attempt in attempts:
        if attempt.resumed_at:
            own = asked.get(attempt.number, [])
            again = attempt.doubled(Counter((name, text) for at, name, text in own if at >= attempt.resumed_at))
            if again:
                attempt.tell(f"{again} trials were generated again after they were stored")
            doubled += again
    findings = [*whole.findings, *itertools.chain.from_iterable(attempt.findings for attempt in attempts)]
    count = sum(attempt.kills for attempt in attempts)
    kept = sum(len(attempt.stored) for attempt in attempts)
    lost = sum("lost" in finding for finding in findings)
    return Row(
        "kill -9 at a random instant, then --resume", count,
        f"{kept:,} finished trials kept, {lost} times some lost, {doubled} doubled",
        "0 lost, 0 doubled, the front of an uninterrupted run", not findings, tuple(findings),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit("run it through torture.py")
