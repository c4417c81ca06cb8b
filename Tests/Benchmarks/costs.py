"""What running a client cost."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 300
"""Seconds that a client may take for one work."""


class ClientFailure(Exception):
    """A client did not do the work; the message says where its own words are."""


@dataclass(frozen=True)
class Cost:
    """Of the whole tree of processes, start-up included: seconds and bytes."""

    wall: float
    user: float
    system: float
    peak_memory: int

    @property
    def cpu(self) -> float:
        return self.user + self.system


def measured(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Cost:
    """Runs a command in a folder, its output in `client.log` there.

    Throws: `ClientFailure` where it does not end well.
    """
    log, result = folder / "client.log", folder / "cost.json"
    measure = Path(__file__).with_name("measure.py")
    with log.open("w") as output:
        subprocess.run(
            [sys.executable, str(measure), str(result), str(TIMEOUT), *command],
            cwd=folder, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, check=True,
        )  # fmt: skip
    cost = json.loads(result.read_text())
    if cost["status"] != 0:
        last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
        raise ClientFailure(f"{Path(command[0]).name} ended with {cost['status']}: {last[0][:200]} (see {log})")
    return Cost(cost["wall"], cost["user"], cost["system"], cost["peakMemory"])
