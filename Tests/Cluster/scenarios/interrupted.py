"""This test itself, stopped in the middle: it takes its cluster along."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from context import Context, Row
from killable import wait_until
from slurm import AFTERMATH, kill, processes

PROGRAM = Path(__file__).resolve().parents[1] / "cluster.py"


def rows(context: Context) -> Iterator[Row]:
    signals = [signal.SIGINT, signal.SIGTERM][: context.amount(2, 1)]
    findings = [finding for number in signals for finding in stopped(context, number)]
    yield Row(
        "Ctrl-C and SIGTERM for this test while its shards run", len(signals), f"{len(findings)} findings",
        "ended, and nothing of it is left", not findings, tuple(findings),
    )  # fmt: skip


def stopped(context: Context, number: signal.Signals) -> list[str]:
    folder = context.folder / number.name
    folder.mkdir()
    with (folder / "said.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-B", str(PROGRAM), "--poise", str(context.poise), "--folder", str(folder), "--only", "killed"],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
        mark = f"{process.pid}-"

        def at_work() -> bool:
            return process.poll() is not None or any("--shard" in each.command for each in processes(mark))

        try:
            if not wait_until(at_work, 60, pause=0.1) or process.poll() is not None:
                return [f"{number.name}: no shard was run: see {output.name}"]
            process.send_signal(number)
            code = process.wait(60)
        finally:
            process.kill()
            process.wait()
            left = processes(mark)
            for each in left:
                kill(each.id)
    findings = [f"{number.name}: still there: {each}" for each in left]
    # What it had to kill in the end, since it did not go by itself.
    for end in folder.glob(f"runs/*/*/{AFTERMATH}"):
        findings += [f"{number.name}: {line}" for line in json.loads(end.read_text(encoding="utf-8"))["left"]]
    if code != 128 + number:
        findings.append(f"{number.name}: it ended with {code}")
    return findings
