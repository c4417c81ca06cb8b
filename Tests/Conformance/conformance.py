"""Poise's checks beside the tools that the field takes for their definition, through the command that users have.

    python conformance.py --poise .build/release/poise --folder .build/conformance [--oracles bleu,rouge]

The table goes to standard output and closes with `N passed, N failed`; everything else goes to standard error. Exit
code 1 where a row failed, 2 where the comparison could not be made.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What both commands need lies with the older one.
sys.path.append(str(HERE.parent / "Benchmarks"))

import machine
from columns import aligned, as_markdown
from installation import Installation, NotInstalled
from rows import Row
from speed import speed_rows

TIMEOUT = 1800
"""Seconds that one oracle may take."""
SHOWN = 12
"""Findings printed beneath the table for each row; files hold all of them."""


@dataclass(frozen=True)
class Oracle:
    """A module of `oracles`, and the package that it asks."""

    name: str
    package: str | None = None
    """Also the name of its list of requirements; None where the definition itself is written out."""
    module: str = ""
    """What shows that the package can be imported."""
    shows_all: bool = False
    """Whether each finding is printed."""


ORACLES = [
    Oracle("bleu", "sacrebleu", "sacrebleu"),
    Oracle("rouge", "rouge-score", "rouge_score.rouge_scorer"),
    Oracle("squad"),
    Oracle("edit_distance", "rapidfuzz", "rapidfuzz"),
    Oracle("mathematics", "math-verify", "math_verify", shows_all=True),
    Oracle("json_schema", "jsonschema", "jsonschema"),
    Oracle("instructions", "lm-eval", "nltk"),
    Oracle("agreement", "scikit-learn", "sklearn.metrics"),
    Oracle("statistics", "statsmodels", "statsmodels.stats.proportion"),
    Oracle("coverage"),
]
SPEED = "speed"


@dataclass(frozen=True)
class Told:
    """A row with who says it."""

    oracle: str
    source: str
    row: Row
    shows_all: bool


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Conformance:
    def __init__(self, options: argparse.Namespace):
        self.poise = options.poise.resolve()
        self.folder = options.folder.resolve()
        self.runs = self.folder / "runs"
        shutil.rmtree(self.runs, ignore_errors=True)
        self.runs.mkdir(parents=True)
        self.chosen = options.oracles
        self.told: list[Told] = []
        self.skipped: list[str] = []
        self.failures: list[str] = []

    def run(self) -> None:
        for oracle in ORACLES:
            if oracle.name in self.chosen:
                self.compare(oracle)
        if SPEED in self.chosen:
            try:
                rows = speed_rows(self.poise, self.folder_of(SPEED), say)
                self.told += [Told(SPEED, "", row, False) for row in rows]
            # Whatever is wrong is told, and must not cost the other rows.
            except Exception as reason:
                self.failed(SPEED, reason)

    def compare(self, oracle: Oracle) -> None:
        started = time.monotonic()
        try:
            python, source = self.installed(oracle)
        except NotInstalled as reason:
            self.skipped.append(f"skipped {oracle.name}: not installed: {reason}")
            say(f"{oracle.name:>14}  skipped: {reason}")
            return
        try:
            rows = self.rows(oracle, python)
            self.told += [Told(oracle.name, source, row, oracle.shows_all) for row in rows]
            say(f"{oracle.name:>14}  {len(rows)} rows, {time.monotonic() - started:.0f} s")
        except Exception as reason:
            self.failed(oracle.name, reason)

    def installed(self, oracle: Oracle) -> tuple[str, str]:
        """The Python that has the package, and the package's name and version.

        Throws: `NotInstalled`.
        """
        if oracle.package is None:
            return sys.executable, "definition"
        requirements = HERE / "requirements" / f"{oracle.package}.txt"
        installation = Installation(self.folder / "venvs" / oracle.package, requirements)
        installation.install(self.folder, ["-c", f"import {oracle.module}"])
        return installation.python, f"{oracle.package} {installation.version(oracle.package)}"

    def rows(self, oracle: Oracle, python: str) -> list[Row]:
        """Throws: `RuntimeError` where the oracle's module does not end well."""
        folder = self.folder_of(oracle.name)
        log = folder / "oracle.log"
        command = [python, "-B", "-m", f"oracles.{oracle.name}", "--poise", str(self.poise)]
        command += ["--folder", str(folder), "--supplies", str(self.folder / "supplies")]
        with log.open("w") as errors:
            done = subprocess.run(
                command, cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                encoding="utf-8", timeout=TIMEOUT, check=False,
            )  # fmt: skip
        if done.returncode != 0:
            last = log.read_text(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise RuntimeError(f"it ended with {done.returncode}: {last[0][:300]} (see {log})")
        return [Row(**json.loads(line)) for line in done.stdout.splitlines()]

    def folder_of(self, name: str) -> Path:
        folder = self.runs / name
        folder.mkdir()
        return folder

    def failed(self, name: str, reason: Exception) -> None:
        self.failures.append(f"failed {name}: {reason}")
        say(f"{name:>14}  failed: {reason}")

    def report(self, facts: dict, seconds: float) -> int:
        """Prints the table and writes the files; how many rows failed."""
        passed = sum(told.row.passed is True for told in self.told)
        failed = sum(told.row.passed is False for told in self.told) + len(self.failures)
        lines = cells(self.told)
        heading = f"{machine.summary(facts)}\n{version(self.poise)}, {seconds / 60:.0f} min"
        notes = "\n".join(self.skipped + self.failures)
        print("\n\n".join(part for part in [heading, aligned(lines), *map(findings, self.told), notes] if part))
        summaries = [path.read_text(encoding="utf-8") for path in sorted(self.runs.glob("*/summary.md"))]
        text = "\n\n".join([heading, as_markdown(lines), *(part.strip() for part in summaries)])
        (self.folder / "results.md").write_text(text + "\n", encoding="utf-8")
        results = {
            "machine": facts, "seconds": round(seconds), "skipped": self.skipped, "failures": self.failures,
            "rows": [{"oracle": told.oracle, "source": told.source, **vars(told.row)} for told in self.told],
            "passed": passed, "failed": failed,
        }  # fmt: skip
        (self.folder / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
        print(f"\n{passed} passed, {failed} failed")
        return failed


def cells(told: list[Told]) -> list[list[str]]:
    verdicts = {True: "passed", False: "FAILED", None: ""}
    header = ["", "oracle", "pairs", "unscored", "found", "reach", ""]
    rows = [(entry.row, entry.source) for entry in told]
    return [header] + [
        [row.title, source, f"{row.pairs:,}", f"{row.unscored:,}", row.figure, row.reach, verdicts[row.passed]]
        for row, source in rows
    ]


def findings(told: Told) -> str:
    """Beneath the table; empty where nothing was found."""
    found = told.row.findings
    if not found:
        return ""
    shown = found if told.shows_all else found[:SHOWN]
    rest = [f"… and {len(found) - len(shown)} more, in results.json"] if len(shown) < len(found) else []
    return "\n  ".join([f"{told.row.title}:", *shown, *rest])


def version(poise: Path) -> str:
    done = subprocess.run([str(poise), "--version"], capture_output=True, text=True, check=True)
    return f"poise {done.stdout.strip()}"


def options() -> argparse.Namespace:
    names = [*(oracle.name for oracle in ORACLES), SPEED]

    def listed(text: str) -> list[str]:
        items = [item.strip() for item in text.split(",") if item.strip()]
        if unknown := set(items) - set(names):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: it is one of {', '.join(names)}")
        return items

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--poise", type=Path, required=True, help="the release build")
    parser.add_argument("--folder", type=Path, required=True, help="where oracles are installed and results go")
    parser.add_argument("--oracles", type=listed, default=names, help=", ".join(names) + "; all where left out")
    read = parser.parse_args()
    if not read.poise.is_file():
        parser.error(f"there is no {read.poise}; make build makes it")
    return read


def main() -> int:
    if sys.platform != "linux":
        sys.exit("the comparison reads the costs of processes as Linux tells them")
    if sys.version_info < (3, 12) and sys.version_info < (3, 11, 4):
        sys.exit("the comparison needs Python 3.11.4 or newer")
    chosen = options()
    facts = machine.facts()
    conformance = Conformance(chosen)
    started = time.monotonic()
    conformance.run()
    return 1 if conformance.report(facts, time.monotonic() - started) else 0


if __name__ == "__main__":
    sys.exit(main())
