"""A run that is killed, interrupted, or loses its server goes on where it was: nothing lost, nothing made twice."""

import itertools
import json
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from context import Context, Row
from killable import (
    CANDIDATES, FRONT, PATIENCE, PLANNED, Attempt, Endpoints, answers, last_line, living, requests, wait_until,
)  # fmt: skip


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


def tellers(findings: list[str]) -> set[str]:
    """The attempts that findings are of."""
    return {finding.split(":")[0] for finding in findings}


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
            attempt.is_done = True
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
    children = sum(attempt.children for attempt in attempts)
    if children == 0:
        findings.append("no kill found a process beside Poise's own, so that none had to end with it")
    return Row(
        "kill -9 at a random instant, then --resume", count,
        f"{kept:,} finished trials kept, {lost} times some lost, {doubled} doubled, {children} children gone with it",
        "0 lost, 0 doubled, the front of an uninterrupted run", not findings, tuple(findings),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit("run it through torture.py")
