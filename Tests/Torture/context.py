"""What a scenario gets to work with: the command, a folder of its own, and the simulated endpoint."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One promise that was tried; it stands in the table."""

    title: str
    tried: int
    """How often."""
    figure: str
    reach: str
    """What was asked."""
    passed: bool
    findings: tuple[str, ...] = ()
    """What went wrong, one line each."""


@dataclass(frozen=True)
class Context:
    name: str
    poise: Path
    folder: Path
    """Empty at the start, and the scenario's own; it is kept."""
    is_quick: bool
    """Whether a small part of the amount is enough, since the scenario itself is what is tried."""
    seed: int = 0

    def say(self, text: str) -> None:
        print(f"{self.name:>10}  {text}", file=sys.stderr, flush=True)

    def amount(self, full: int, quick: int) -> int:
        return quick if self.is_quick else full

    def run(self, *arguments: str | Path, timeout: float = 300, **options) -> subprocess.CompletedProcess[str]:
        """Runs a command of Poise to its end, whatever that is.

        Throws: `subprocess.TimeoutExpired` where it hangs.
        """
        return subprocess.run(
            [str(self.poise), *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            encoding="utf-8", errors="replace", timeout=timeout, check=False, **options,
        )  # fmt: skip

    @contextmanager
    def simulated(self, *arguments: str) -> Iterator[str]:
        """The base URL of a simulated endpoint that lives as long as the `with` block."""
        errors = (self.folder / "endpoint.log").open("a")
        process = subprocess.Popen(
            [str(self.poise), "simulate", "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            line = process.stdout.readline().strip()
            if not line.startswith("http://"):
                raise RuntimeError(f"the simulated endpoint did not start: see {errors.name}")
            yield line
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
            process.stdout.close()
            errors.close()
