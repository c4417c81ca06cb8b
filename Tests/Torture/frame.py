"""Scenarios one after the other, and the table of their rows: what the commands that try promises have in common."""

import argparse
import importlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import machine
from columns import aligned, as_markdown
from context import Context, Row

SHOWN = 12
"""Findings printed beneath the table for each row; the file holds all of them."""


def tried(name: str, options: argparse.Namespace, folder: Path) -> list[Row]:
    """A scenario's rows; one that fails where it could not be tried."""
    folder.mkdir(parents=True)
    context = Context(name, options.poise, folder, options.quick)
    started = time.monotonic()
    rows: list[Row] = []
    try:
        for row in importlib.import_module(f"scenarios.{name}").rows(context):
            rows.append(row)
            context.say(f"{row.title}: {row.figure}{'' if row.passed else '  FAILED'}")
    # Whatever is wrong is told, and must not cost the other scenarios.
    except Exception as reason:
        rows.append(Row(name, 0, "could not be tried", "", False, (f"{type(reason).__name__}: {reason}",)))
    context.say(f"{len(rows)} rows, {time.monotonic() - started:.0f} s")
    return rows


def run(options: argparse.Namespace, closing: Callable[[Path], Iterable[tuple[str, Row]]] = lambda runs: ()) -> int:
    """Tries the scenarios that were asked for; how many rows failed.

    - closing: rows on what they left in their folders, when all are over.
    """
    facts = machine.facts()
    runs = options.folder / "runs"
    shutil.rmtree(runs, ignore_errors=True)
    started = time.monotonic()
    rows = [(name, row) for name in options.only for row in tried(name, options, runs / name)]
    rows += closing(runs)
    return report(rows, facts, options, time.monotonic() - started)


def report(rows: list[tuple[str, Row]], facts: dict, options: argparse.Namespace, seconds: float) -> int:
    """Prints the table and writes the files; how many rows failed."""
    failed = sum(not row.passed for _, row in rows)
    header = ["", "tried", "found", "asked", ""]
    lines = [header] + [
        [row.title, f"{row.tried:,}", row.figure, row.reach, "passed" if row.passed else "FAILED"] for _, row in rows
    ]
    done = subprocess.run([str(options.poise), "--version"], capture_output=True, text=True, check=True)
    amount = ", quick: a small part of the full amount" if options.quick else ""
    heading = f"{machine.summary(facts)}\npoise {done.stdout.strip()}, {seconds / 60:.0f} min{amount}"
    print("\n\n".join([heading, aligned(lines), *filter(None, (findings(row) for _, row in rows))]))
    (options.folder / "results.md").write_text(f"{heading}\n\n{as_markdown(lines)}\n", encoding="utf-8")
    results = {
        "machine": facts, "seconds": round(seconds), "isQuick": options.quick,
        "rows": [{"scenario": name, **asdict(row)} for name, row in rows],
        "passed": len(rows) - failed, "failed": failed,
    }  # fmt: skip
    (options.folder / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"\n{len(rows) - failed} passed, {failed} failed")
    return failed


def findings(row: Row) -> str:
    """Beneath the table; empty where nothing was found."""
    if not row.findings:
        return ""
    rest = [f"… and {len(row.findings) - SHOWN} more, in results.json"] if len(row.findings) > SHOWN else []
    return "\n  ".join([f"{row.title}:", *row.findings[:SHOWN], *rest])


def read_options(description: str, scenarios: Path) -> argparse.Namespace:
    """- scenarios: the folder of their modules."""
    names = sorted(path.stem for path in scenarios.glob("*.py"))

    def listed(text: str) -> list[str]:
        items = [item.strip() for item in text.split(",") if item.strip()]
        if unknown := set(items) - set(names):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: it is one of {', '.join(names)}")
        return items

    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--poise", type=Path, required=True, help="the release build")
    parser.add_argument("--folder", type=Path, required=True, help="where results go")
    parser.add_argument("--only", type=listed, default=names, help=", ".join(names) + "; all where left out")
    parser.add_argument("--quick", action="store_true", help="a small part of the amount, to try the scenarios")
    read = parser.parse_args()
    read.poise, read.folder = read.poise.resolve(), read.folder.resolve()
    if not read.poise.is_file():
        parser.error(f"there is no {read.poise}; make build makes it")
    return read
