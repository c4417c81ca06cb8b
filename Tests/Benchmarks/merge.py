"""Times `poise merge` on the forty shards of 1,000,080 trials that `shards.py` writes.

    python3 merge.py --poise .build/release/poise --folder .build/bench

Prints seconds and peak memory of three merges, each beside what it takes Python's sqlite3 module to copy the same rows into
one file, and their ratio; exit code 1 where a merge takes more than it is held to. It takes 3 GB of disk.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from shards import CANDIDATES, ROUNDS, SHARDS, TRIALS, write_shards

SECONDS = 60
MEMORY = 500e6
TURNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--poise", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    folder = options.folder.resolve() / "merge"
    shards = write_shards(options.poise.resolve(), folder)
    size = sum(path.stat().st_size for path in shards)
    print(f"{TRIALS:,} trials in {len(shards)} shards, {size / 1e6:,.0f} MB", flush=True)
    (passed, failed) = (0, 0)
    for turn in range(1, TURNS + 1):
        copied = copy(shards, folder / "copy.sqlite")
        merged = folder / "all.sqlite"
        merged.unlink(missing_ok=True)
        wall, used, memory = merge(options.poise.resolve(), folder / "shards", merged)
        good = wall <= SECONDS and memory <= MEMORY
        (passed, failed) = (passed + good, failed + (not good))
        print(
            f"merge {turn}: {wall:5.1f} s  {used:5.1f} s CPU  {memory / 1e6:4.0f} MB;  a plain copy: {copied:5.1f} s;"
            f"  {wall / copied:.2f} × as long;  at most {SECONDS} s and {MEMORY / 1e6:.0f} MB"
            f" {'passed' if good else 'FAILED'}",
            flush=True,
        )
    for name, holds in checks(folder / "all.sqlite"):
        (passed, failed) = (passed + holds, failed + (not holds))
        print(f"{name}: {'passed' if holds else 'FAILED'}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def merge(poise: Path, shards: Path, output: Path) -> tuple[float, float, int]:
    """Seconds, seconds of CPU time, bytes of memory at the peak."""
    start = time.monotonic()
    command = [str(poise), "merge", str(shards), "-o", str(output)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"poise merge ended with {process.returncode}: {said[-500:]}")
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, peak


def copy(shards: list[Path], output: Path) -> float:
    """Seconds for the same trials and scores with their indexes, read row by row and written in one transaction a shard."""
    output.unlink(missing_ok=True)
    start = time.monotonic()
    with sqlite3.connect(output, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        offset = 0
        for path in shards:
            source = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
            if offset == 0:
                for (sql,) in source.execute(
                    "SELECT sql FROM sqlite_master WHERE tbl_name IN ('trial', 'score') AND sql IS NOT NULL ORDER BY type DESC"
                ):
                    db.execute(sql)
            db.execute("BEGIN")
            for table, key in (("trial", "id"), ("score", "trial")):
                names = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
                place = names.index(key)
                rows = (
                    (*row[:place], row[place] + offset, *row[place + 1 :]) for row in source.execute(f"SELECT * FROM {table}")
                )
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in names)})", rows)
            (offset,) = db.execute("SELECT max(id) FROM trial").fetchone()
            db.execute("COMMIT")
            source.close()
    db.close()
    seconds = time.monotonic() - start
    output.unlink()
    return seconds


def checks(path: Path) -> list[tuple[str, bool]]:
    """What the last merge wrote."""
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as db:

        def count(sql: str) -> int:
            return db.execute(sql).fetchone()[0]

        return [
            ("every trial is there", count("SELECT count(*) FROM trial") == TRIALS),
            ("each stint has its trials", count("SELECT count(DISTINCT stint) FROM trial") == SHARDS),
            ("each candidate has its point", count("SELECT count(*) FROM frontPoint") == len(CANDIDATES)),
            ("each cell has its engine", count("SELECT count(*) FROM engine") == len(CANDIDATES) * ROUNDS),
            ("the database is sound", db.execute("PRAGMA quick_check").fetchone()[0] == "ok"),
        ]


if __name__ == "__main__":
    main()
