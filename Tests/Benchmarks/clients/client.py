"""What every client has in common."""

import hashlib
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from costs import ClientFailure, Cost, measured
from endpoint import Endpoint, Served
from readings import Reading
from work import Work

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
INSTALL_TIMEOUT = 600
"""Seconds that one step of an installation may take."""
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"


class NotInstalled(Exception):
    """A client cannot be installed here; the message says why."""


@dataclass(frozen=True)
class Supplies:
    """Files that clients share."""

    tokenizer: Path
    samples: Path


class Client(ABC):
    name: str
    program: str
    """The command, in the `bin` folder of the client's virtual environment."""
    package: str
    check: tuple[str, ...] = ("--help",)
    """What the program is told after its installation, to see that it starts."""
    torch: str | None = None
    """The PyTorch that the package cannot be imported without, though nothing here computes with it."""

    def __init__(self, folder: Path):
        self.venv = folder / self.name

    @abstractmethod
    def can_do(self, work: Work) -> bool: ...

    @abstractmethod
    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        """Writes the work's files into the folder; the command runs there."""

    @property
    def environment(self) -> dict[str, str]:
        """No client may look for updates, models or tokenizers, or report what it does."""
        return {
            "HF_HUB_OFFLINE": "1",
            "HF_DATASETS_OFFLINE": "1",
            "HF_HOME": str(self.venv / "huggingface"),
            "TOKENIZERS_PARALLELISM": "false",
            "DO_NOT_TRACK": "1",
        }

    @abstractmethod
    def completed(self, folder: Path, work: Work) -> int:
        """How many requests or samples it finished well, by its own record."""

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        """Its own record of each request, by the request's number."""
        raise NotImplementedError(f"{self.name} times no single requests")

    def run(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> tuple[Cost, int]:
        """The cost, and how many requests were finished.

        Throws: `ClientFailure` also where more than one in a hundred is missing: the work would not be the same.
        """
        cost = measured(self.command(work, endpoint, folder, supplies), folder, self.environment)
        completed = self.completed(folder, work)
        if completed < 0.99 * work.requests:
            raise ClientFailure(f"{self.name} finished {completed} of {work.requests} (see {folder})")
        return cost, completed

    # Installation

    @property
    def executable(self) -> str:
        return str(self.venv / "bin" / self.program)

    def install(self, logs: Path) -> None:
        """Into a virtual environment of its own, once for each state of its requirements.

        The requirements name every package, and pip resolves nothing: so the same versions come everywhere, and the
        gigabytes of CUDA stay away that no benchmark client needs.
        """
        requirements = REQUIREMENTS / f"{self.name}.txt"
        state = hashlib.sha256(f"{self.torch} {requirements.read_text()}".encode()).hexdigest()
        marker = self.venv / "installed"
        if marker.exists() and marker.read_text() == state:
            return
        if self.venv.exists():
            shutil.rmtree(self.venv)
        log = logs / f"install-{self.name}.log"
        with log.open("w") as output:
            step([sys.executable, "-m", "venv", str(self.venv)], output, log)
            if self.torch:
                self.install_torch(output, log)
            step([*self.pip, "--no-deps", "-r", str(requirements)], output, log)
            step([str(self.venv / "bin" / "python"), self.executable, *self.check], output, log)
        marker.write_text(state)

    def install_torch(self, output, log: Path) -> None:
        """The small build for CPUs where it can be had, else what PyPI has, which brings CUDA along."""
        index = ["--index-url", TORCH_INDEX, "--retries", "0", "--timeout", "15"]
        try:
            step([*self.pip, "--no-deps", *index, f"torch=={self.torch}+cpu"], output, log)
        except NotInstalled:
            step([*self.pip, f"torch=={self.torch}"], output, log)

    @property
    def pip(self) -> list[str]:
        python = str(self.venv / "bin" / "python")
        return [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]

    @property
    def version(self) -> str:
        code = f"import importlib.metadata; print(importlib.metadata.version({self.package!r}))"
        python = str(self.venv / "bin" / "python")
        return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def step(command: list[str], output, log: Path) -> None:
    """Throws: `NotInstalled`, with the last line that says something."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=INSTALL_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"its installation took more than {INSTALL_TIMEOUT} s (see {log})") from None
    if done.returncode != 0:
        output.flush()
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()] or lines or ["nothing was said"]
        raise NotInstalled(f"{errors[-1][:200]} (see {log})")
