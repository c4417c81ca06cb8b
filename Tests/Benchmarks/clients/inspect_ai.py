"""The UK AI Security Institute's Inspect: `inspect eval` with its provider for OpenAI-compatible endpoints."""

import json
import subprocess
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint
from work import SAMPLES, Work

TASK = """\
from inspect_ai import Task, task
from inspect_ai.dataset import json_dataset
from inspect_ai.scorer import match
from inspect_ai.solver import generate


@task
def add():
    return Task(dataset=json_dataset({samples!r}), solver=generate(), scorer=match(numeric=True))
"""


class InspectAI(Client):
    name = "inspect-ai"
    program = "inspect"
    package = "inspect_ai"

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.base_url = ""

    def can_do(self, work: Work) -> bool:
        return work is SAMPLES

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SIMULATED_API_KEY": "none", "SIMULATED_BASE_URL": self.base_url}

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        self.base_url = endpoint.base_url
        (folder / "add.py").write_text(TASK.format(samples=str(supplies.samples)), encoding="utf-8")
        return [
            self.executable, "eval", "add.py", "--model", "openai-api/simulated/simulated",
            "--max-connections", str(work.streams), "--max-samples", str(work.streams),
            "--max-tokens", str(work.tokens), "--temperature", "0",
            "--display", "none", "--no-score-display", "--no-log-realtime", "--log-dir", "result",
        ]  # fmt: skip

    def completed(self, folder: Path, work: Work) -> int:
        """Right answers: the endpoint gives no others."""
        found = list((folder / "result").glob("*.eval"))
        if len(found) != 1:
            raise ValueError(f"{folder / 'result'} holds {len(found)} logs, not one")
        dump = [self.executable, "log", "dump", "--header-only", str(found[0])]
        header = json.loads(subprocess.run(dump, capture_output=True, text=True, check=True).stdout)
        if header["status"] != "success":
            raise ValueError(f"the evaluation in {found[0]} ended with {header['status']}")
        score = header["results"]["scores"][0]
        return round(score["scored_samples"] * score["metrics"]["accuracy"]["value"])
