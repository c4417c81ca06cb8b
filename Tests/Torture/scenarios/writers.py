"""Eight processes that write runs to one database while two others read it."""

import json
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from context import Context, Row
from shortrun import counts, planned, unsoundness, write_suite

WRITERS, SAMPLES = 8, 24
PATIENCE = 120
"""Seconds that a command may take; it is over after one or two."""


@dataclass
class Log:
    """What the processes said of themselves."""

    reported: dict[str, int] = field(default_factory=dict)
    """Measured trials, by run."""
    waits: dict[str, list[float]] = field(default_factory=lambda: {"front": [], "report": []})
    """Seconds of each command of the readers."""
    findings: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def rows(context: Context) -> Iterator[Row]:
    seconds = context.amount(120, 10)
    database = context.folder / "shared.sqlite"
    log = Log()
    with context.simulated("--ttft", "5ms", "--tps", "2000", "--answer", "echo") as url:
        deadline = time.monotonic() + seconds
        writers = [
            threading.Thread(target=write_runs, args=(context, url, database, number, deadline, log))
            for number in range(WRITERS)
        ]
        readers = [
            threading.Thread(target=read_runs, args=(context, database, command, writers, log)) for command in log.waits
        ]
        for thread in writers + readers:
            thread.start()
        for thread in writers + readers:
            thread.join()

    stored = counts(database)
    lost = [f"{run}: {count} trials were reported and {stored.get(run, 0)} are stored"
            for run, count in log.reported.items() if stored.get(run) != count]  # fmt: skip
    lost += [f"{run}: stored, and reported by nobody" for run in stored.keys() - log.reported.keys()]
    damage = unsoundness(database)
    yield Row(
        f"{WRITERS} processes that write runs to one database for {seconds} s", len(log.reported),
        f"{len(log.findings)} failed, {len(lost)} runs not whole of {len(stored)}", "none fails, none lost",
        not log.findings and not lost and len(stored) >= WRITERS, tuple(log.findings + lost),
    )  # fmt: skip
    yield Row(
        "integrity_check and foreign_key_check after it", sum(stored.values()),
        "clean" if not damage else f"{len(damage)} problems", "clean", not damage, tuple(damage),
    )  # fmt: skip
    for command, waits in log.waits.items():
        yield Row(
            f"poise {command} beside the writers", len(waits),
            f"longest {max(waits):.1f} s, median {sorted(waits)[len(waits) // 2]:.1f} s" if waits else "never read",
            "each reads", len(waits) > 1,
        )  # fmt: skip


def write_runs(context: Context, url: str, database: Path, number: int, deadline: float, log: Log) -> None:
    suite = write_suite(context.folder / f"writer-{number}", url, SAMPLES, name=f"writer{number}", load=4)
    page = suite.with_suffix(".html")
    runs = 0
    while time.monotonic() < deadline or runs < 2:
        done = finished(
            context, log, f"writer {number}",
            "run", suite, "--db", database, "--html", page, "--no-calibrate", "--format", "json",
        )  # fmt: skip
        if done is None:
            return
        # The trials that the command itself counts, not those that it was asked for.
        run = re.search(r"^run (\S+) in ", done.stderr, re.MULTILINE).group(1)
        count = sum(point["n"] + point["unscored"] for point in json.loads(done.stdout)["points"])
        runs += 1
        with log.lock:
            log.reported[run] = count
            if count != planned(SAMPLES):
                log.findings.append(f"writer {number}: {run} has {count} of {planned(SAMPLES)} trials")


def read_runs(context: Context, database: Path, command: str, writers: list[threading.Thread], log: Log) -> None:
    # Until the first run is there, a reader has every reason to complain.
    while not log.reported and any(thread.is_alive() for thread in writers):
        time.sleep(0.05)
    page = ["--output", context.folder / "read.html"] if command == "report" else []
    while log.reported and any(thread.is_alive() for thread in writers):
        # A run that is not over has no points yet.
        newest = list(log.reported)[-1]
        started = time.monotonic()
        if finished(context, log, command, command, newest, "--db", database, *page) is None:
            return
        log.waits[command].append(time.monotonic() - started)


def finished(context: Context, log: Log, who: str, *arguments) -> subprocess.CompletedProcess[str] | None:
    """A command that did what it was asked; None where it did not, which is noted."""
    try:
        done = context.run(*arguments, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        with log.lock:
            log.findings.append(f"{who}: not over after {PATIENCE} s")
        return None
    if done.returncode != 0:
        with log.lock:
            log.findings.append(f"{who}: exit code {done.returncode}: {done.stderr.strip()[-300:]}")
        return None
    return done
