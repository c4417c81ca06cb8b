"""Poise itself: `poise run` with a suite of one candidate, and its database read back."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

from clients.client import Client, Supplies
from costs import TIMEOUT, ClientFailure
from endpoint import Endpoint, Served
from readings import Reading
from timeline import token_times
from work import SAMPLES, THROUGHPUT, Work, number_in, prompt, write_lines

SUITE = """\
name: bench
candidates:
  - model: simulated
    endpoint: {{base_url: {base_url}}}
tasks: [task.yaml]
sampling: {{temperature: 0, max_tokens: {tokens}}}
load: {streams}
warmup: 0
"""
TASK = """\
name: bench
samples: {samples}
graders: [{grader}]
"""


class Poise(Client):
    name = "poise"
    package = "poise"

    def __init__(self, executable: Path):
        self.path = executable

    def can_do(self, work: Work) -> bool:
        return True

    @property
    def environment(self) -> dict[str, str]:
        return {}

    @property
    def executable(self) -> str:
        return str(self.path)

    @property
    def version(self) -> str:
        done = subprocess.run([self.executable, "--version"], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        if work is SAMPLES:
            samples, grader = supplies.samples, "{check: number}"
        else:
            lines = ({"id": f"{n}", "input": prompt(n)} for n in range(work.requests))
            samples = write_lines(folder / "samples.jsonl", lines)
            grader = "{check: length, max_lines: 1}"
        task = TASK.format(samples=os.path.relpath(samples, folder), grader=grader)
        suite = SUITE.format(base_url=endpoint.base_url, tokens=work.tokens, streams=work.streams)
        (folder / "task.yaml").write_text(task, encoding="utf-8")
        (folder / "suite.yaml").write_text(suite, encoding="utf-8")
        # The client's own error is measured once, before all works: see `calibrate`.
        return [self.executable, "run", "suite.yaml", "--db", "run.sqlite", "--no-calibrate"]

    def completed(self, folder: Path, work: Work) -> int:
        """What was completed and graded right: the endpoint gives no other answers."""
        (count,) = self.query(folder, "SELECT count(*) FROM trialMetric WHERE status = 'completed' AND score = 1")[0]
        return count

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        rows = self.query(
            folder,
            """SELECT trial.request, trialMetric.ttft, trial.timeline FROM trialMetric
               JOIN trial USING (run, candidate, task, sample, epoch, load, round)
               WHERE trialMetric.status = 'completed' AND NOT trial.isWarmup""",
        )
        readings = {}
        for request, ttft, timeline in rows:
            times = token_times(timeline)
            gaps = [(after - before) / 1000 for before, after in zip(times, times[1:])]
            readings[number_in(request)] = Reading(ttft, gaps)
        return readings

    def bytes_a_chunk(self, folder: Path) -> float:
        """Of the stored timelines."""
        sql = "SELECT sum(length(timeline)) * 1.0 / sum(chunks) FROM trial WHERE NOT isWarmup AND timeline IS NOT NULL"
        return self.query(folder, sql)[0][0]

    def calibrate(self, folder: Path) -> dict:
        """What `poise calibrate` says of this machine; it also stores it, so that no run has to check by itself.

        Throws: `ClientFailure`.
        """
        with (folder / "client.log").open("w") as errors:
            done = subprocess.run(
                [self.executable, "calibrate", "--format", "json"],
                cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True, timeout=TIMEOUT, check=False,
            )  # fmt: skip
        if done.returncode != 0:
            raise ClientFailure(f"poise calibrate ended with {done.returncode} (see {folder / 'client.log'})")
        return json.loads(done.stdout)

    @staticmethod
    def query(folder: Path, sql: str) -> list[tuple]:
        with sqlite3.connect(folder / "run.sqlite") as database:
            return database.execute(sql).fetchall()


class PoiseClient(Poise):
    """The client of Poise alone, which asks, times and sums up; it grades nothing and keeps no record of a request."""

    name = "poise-client"

    def can_do(self, work: Work) -> bool:
        return work is THROUGHPUT

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        return [
            self.executable, "calibrate", "--base-url", endpoint.base_url, "--streams", str(work.streams),
            "--requests", str(work.requests), "--tokens", str(work.tokens), "--format", "json",
        ]  # fmt: skip

    def completed(self, folder: Path, work: Work) -> int:
        (load,) = json.loads((folder / "client.log").read_text())["loads"]
        if load["chunks"] != work.chunks:
            raise ClientFailure(f"{load['chunks']} chunks came of {work.chunks}")
        return load["requests"]
