"""Times the analysis: `poise front` on runs of 100,000 and of 1,000,000 trials that `trials.py` writes.

    python3 analysis.py --poise .build/release/poise --folder .build/bench

Prints seconds and peak memory of each command; exit code 1 where one takes more than it is held to. The database of
1,000,000 trials takes 740 MB of disk.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from trials import RUN, Size, write_database

SMALL = Size(2_778)
LARGE = Size(27_778)


@dataclass(frozen=True)
class Work:
    name: str
    size: Size
    arguments: list[str]
    keeps_points: bool
    """Whether the run has the points that are kept when a run ends, or everything is computed from its trials."""
    seconds: float | None = None
    memory: float | None = None
    """What it is held to, in seconds and bytes; None for nothing."""


WORKS = [
    Work("analysis of 100,000 trials", SMALL, [], False, seconds=3, memory=500e6),
    Work("… on other axes", SMALL, ["--x", "ttfo"], False, seconds=3, memory=500e6),
    Work("front of 1,000,000 trials", LARGE, [], True, seconds=5),
    Work("… as JSON", LARGE, ["--format", "json"], True, seconds=5),
    Work("… of one task, by latency", LARGE, ["--x", "latency", "--y", "task-1"], True),
    Work("… by a second grader", LARGE, ["--x", "ttfo", "--y", "rouge"], True),
    Work("… on other axes", LARGE, ["--x", "ttfo"], True),
    Work("analysis of 1,000,000 trials", LARGE, [], False),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--poise", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    folder = options.folder.resolve() / "analysis"
    poise = options.poise.resolve()
    points = {}
    for size in (SMALL, LARGE):
        database = write_database(poise, folder, size)
        set_points(database, [])
        points[size] = json.loads(run(poise, database, ["--format", "json"])[0])["points"]
    failed = 0
    for work in WORKS:
        database = write_database(poise, folder, work.size)
        set_points(database, points[work.size] if work.keeps_points else [])
        # The middle of three: the first may read the file from the disk.
        runs = sorted(run(poise, database, work.arguments)[1:] for _ in range(3))
        wall, used, memory = runs[1]
        too_slow = work.seconds is not None and wall > work.seconds
        too_large = work.memory is not None and memory > work.memory
        failed += too_slow or too_large
        held = f"at most {work.seconds:g} s" if work.seconds else ""
        held += f" and {work.memory / 1e6:.0f} MB" if work.memory else ""
        verdict = "" if not held else " FAILED" if too_slow or too_large else " passed"
        print(f"{work.name:32} {wall:6.2f} s  {used:6.2f} s CPU  {memory / 1e6:5.0f} MB  {held}{verdict}", flush=True)
    print(f"{sum(bool(work.seconds) for work in WORKS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def run(poise: Path, database: Path, arguments: list[str]) -> tuple[str, float, float, int]:
    """What `poise front` wrote, and what it took: seconds, seconds of CPU time, bytes of memory at its peak."""
    start = time.monotonic()
    with subprocess.Popen(
        [str(poise), "front", RUN, "--db", str(database), *arguments], stdout=subprocess.PIPE, text=True
    ) as process:
        text = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"poise front {' '.join(arguments)} ended with {process.returncode}")
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return text, time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak


def set_points(database: Path, points: list[dict]) -> None:
    """Keeps points with the run, as its end would have, or takes them away."""
    with sqlite3.connect(database) as db:
        db.execute("DELETE FROM point WHERE run = ?", (RUN,))
        names = [row[1] for row in db.execute("PRAGMA table_info(point)")]
        db.executemany(
            f"INSERT INTO point ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})",
            [[point[name] for name in names] for point in points],
        )
    db.close()


if __name__ == "__main__":
    main()
