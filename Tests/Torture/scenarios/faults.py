"""Faults of an endpoint at 1% to 30% of requests: no trial is lost, and none is scored for what the fault did to it."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from context import Context, Row

RATES = (1, 5, 15, 30)
"""Percent of the requests that meet the fault."""

CONCURRENCY = 8
LIMITS = "{connect: 3 s, first_token: 3 s, stall: 2 s, total: 5 s, outage: 6 s}"
"""Short, so that each is met soon; a sound response takes 0.1 s."""

PACE = ("--ttft", "10ms", "--tps", "100")
BOUND = 240
"""Seconds that a run may take, a generous multiple of what the waits of its faults add up to."""

Server = Callable[[Path], None]


@dataclass(frozen=True)
class Fault:
    title: str
    arguments: tuple[str, ...] = ()
    """What the simulated endpoint is told; `@` is followed by the rate."""
    kinds: frozenset[str] = frozenset()
    """Names that a failure of it may have."""
    kill: float | None = None
    """Seconds after which a killed endpoint is back; endless where it is not."""


def failing(*names: str) -> frozenset[str]:
    return frozenset(names)


FAULTS = (
    Fault("server killed, back after a second", kinds=failing("brokenOff", "refused"), kill=1),
    Fault("server killed, never back", kinds=failing("brokenOff", "refused"), kill=float("inf")),
    Fault("connection reset in the middle", ("reset=2@",), failing("brokenOff")),
    Fault("connection closed before the response", ("close-before-headers@",), failing("brokenOff")),
    Fault("response cut off in the middle", ("close=2@",), failing("brokenOff", "malformed")),
    Fault("stream that stalls", ("stall=2@",), failing("stalled")),
    Fault("request that is never answered", ("hang@",), failing("firstTokenTimedOut")),
    Fault("429 with Retry-After", ("status=429:1@",), failing("rateLimited")),
    Fault("429 without Retry-After", ("status=429@",), failing("rateLimited")),
    Fault("500", ("status=500@",), failing("serverError")),
    Fault("garbage in the stream", ("malformed=2@",), failing("malformed")),
    Fault("error in the stream", ("error=2@",), failing("serverError", "malformed", "rejected")),
    Fault("slow drip beyond the limit", ("drip=700@",), failing("timedOut")),
    Fault("slow drip within the limit", ("drip=100@", "split=3@"), failing()),
    Fault("event of 9 MB", ("huge=9000000@",), failing("tooLarge")),
    Fault("stream that never ends", ("endless@",), failing("timedOut", "tooLarge")),
)


@dataclass
class Outcome:
    """What became of one run."""

    completed: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    findings: list[str] = field(default_factory=list)


def rows(context: Context) -> Iterator[Row]:
    samples = context.amount(300, 60)
    write_task(context.folder, samples)
    sound = fault_free(context)
    for fault in FAULTS:
        with ThreadPoolExecutor(len(RATES)) as pool:
            outcomes = list(pool.map(lambda rate: tried(context, fault, rate, samples, sound), RATES))
        yield row(fault, outcomes, samples)
    yield time_over(context)


def time_over(context: Context) -> Row:
    """A run whose time is over while all that is in flight hangs."""
    database = context.folder / "time-over.sqlite"
    allowed = 2 + 10 + 15
    findings = []
    # The second half of the requests is never answered, and would be waited for until the end of the day.
    with context.simulated(*PACE, "--answer", str(context.folder / "answers.json"), "--fault", "hang@31-100000") as url:
        suite = write_suite(context.folder, "time-over", url, "{first_token: 1 h, stall: 1 h, total: 2 h}")
        started = time.monotonic()
        done = context.run(
            "run", suite, "--db", database, "--no-calibrate", "--max-time", "2s", timeout=BOUND)  # fmt: skip
        seconds = time.monotonic() - started
    found = trials(database)
    if seconds > allowed:
        findings.append(f"it took {seconds:.0f} s")
    if done.returncode != 1 or "--max-time" not in done.stderr:
        findings.append(f"exit code {done.returncode}: {done.stderr[-300:]}")
    if [state for _, state, *_ in found] != ["completed"] * 30:
        findings.append(f"30 requests were answered, and these trials are stored: {Counter(row[1] for row in found)}")
    return Row(
        "--max-time while every request hangs", 1, f"ended after {seconds:.0f} s, {len(found)} finished trials kept",
        f"ended within {allowed} s, all that finished kept", not findings, tuple(findings),
    )  # fmt: skip


def row(fault: Fault, outcomes: list[Outcome], samples: int) -> Row:
    failed = sum((outcome.failed for outcome in outcomes), Counter())
    completed = sum(outcome.completed for outcome in outcomes)
    names = ", ".join(f"{count} {name}" for name, count in sorted(failed.items())) or "none failed"
    missing = len(outcomes) * samples - completed - failed.total()
    left = f", {missing} not asked" if missing else ""
    return Row(
        fault.title, len(outcomes) * samples, f"{completed:,} completed as without it, {names}{left}",
        "given up by name, nothing wrong scored" if fault.kill == float("inf") else "each completed or failed by name",
        passed=not any(outcome.findings for outcome in outcomes),
        findings=tuple(finding for outcome in outcomes for finding in outcome.findings),
    )  # fmt: skip


def write_task(folder: Path, samples: int) -> None:
    """Answers of which a part would be scored otherwise than the whole, in both directions."""
    dataset, answers = [], {}
    for number in range(samples):
        words = [f"n{number}", "is", "followed", f"by n{number + 1}", "and", "more"]
        whole = " ".join(words)
        # Right; wrong, and right if it were cut; wrong either way.
        target = {0: whole, 1: " ".join(words[:2]), 2: "nothing"}[number * 7 % 3 if number % 5 else 0]
        dataset.append(json.dumps({"id": f"s{number}", "input": f"question {number}", "target": target}))
        answers[f"question {number}"] = whole
    (folder / "questions.jsonl").write_text("\n".join(dataset) + "\n", encoding="utf-8")
    (folder / "questions.yaml").write_text(
        'name: questions\nsamples: questions.jsonl\nprompt: "{input}"\ngraders:\n  - check: exact\n', encoding="utf-8"
    )
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")


def write_suite(folder: Path, name: str, url: str, limits: str = LIMITS) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(
        f"name: {name}\ncandidates:\n  - model: m\n    endpoint: {{base_url: \"{url}\", model: m}}\n"
        f"tasks: [questions.yaml]\nload: {CONCURRENCY}\nwarmup: 0\nlimits: {limits}\n",
        encoding="utf-8",
    )  # fmt: skip
    return path


def fault_free(context: Context) -> dict[str, tuple[str, float]]:
    """Sample → its response and score, of a run without a fault."""
    with context.simulated(*PACE, "--answer", str(context.folder / "answers.json")) as url:
        suite = write_suite(context.folder, "sound", url)
        database = context.folder / "sound.sqlite"
        done = context.run("run", suite, "--db", database, "--no-calibrate", timeout=BOUND)
    if done.returncode:
        raise RuntimeError(f"the run without a fault failed: {done.stderr[-500:]}")
    found = trials(database)
    scores = Counter(score for _, _, _, score, _ in found)
    if set(scores) != {0.0, 1.0}:
        raise RuntimeError(f"the run without a fault has to have right and wrong answers: {scores}")
    return {sample: (response, score) for sample, _, response, score, _ in found}


def trials(database: Path) -> list[tuple[str, str, str | None, float | None, str | None]]:
    """Of each trial: sample, status, response, score, and how its failure is called."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as connection:
        return connection.execute(
            "SELECT sample, status, response, score.value, failureKind FROM trial"
            " LEFT JOIN score ON score.trial = trial.id AND score.position = 0 WHERE NOT isWarmup"
        ).fetchall()


def tried(
    context: Context, fault: Fault, rate: int, samples: int, sound: dict[str, tuple[str, float]]
) -> Outcome:  # fmt: skip
    """One run with a fault at one rate, and what is wrong with what it left behind."""
    name = re.sub(r"[^a-z0-9]+", "-", f"{fault.title} {rate}".lower())
    database = context.folder / f"{name}.sqlite"
    outcome = Outcome()
    started = time.monotonic()
    try:
        done = (
            with_kill(context, fault, rate, samples, name, database)
            if fault.kill is not None
            else with_faults(context, fault, rate, name, database)
        )
    except subprocess.TimeoutExpired:
        outcome.findings.append(f"{fault.title}, {rate}%: it hangs, for longer than {BOUND} s")
        return outcome
    finally:
        outcome.seconds = time.monotonic() - started
    (context.folder / f"{name}.log").write_text(done.stderr, encoding="utf-8")
    problems = check(fault, samples, sound, database, done.returncode, outcome)
    outcome.findings += [f"{fault.title}, {rate}%: {problem}" for problem in problems]
    context.say(f"{fault.title}, {rate}%: {outcome.completed} completed, {outcome.seconds:.0f} s")
    return outcome


def with_faults(
    context: Context, fault: Fault, rate: int, name: str, database: Path
) -> subprocess.CompletedProcess[str]:
    faults = [part for text in fault.arguments for part in ("--fault", f"{text}{rate}%")]
    arguments = [*PACE, "--answer", str(context.folder / "answers.json"), "--seed", str(context.seed + rate), *faults]
    with context.simulated(*arguments) as url:
        suite = write_suite(context.folder, name, url)
        return context.run("run", suite, "--db", database, "--no-calibrate", timeout=BOUND)


def with_kill(
    context: Context, fault: Fault, rate: int, samples: int, name: str, database: Path
) -> subprocess.CompletedProcess[str]:
    """The endpoint is killed when so many percent of the trials are stored."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(context, port)
    run = subprocess.Popen(
        [context.poise, "run", write_suite(context.folder, name, f"http://127.0.0.1:{port}/v1"), "--db", database,
         "--no-calibrate"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + BOUND
    try:
        while stored(database) < max(1, samples * rate // 100) and run.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(run.args, BOUND)
            time.sleep(0.02)
        server.send_signal(signal.SIGKILL)
        server.wait()
        if fault.kill is not None and fault.kill != float("inf"):
            time.sleep(fault.kill)
            server = start(context, port)
        _, errors = run.communicate(timeout=deadline - time.monotonic())
        return subprocess.CompletedProcess(run.args, run.returncode, "", errors)
    finally:
        for process in (run, server):
            if process.poll() is None:
                process.kill()
            process.wait()


def start(context: Context, port: int) -> subprocess.Popen:
    """An endpoint at a port that it can have again at once."""
    with (context.folder / "endpoint.log").open("a") as errors:
        process = subprocess.Popen(
            [context.poise, "simulate", "--port", str(port), *PACE, "--answer", context.folder / "answers.json"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
        )  # fmt: skip
    if not process.stdout.readline().startswith("http://"):
        process.kill()
        raise RuntimeError(f"the simulated endpoint does not start at port {port}: see {errors.name}")
    return process


def stored(database: Path) -> int:
    """Trials in the database so far; 0 while there is none."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            return connection.execute("SELECT COUNT(*) FROM trial WHERE NOT isWarmup").fetchone()[0]
    except sqlite3.Error:
        return 0


def check(
    fault: Fault, samples: int, sound: dict[str, tuple[str, float]], database: Path, status: int, outcome: Outcome
) -> Iterator[str]:
    """What is wrong with a run; its trials are counted on the way."""
    found = trials(database)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        ended = [row[0] for row in connection.execute("SELECT status FROM run")]
        reasons = [row[0] for row in connection.execute("SELECT reason FROM problem")]
    counts = Counter(sample for sample, *_ in found)
    yield from (f"{sample} is stored {count} times" for sample, count in counts.items() if count > 1)
    for sample, state, response, score, kind in found:
        if state == "completed":
            outcome.completed += 1
            if (response, score) != sound[sample]:
                yield f"{sample} is {score} for {response!r}; without the fault it is {sound[sample]}"
        else:
            outcome.failed[kind or "without a name"] += 1
            if score is not None or response is not None:
                yield f"{sample} failed ({kind}) and has a score ({score}) or a response ({response!r})"
            if kind not in fault.kinds:
                yield f"{sample} failed as {kind}; of this fault it is {' or '.join(sorted(fault.kinds)) or 'never'}"
    missing = samples - len(counts)
    if fault.kill == float("inf"):
        if (status, ended) != (1, ["incomplete"]) or not any("its endpoint has failed for" in text for text in reasons):
            yield f"exit code {status}, {ended}, {reasons}: its endpoint is gone, and it has to be given up as that"
        if outcome.failed.total() > CONCURRENCY:
            yield f"{outcome.failed.total()} trials failed, and only {CONCURRENCY} were in flight"
        return
    if missing:
        yield f"{missing} of {samples} trials are missing: {reasons}"
    if (status, ended, reasons) != (0, ["done"], []):
        yield f"exit code {status}, {ended}, {reasons}; all was asked"
