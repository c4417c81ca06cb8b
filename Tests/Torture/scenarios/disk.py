"""Disks that fill up, databases that cannot be written, and files that were cut or have bits flipped."""

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from context import Context, Row
from mounts import Mounts
from shortrun import counts, planned, unsoundness, write_suite

PATIENCE = 120
"""Seconds that a command may take; it is over after one or two."""
NOBODY = 65534

COUNT = """
import sqlite3, sys
try:
    print(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=10)
          .execute("SELECT count(*) FROM trial WHERE NOT isWarmup").fetchone()[0])
except sqlite3.Error:
    print(0)
"""
"""Prints how many trials another process sees; it runs where the disk is seen."""


def rows(context: Context) -> Iterator[Row]:
    with context.simulated("--ttft", "2ms", "--tps", "4000", "--answer", "echo") as url:
        with Mounts() as mounts:
            yield full_disk(context, mounts, url)
            yield page_on_full_disk(context, mounts, url)
            base = sound_database(context, url)
            yield read_only(context, mounts, base)
        yield from damaged(context, base)


# Disks that fill up


def full_disk(context: Context, mounts: Mounts, url: str) -> Row:
    findings: list[str] = []
    sizes = [2048, 2560, 3072, 4096][: context.amount(4, 1)]
    kept = 0
    for size in sizes:
        with mounts.small(context.folder / f"full-{size}", size) as disk:
            kept += fill(context, mounts, url, disk, size, findings)
    return Row(
        "a disk that fills up in the middle of a run, then has room again", len(sizes),
        f"{kept:,} trials kept, {len(findings)} findings", "error named, nothing committed is lost, sound",
        not findings, tuple(findings),
    )  # fmt: skip


def fill(context: Context, mounts: Mounts, url: str, disk: Path, size: int, findings: list[str]) -> int:
    """Runs until the disk is full; how many trials are kept."""
    samples = 6000
    suite = write_suite(context.folder / f"suite-{size}", url, samples)
    database = disk / "run.sqlite"
    command = [*mounts.prefix, context.poise, "run", suite, "--db", database, "--no-calibrate"]
    process = subprocess.Popen(
        [*map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    seen, deadline = 0, time.monotonic() + PATIENCE
    counting = [*mounts.prefix, sys.executable, "-c", COUNT, str(database)]
    while process.poll() is None and time.monotonic() < deadline:
        seen = max(seen, int(subprocess.run(counting, capture_output=True, text=True, check=True).stdout))
        time.sleep(0.2)
    if process.poll() is None:
        process.kill()
        findings.append(f"{size} KB: not over after {PATIENCE} s")
    _, errors = process.communicate()
    if process.returncode != 1 or "free space" not in errors:
        findings.append(f"{size} KB: exit code {process.returncode}: {errors.strip()[-300:]}")

    mounts.resize(disk, 64 * size)
    # Its own mounts may be seen by nobody else.
    copy = context.folder / f"kept-{size}.sqlite"
    for end in ("", "-wal"):
        subprocess.run([*mounts.prefix, "cp", f"{database}{end}", f"{copy}{end}"], check=not end, capture_output=True)
    findings += [f"{size} KB: {problem}" for problem in unsoundness(copy)]
    (kept,) = counts(copy).values()
    if not 0 < seen <= kept < planned(samples):
        findings.append(f"{size} KB: {seen} trials were seen while it ran, {kept} of {planned(samples)} are kept")
    with closing(sqlite3.connect(copy)) as connection:
        halves = connection.execute(
            "SELECT count(*) FROM trial WHERE status = 'completed' AND id NOT IN (SELECT trial FROM score)"
        ).fetchone()[0]
    if halves:
        findings.append(f"{size} KB: {halves} trials have no score")
    done = subprocess.run(
        [*mounts.prefix, str(context.poise), "export", "--db", str(database)], capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode or len(done.stdout.splitlines()) != kept:
        findings.append(f"{size} KB: export wrote {len(done.stdout.splitlines())} of {kept}: {done.stderr[-300:]}")
    return kept


def page_on_full_disk(context: Context, mounts: Mounts, url: str) -> Row:
    """The run's end is kept and its table printed, where only the page finds no room."""
    suite = write_suite(context.folder / "page", url, 20)
    database = context.folder / "page.sqlite"
    with mounts.small(context.folder / "no-room", 64) as disk:
        done = subprocess.run(
            [*mounts.prefix, str(context.poise), "run", str(suite), "--db", str(database), "--no-calibrate", "--html",
             str(disk / "page.html")],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    findings = []
    if done.returncode != 1 or "cannot be written" not in done.stderr:
        findings.append(f"exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    if "a" not in done.stdout:
        findings.append("the table was not printed")
    with closing(sqlite3.connect(database)) as connection:
        status = connection.execute("SELECT status FROM run").fetchone()[0]
    if status != "done":
        findings.append(f"the run is {status}")
    return Row(
        "a page that finds no room", 1, "run kept, table printed" if not findings else "not so",
        "run kept, table printed, error named", not findings, tuple(findings),
    )  # fmt: skip


# Databases that cannot be written


def sound_database(context: Context, url: str) -> Path:
    """Three runs, all of it in the one file."""
    database = context.folder / "base" / "base.sqlite"
    suite = write_suite(context.folder / "base", url, 40, rounds=2)
    for _ in range(3):
        done = context.run("run", suite, "--db", database, "--no-calibrate", timeout=PATIENCE)
        if done.returncode:
            raise RuntimeError(f"the runs to be damaged failed: {done.stderr[-500:]}")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        Path(f"{database}{end}").unlink(missing_ok=True)
    return database


def read_only(context: Context, mounts: Mounts, base: Path) -> Row:
    findings: list[str] = []
    tried = 0
    # Under /tmp, where every user comes.
    with tempfile.TemporaryDirectory(prefix="poise-disk-") as name:
        root = Path(name)
        root.chmod(0o755)
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 and not mounts.prefix else {}
        for title, file_mode, folder_mode in (("file", 0o444, 0o777), ("folder", 0o444, 0o555)):
            folder = root / title
            folder.mkdir()
            shutil.copy(base, folder / "base.sqlite")
            (folder / "base.sqlite").chmod(file_mode)
            folder.chmod(folder_mode)
            tried += commands_on_read_only(context, [], user, folder, f"read-only {title}", findings)
            folder.chmod(0o755)
        with mounts.read_only(base.parent, root / "mount") as place:
            tried += commands_on_read_only(context, mounts.prefix, {}, place, "read-only mount", findings)
        # The newest rows in a log that cannot be read without writing.
        logged = root / "logged"
        logged.mkdir()
        leave_log(base, logged / "base.sqlite")
        with mounts.read_only(logged, root / "logged-mount") as place:
            done = ended([*mounts.prefix, context.poise, "runs", "--db", place / "base.sqlite"])
            tried += 1
            if done.returncode != 1 or "-wal" not in done.stderr:
                findings.append(f"log beside it: exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    return Row(
        "a read-only database: file, folder, mount, unread log", tried, f"{len(findings)} findings",
        "readers read, writers say why not", not findings, tuple(findings),
    )  # fmt: skip


def commands_on_read_only(
    context: Context, prefix: list[str], user: dict, folder: Path, title: str, findings: list[str]
) -> int:
    database = folder / "base.sqlite"
    readers = [["runs"], ["front"], ["report", "--format", "json"], ["compare", "a", "b"], ["export"], ["choose"]]
    writers = [["run", context.folder / "base" / "short.yaml", "--no-calibrate"], ["grade"]]
    for arguments in readers + writers:
        done = ended([*prefix, context.poise, *arguments, "--db", database], **user)
        writes = arguments in writers
        if done.returncode != (1 if writes else 0) or (writes and "written" not in done.stderr):
            findings.append(f"{title}: {arguments[0]}: exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    return len(readers) + len(writers)


def ended(command: list, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
        timeout=PATIENCE, check=False, **options,
    )  # fmt: skip


def leave_log(base: Path, path: Path) -> None:
    """A database whose newest transaction is in its log only, as after a crash."""
    work = path.with_suffix(".work")
    shutil.copy(base, work)
    with closing(sqlite3.connect(work)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE trial SET attempts = attempts + 1")
        connection.commit()
        shutil.copy(work, path)
        shutil.copy(f"{work}-wal", f"{path}-wal")
    for end in ("", "-wal", "-shm"):
        Path(f"{work}{end}").unlink(missing_ok=True)


# Files that were damaged


@dataclass(frozen=True)
class Damage:
    """One damaged file, as it is told."""

    title: str
    file: bytes
    log: bytes | None = None


def damaged(context: Context, base: Path) -> Iterator[Row]:
    logged = context.folder / "logged.sqlite"
    leave_log(base, logged)
    stored = sum(rows_one_by_one(base).values())
    for title, cases in (
        ("a database cut off", cut(context, base)),
        ("a database with flipped bits", flipped(context, base, logged)),
    ):
        with ThreadPoolExecutor(max(2, (os.cpu_count() or 2))) as pool:
            found = list(pool.map(lambda case: on_damaged(context, *case), enumerate(cases)))
        findings = [line for result in found for line in result.findings]
        ends = [code for result in found for code in result.codes]
        yield Row(
            f"{title}: every command ends with a message", len(ends),
            f"{ends.count(0)} done, {len(ends) - ends.count(0)} refused, {len(findings)} crashed or mute",
            "no crash, no hang", not findings, tuple(findings),
        )  # fmt: skip
        short = [line for result in found for line in result.salvage_findings]
        readable, saved, impossible = (
            sum(getattr(result, name) for result in found) for name in ("readable", "saved", "impossible")
        )
        yield Row(
            f"{title}: what is sound is salvaged", len(found),
            f"{saved:,} of {readable:,} readable rows, {impossible:,} hold what no row can, of {len(found) * stored:,}",
            "every row SQLite can read",
            not short, tuple(short),
        )  # fmt: skip


def cut(context: Context, base: Path) -> Iterator[Damage]:
    data = base.read_bytes()
    draw = random.Random(context.seed)
    places = [0, 1, 50, 100, 4096, 4097, len(data) - 1, len(data) - 4096]
    amount = context.amount(40, 5)
    places = draw.sample(places, min(len(places), amount // 2)) + [draw.randrange(len(data)) for _ in range(amount)]
    for place in places[:amount]:
        yield Damage(f"cut at byte {place:,}", data[:place])


def flipped(context: Context, base: Path, logged: Path) -> Iterator[Damage]:
    draw = random.Random(context.seed + 1)
    data, before_log, log = base.read_bytes(), logged.read_bytes(), Path(f"{logged}-wal").read_bytes()

    def flip(source: bytes, places: list[int]) -> bytes:
        changed = bytearray(source)
        for place in places:
            changed[place] ^= 1 << draw.randrange(8)
        return bytes(changed)

    for number in range(context.amount(120, 12)):
        # The header, a page's own header, anywhere, many at once, the log.
        kind = number % 6
        if kind == 0:
            places = [draw.randrange(100)]
        elif kind == 1:
            places = [draw.randrange(len(data) // 4096) * 4096 + draw.randrange(12)]
        elif kind == 2:
            places = [draw.randrange(4096)]
        elif kind == 3:
            places = [draw.randrange(len(data))]
        elif kind == 4:
            places = [draw.randrange(len(data)) for _ in range(64)]
        else:
            places = [draw.randrange(len(log))]
            yield Damage(f"bit flipped at byte {places[0]:,} of the log", before_log, flip(log, places))
            continue
        shown = f"byte {places[0]:,}" if len(places) == 1 else f"{len(places)} bytes"
        yield Damage(f"bits flipped at {shown} ({number})", flip(data, places))


@dataclass
class Ends:
    codes: list[int]
    findings: list[str]
    readable: int = 0
    saved: int = 0
    impossible: int = 0
    """Left out with a reason: a value of the wrong kind, or a trial or run that is not there."""
    salvage_findings: tuple[str, ...] = ()


def on_damaged(context: Context, number: int, damage: Damage) -> Ends:
    folder = context.folder / "damaged" / f"{'log' if damage.log else 'file'}-{damage.title.split()[0]}-{number}"
    result = Ends([], [])
    commands = [
        ["runs"], ["front"], ["report", "--output", folder / "page.html"], ["report", "--history", "--format", "json"],
        ["compare", "a", "b"], ["gate", "b"], ["choose"], ["export", "--timelines"], ["grade"],
    ]  # fmt: skip
    for arguments in commands:
        # Each on a fresh copy: one that opens a database may change it.
        shutil.rmtree(folder, ignore_errors=True)
        database = lay(damage, folder)
        try:
            done = context.run(*arguments, "--db", database, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            result.findings.append(f"{damage.title}: {arguments[0]}: not over after {PATIENCE} s")
            continue
        result.codes.append(done.returncode)
        if done.returncode not in (0, 1, 64, 100, 101) or (done.returncode == 1 and "error:" not in done.stderr):
            result.findings.append(
                f"{damage.title}: {' '.join(map(str, arguments[:2]))}: exit code {done.returncode}: "
                f"{done.stderr.strip()[:300]}"
            )
    shutil.rmtree(folder, ignore_errors=True)
    database = lay(damage, folder)
    result.salvage_findings = tuple(salvage(context, damage, database, result))
    if not result.findings and not result.salvage_findings:
        shutil.rmtree(folder, ignore_errors=True)
    return result


def lay(damage: Damage, folder: Path) -> Path:
    folder.mkdir(parents=True)
    database = folder / "damaged.sqlite"
    database.write_bytes(damage.file)
    if damage.log is not None:
        Path(f"{database}-wal").write_bytes(damage.log)
    return database


def salvage(context: Context, damage: Damage, database: Path, result: Ends) -> Iterator[str]:
    readable = rows_one_by_one(database)
    target = database.with_name("saved.sqlite")
    try:
        done = context.run("salvage", database, "--output", target, "--format", "json", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        yield f"{damage.title}: salvage: not over after {PATIENCE} s"
        return
    if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stderr.strip()):
        yield f"{damage.title}: salvage: exit code {done.returncode}: {done.stderr.strip()[:300]}"
        return
    tables = {table["name"]: table for table in json.loads(done.stdout)["tables"]} if done.stdout.strip() else {}
    for name, count in readable.items():
        table = tables.get(name, {"rows": 0, "refused": 0, "orphans": 0})
        result.readable += count
        result.saved += table["rows"]
        left_out = table["refused"] + table["orphans"]
        result.impossible += max(0, min(left_out, count - table["rows"]))
        if table["rows"] + left_out < count:
            yield f"{damage.title}: {count} rows of {name} can be read, {table['rows']} were copied, {table['refused']} refused"
    if tables:
        yield from (f"{damage.title}: saved, and unsound: {problem}" for problem in unsoundness(target))
        listed = context.run("runs", "--db", target, timeout=PATIENCE)
        if listed.returncode not in (0, 1) or (listed.returncode == 1 and "error:" not in listed.stderr):
            yield f"{damage.title}: saved, and runs ends with {listed.returncode}: {listed.stderr.strip()[:300]}"


def rows_one_by_one(database: Path) -> dict[str, int]:
    """Rows that SQLite can read, each by its number."""
    readable = {"run": 0, "trial": 0}
    try:
        # As one that nobody changes where there is no log: no file is made beside it.
        mode = "mode=ro" if Path(f"{database}-wal").exists() else "mode=ro&immutable=1"
        connection = sqlite3.connect(f"file:{database}?{mode}", uri=True)
        # So SQLite reads a file that was cut as far as it goes.
        connection.execute("PRAGMA writable_schema = ON")
    except sqlite3.Error:
        return readable
    connection.text_factory = bytes
    with closing(connection):
        for table, most in (("run", 10), ("trial", 1000)):
            for number in range(1, most):
                try:
                    statement = f"SELECT * FROM {table} NOT INDEXED WHERE rowid = ?"
                    readable[table] += len(connection.execute(statement, (number,)).fetchall())
                except sqlite3.Error:
                    pass
    for end in ("-wal", "-shm"):
        if end == "-shm" or mode != "mode=ro":
            Path(f"{database}{end}").unlink(missing_ok=True)
    return readable
