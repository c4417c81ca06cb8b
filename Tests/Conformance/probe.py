"""The way to Poise's statistics: a program of this repository that answers lines of JSON, and is shipped to nobody."""

import json
import subprocess
from pathlib import Path


def path(poise: Path) -> Path:
    """Beside the release build of the command, where `make conformance` puts it."""
    return poise.with_name("statistics-probe")


def answers(poise: Path, questions: list[tuple[str, list[float]]]) -> list[list[float | None]]:
    """Poise's numbers for each function and its numbers; None where it has none.

    Throws: `CalledProcessError` where a question is none.
    """
    lines = "".join(json.dumps({"name": name, "values": [float(v) for v in values]}) + "\n" for name, values in questions)
    done = subprocess.run([path(poise), "answer"], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def coverage(poise: Path) -> list[dict]:
    """What the simulation found, a cell each."""
    done = subprocess.run([path(poise), "coverage"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
