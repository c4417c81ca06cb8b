"""The simulated endpoint, as a process of its own, and its record of what it sent when."""

import json
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from work import SAMPLES, Work, number_in

TOKEN_KINDS = {"reasoning", "answer", "toolCall"}


@dataclass(frozen=True)
class Served:
    """One request as the endpoint saw it; times are milliseconds after the request had arrived."""

    headers: dict[str, str]
    due: list[float]
    """When the schedule wanted each chunk with a token out."""
    written: list[float]
    """When it was handed to the kernel."""


class Endpoint:
    """`poise simulate` with the schedule of a work, for as long as the `with` block lasts."""

    def __init__(self, poise: Path, work: Work, folder: Path, answers: Path | None = None):
        self.work = work
        self.log = folder / "endpoint.jsonl"
        self.command = [
            str(poise), "simulate", "--port", "0", "--ttft", f"{work.ttft}ms", "--tps", f"{work.speed:g}",
        ]  # fmt: skip
        if answers is None:
            self.command += ["--tokens", str(work.tokens)]
        else:
            self.command += ["--answer", str(answers)]
        if work.logged:
            self.command += ["--log", str(self.log)]
        self.errors = folder / "endpoint.log"

    def __enter__(self) -> "Endpoint":
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=errors, text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("http://"):
            self.process.kill()
            raise RuntimeError(f"the simulated endpoint did not start: {line} {self.errors.read_text()[-500:]}")
        self.base_url = line
        self.origin = line.removesuffix("/v1")
        return self

    def __exit__(self, *_) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise RuntimeError("the simulated endpoint did not end when it was asked to") from None
        finally:
            self.process.stdout.close()

    def served(self) -> dict[int, Served]:
        """What was sent, by the request's number; complete once the endpoint has ended."""
        result = {}
        with self.log.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["method"] != "POST":
                    continue
                number = number_in(json.dumps(record["body"]["messages"][-1]["content"]))
                if number in result:
                    raise RuntimeError(f"request {number} was asked twice")
                result[number] = served_from(record)
        return result


def served_from(record: dict) -> Served:
    """A record of the endpoint's log: its chunks stand in columns, in nanoseconds after the request's arrival."""
    rows = zip(record["kinds"], record["due"], record["written"], strict=True)
    tokens = [(due, written) for kind, due, written in rows if kind in TOKEN_KINDS]
    return Served(
        headers=record["headers"],
        due=[due / 1e6 for due, _ in tokens],
        written=[written / 1e6 for _, written in tokens],
    )


def endpoint_for(work: Work, poise: Path, folder: Path, answers: Path) -> Endpoint:
    return Endpoint(poise, work, folder, answers if work is SAMPLES else None)
