"""A run that goes on: what memory, descriptors and threads it takes at the beginning and at the end.

Two runs against the simulated endpoint, watched from outside in /proc once a second while requests are in flight; the
analysis that follows on the last request takes memory of its own and is not looked at.
"""

import json
import os
import random
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from context import Context, Row

SUITE = """name: soak
candidates:
{candidates}
tasks: [soak.yaml]
sampling: {{temperature: 0, max_tokens: 1000}}
epochs: {epochs}
rounds: 1
load: {streams}
warmup: 0
{more}"""

TASK = """name: soak
samples: soak.jsonl
prompt: "{input}"
graders: [{check: exact}]
"""


@dataclass(frozen=True)
class Reading:
    """A process at one moment."""

    at: float
    """Seconds from the first reading."""
    resident: int
    """Bytes of memory that are in use and are this process's own or shared."""
    threads: int
    descriptors: int
    endpoint: int
    """Bytes of the simulated endpoint's resident memory."""
    stored: dict[str, int]
    """Trials in the database, by candidate."""


def rows(context: Context) -> Iterator[Row]:
    yield from steady(context)
    yield from cut_off(context)


# MARK: a steady load


def steady(context: Context) -> Iterator[Row]:
    """As many streams as are asked for, for the whole time; each of them lasts about 7 seconds."""
    streams, seconds = context.amount(512, 64), context.amount(600, 40)
    words, speed = 120, 20
    epochs = max(2, round(seconds / (words / speed + 1)))
    folder = written(context, "steady", samples=streams, words=words)
    with context.simulated("--answer", "echo", "--ttft", "1s", "--tps", str(speed), "--jitter", "20ms") as base:
        suite = SUITE.format(candidates=candidate("steady", base), epochs=epochs, streams=streams, more="")
        (folder / "suite.yaml").write_text(suite)
        readings, done = watched(context, folder, until={"steady": streams * (epochs - 1)})
    title = f"{streams} streams for {seconds // 60} min" if seconds >= 60 else f"{streams} streams for {seconds} s"
    first, last = windows(readings, minute=seconds / 10)
    allowed = context.amount(5, 25)
    before, after = mean(first, "resident"), mean(last, "resident")
    growth = 100 * (after / before - 1)
    yield Row(
        f"{title}: memory", len(readings),
        f"{mb(before)} in the 2nd minute, {mb(after)} in the last, {growth:+.1f}%"
        f" (the endpoint: {mb(mean(first, 'endpoint'))}, {mb(mean(last, 'endpoint'))})",
        f"within {allowed}%", abs(growth) <= allowed,
    )  # fmt: skip
    for name in ["descriptors", "threads"]:
        before, after, peak = typical(first, name), typical(last, name), most(readings, name)
        figure = f"{before} in the 2nd minute, {after} in the last, at most {peak}"
        yield Row(f"{title}: {name}", len(readings), figure, "no more", after <= before)
    wanted = streams * epochs
    completed, right = stored(folder)
    yield Row(
        f"{title}: trials", wanted, f"{completed:,} completed, {right:,} right, exit code {done.returncode}",
        "all of them, and 0", completed == right == wanted and done.returncode == 0,
        tuple(done.stderr.splitlines()[-5:]) if done.returncode else (),
    )  # fmt: skip


def stored(folder: Path) -> tuple[int, int]:
    """Trials that are completed, and those of them that the grader found right."""
    with closing(sqlite3.connect(folder / "run.sqlite")) as database:
        completed = database.execute("SELECT count(*) FROM trial WHERE status = 'completed'").fetchone()[0]
        right = database.execute("SELECT count(*) FROM score WHERE position = 0 AND value = 1").fetchone()[0]
    return completed, right


# MARK: streams that must be cut


def cut_off(context: Context) -> Iterator[Row]:
    """Between two sound spells of the same size, one in which half of the streams never end, hang or stall.

    All of them go to one endpoint, so that connections that are kept for reuse are the same ones before and after.
    """
    streams, spell = context.amount(128, 16), context.amount(6, 4)
    trials = streams * spell
    folder = written(context, "cut", samples=trials, words=25)
    hostile = range(trials + 1, 2 * trials + 1)
    faults = [
        f"--fault={fault}@{','.join(str(number) for number in hostile if number % 8 in rests)}"
        for fault, rests in {"endless": {0, 4}, "hang": {1}, "stall=3": {3}}.items()
    ]
    with context.simulated("--answer", "echo", "--ttft", "200ms", "--tps", "10", *faults) as base:
        suite = SUITE.format(
            candidates="".join(candidate(name, base) for name in ["before", "hostile", "after"]), epochs=1,
            streams=streams, more="limits: {first_token: 4 s, stall: 4 s, total: 8 s}\n",
        )  # fmt: skip
        (folder / "suite.yaml").write_text(suite)
        readings, done = watched(context, folder, until={"after": trials - streams})
    before, after = (
        [reading for reading in readings if 0 < reading.stored.get(name, 0) <= trials - streams]
        for name in ["before", "after"]
    )
    title = f"{streams} streams, half of them cut off"
    if not before or not after:
        said = tuple(done.stderr.splitlines()[-5:])
        yield Row(title, len(readings), f"nothing to compare, exit code {done.returncode}", "", False, said)
        return
    failed = cut_trials(folder)
    for name in ["descriptors", "threads"]:
        first, peak, last = typical(before, name), most(readings, name), typical(after, name)
        yield Row(
            f"{title}: {name}", failed, f"{first} before, at most {peak} meanwhile, {last} after", "no more than before",
            last <= first and failed > 0,
        )  # fmt: skip


def cut_trials(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "run.sqlite")) as database:
        return database.execute("SELECT count(*) FROM trial WHERE status = 'failed'").fetchone()[0]


# MARK: what is run, and how it is watched


def written(context: Context, name: str, samples: int, words: int) -> Path:
    """A folder with a task whose samples ask to repeat so many words, no two of them the same."""
    folder = context.folder / name
    folder.mkdir()
    (folder / "soak.yaml").write_text(TASK)
    generator = random.Random(context.seed)
    with (folder / "soak.jsonl").open("w") as lines:
        for number in range(samples):
            text = " ".join([str(number), *(f"w{generator.randrange(10_000)}" for _ in range(words - 1))])
            lines.write(json.dumps({"id": f"s-{number}", "input": text, "target": text}) + "\n")
    return folder


def candidate(name: str, base: str) -> str:
    return f"  - {{model: {name}, endpoint: {{base_url: {base}, model: {name}}}}}\n"


def watched(
    context: Context, folder: Path, until: dict[str, int]
) -> tuple[list[Reading], subprocess.CompletedProcess[str]]:
    """Runs the suite; a reading a second until the candidates have so many trials stored."""
    endpoint = children("simulate")[0]
    database = folder / "run.sqlite"
    arguments = [context.poise, "run", folder / "suite.yaml", "--db", database, "--no-calibrate", "--html", folder / "p"]
    with (folder / "out.txt").open("w") as output, (folder / "err.txt").open("w") as errors:
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        try:
            readings: list[Reading] = []
            started = time.monotonic()
            while process.poll() is None:
                counts = trial_counts(database)
                if all(counts.get(name, 0) >= count for name, count in until.items()):
                    break
                if reading := read(process.pid, endpoint, time.monotonic() - started, counts):
                    readings.append(reading)
                time.sleep(1)
            process.wait(600)
        finally:
            process.kill()
    said = (folder / "err.txt").read_text("utf-8", "replace")
    return readings, subprocess.CompletedProcess(arguments, process.returncode, "", said)


def trial_counts(database: Path) -> dict[str, int]:
    """Stored so far, by candidate; none where the database is not there yet."""
    if not database.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return dict(connection.execute("SELECT candidate, count(*) FROM trial GROUP BY candidate"))
    except sqlite3.OperationalError:
        return {}


def read(process: int, endpoint: int, at: float, stored: dict[str, int]) -> Reading | None:
    """Nil where the process is gone."""
    try:
        return Reading(
            at, resident(process), threads=len(os.listdir(f"/proc/{process}/task")),
            descriptors=len(os.listdir(f"/proc/{process}/fd")), endpoint=resident(endpoint), stored=stored,
        )  # fmt: skip
    except FileNotFoundError:
        return None


def resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def children(word: str) -> list[int]:
    """Processes that this one started, with a word among their arguments."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if parent == os.getpid() and word.encode() in arguments:
            found.append(int(folder.name))
    return found


def windows(readings: list[Reading], minute: float) -> tuple[list[Reading], list[Reading]]:
    """The second minute and the last one; a run of another length has minutes of a tenth of it.

    Raises: `RuntimeError` where there are no readings in one of them.
    """
    end = readings[-1].at if readings else 0
    first = [reading for reading in readings if minute <= reading.at < 2 * minute]
    last = [reading for reading in readings if end - minute < reading.at]
    if not first or not last:
        raise RuntimeError(f"{len(readings)} readings in {end:.0f} s are too few")
    return first, last


def mean(readings: list[Reading], name: str) -> float:
    return sum(getattr(reading, name) for reading in readings) / len(readings)


def typical(readings: list[Reading], name: str) -> int:
    """The median: the pool of threads has one more for a moment now and then, and what leaks has it always."""
    return round(median(getattr(reading, name) for reading in readings))


def most(readings: list[Reading], name: str) -> int:
    return max(getattr(reading, name) for reading in readings)


def mb(size: float) -> str:
    return f"{size / 1e6:.1f} MB"
