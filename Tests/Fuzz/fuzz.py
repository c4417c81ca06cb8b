"""Every reader of bytes from outside, under libFuzzer and the address sanitizer for a given time.

    python fuzz.py --fuzzer .build/fuzz/fuzz --folder .build/fuzz --seconds 300 [--only json,gguf] [--jobs 2]

New inputs go to FOLDER/corpus/NAME and are used again the next time; finds go to FOLDER/finds/NAME. The table goes to
standard output and closes with `N passed, N failed`; everything else goes to standard error. Exit code 1 on any find.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What all of these commands need lies with the oldest of them.
sys.path.append(str(HERE.parent / "Benchmarks"))

import machine
from columns import aligned, as_markdown

LIMITS = {"timeout": 10, "rss_limit_mb": 2048, "max_len": 64 << 10}
"""Seconds that one input may take, megabytes that the process may have, bytes of an input."""

KINDS = {"crash": "crashes", "timeout": "hangs", "leak": "leaks", "oom": "beyond memory"}
"""What libFuzzer calls the file of a find, and the column that counts it."""


@dataclass(frozen=True)
class Found:
    name: str
    executions: int
    per_second: int
    edges: int
    """Edges of the code's control flow that some input took."""
    inputs: int
    """In the corpus at the end."""
    finds: tuple[Path, ...]
    ended_well: bool
    log: Path

    @property
    def passed(self) -> bool:
        return self.ended_well and not self.finds and self.executions > 0

    def count(self, kind: str) -> int:
        return sum(find.name.startswith(kind + "-") for find in self.finds)


def targets() -> list[str]:
    return sorted(path.name for path in (HERE / "Corpus").iterdir() if path.is_dir())


def fuzz(name: str, options: argparse.Namespace) -> Found:
    corpus, finds = options.folder / "corpus" / name, options.folder / "finds" / name
    corpus.mkdir(parents=True, exist_ok=True)
    finds.mkdir(parents=True, exist_ok=True)
    before = set(finds.iterdir())
    log = options.folder / f"{name}.log"
    dictionary = HERE / "Dictionaries" / f"{name}.txt"
    arguments = [
        options.fuzzer, corpus, HERE / "Corpus" / name, f"-max_total_time={options.seconds}",
        f"-artifact_prefix={finds}/", "-print_final_stats=1", *(f"-{key}={value}" for key, value in LIMITS.items()),
        *([f"-dict={dictionary}"] if dictionary.exists() else []),
    ]  # fmt: skip
    environment = {
        **os.environ, "POISE_FUZZ_TARGET": name,
        "LSAN_OPTIONS": f"suppressions={HERE / 'leaks.txt'}:print_suppressions=0",
        # A stack of its own for each call makes recursive readers many times slower, and finds nothing in Swift.
        "ASAN_OPTIONS": "detect_stack_use_after_return=0",
    }  # fmt: skip
    with log.open("wb") as output:
        done = subprocess.run(
            arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, check=False
        )
    said = log.read_text("utf-8", "replace")
    return Found(
        name, executions=number(r"stat::number_of_executed_units:\s*(\d+)", said) or number(r"#(\d+)\t", said),
        per_second=number(r"stat::average_exec_per_sec:\s*(\d+)", said), edges=number(r"cov: (\d+)", said),
        inputs=number(r"corp: (\d+)", said), finds=tuple(sorted(set(finds.iterdir()) - before)),
        ended_well=done.returncode == 0, log=log,
    )  # fmt: skip


def number(pattern: str, text: str) -> int:
    """The last number that is said so; 0 where none is."""
    return int((re.findall(pattern, text) or ["0"])[-1])


def told(found: Found) -> Found:
    state = f"{found.executions:,} executions, {found.edges:,} edges"
    print(f"{found.name:>14}  {state}{'' if found.passed else '  FAILED'}", file=sys.stderr, flush=True)
    return found


def report(all_found: list[Found], options: argparse.Namespace, seconds: float) -> int:
    """Prints the table; how many failed."""
    header = ["", "executions", "a second", "edges", "inputs", *KINDS.values(), ""]
    rows = [
        [
            found.name, f"{found.executions:,}", f"{found.per_second:,}", f"{found.edges:,}", f"{found.inputs:,}",
            *(str(found.count(kind)) for kind in KINDS), "passed" if found.passed else "FAILED",
        ] for found in all_found
    ]  # fmt: skip
    limits = f"{LIMITS['timeout']} s, {LIMITS['rss_limit_mb']} MB and {LIMITS['max_len'] >> 10} KB an input"
    heading = f"{machine.summary(machine.facts())}\n{options.seconds} s each; {limits}; {seconds / 60:.0f} min"
    print(f"{heading}\n\n{aligned([header, *rows])}")
    (options.folder / "results.md").write_text(f"{heading}\n\n{as_markdown([header, *rows])}\n", encoding="utf-8")
    failed = [found for found in all_found if not found.passed]
    for found in failed:
        where = ", ".join(str(find) for find in found.finds) or "it ended otherwise than it should"
        print(f"\n{found.name}: {where}\n  the log is {found.log}")
    if failed:
        print("\nTake a find into the tests: make it smaller with -minimize_crash=1, put it into Tests/Fuzz/Corpus.")
    print(f"\n{len(all_found) - len(failed)} passed, {len(failed)} failed")
    return len(failed)


def read_options() -> argparse.Namespace:
    names = targets()

    def listed(text: str) -> list[str]:
        items = [item.strip() for item in text.split(",") if item.strip()]
        if unknown := set(items) - set(names):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: it is one of {', '.join(names)}")
        return items

    def positive(text: str) -> int:
        if not text.isdecimal() or int(text) < 1:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from 1")
        return int(text)

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fuzzer", type=Path, required=True, help="what `make fuzz` builds")
    parser.add_argument("--folder", type=Path, required=True, help="where new inputs, finds and logs go")
    parser.add_argument("--seconds", type=positive, default=300, help="for each target")
    parser.add_argument("--only", type=listed, default=names, help=", ".join(names) + "; all where left out")
    parser.add_argument("--jobs", type=positive, default=1, help="targets at a time")
    read = parser.parse_args()
    read.fuzzer, read.folder = read.fuzzer.resolve(), read.folder.resolve()
    if not read.fuzzer.is_file():
        parser.error(f"there is no {read.fuzzer}; make fuzz builds it")
    return read


def main() -> int:
    options = read_options()
    options.folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        all_found = list(pool.map(lambda name: told(fuzz(name, options)), options.only))
    return 1 if report(all_found, options, time.monotonic() - started) else 0


if __name__ == "__main__":
    sys.exit(main())
