"""NVIDIA's AIPerf: `aiperf profile`."""

import json
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint, Served
from readings import Reading
from work import STREAMED, Work, prompt, write_lines


class AIPerf(Client):
    name = "aiperf"
    program = "aiperf"
    package = "aiperf"

    def can_do(self, work: Work) -> bool:
        return work in STREAMED

    @property
    def environment(self) -> dict[str, str]:
        # Told to stay offline, it looks for tokenizers in its cache alone, and not where the path says.
        return {key: value for key, value in super().environment.items() if not key.startswith("HF_HUB")}

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        prompts = write_lines(folder / "prompts.jsonl", ({"text": prompt(n)} for n in range(work.requests)))
        return [
            self.executable, "profile", "--model", "simulated", "--url", endpoint.origin,
            "--endpoint-type", "chat", "--streaming",
            "--concurrency", str(work.streams), "--request-count", str(work.requests),
            "--input-file", str(prompts), "--custom-dataset-type", "single_turn",
            "--tokenizer", str(supplies.tokenizer), "--use-server-token-count",
            "--extra-inputs", f"max_completion_tokens:{work.tokens}",
            "--no-gpu-telemetry", "--no-server-metrics", "--ui", "none", "--artifact-dir", "result",
        ]  # fmt: skip

    def records(self, folder: Path) -> list[dict]:
        with (folder / "result" / "profile_export.jsonl").open(encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        return [record for record in records if not record.get("error")]

    def completed(self, folder: Path, work: Work) -> int:
        return len(self.records(folder))

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        numbers = {sent.headers["x-request-id"]: number for number, sent in served.items()}
        return {
            numbers[record["metadata"]["x_request_id"]]: Reading(
                milliseconds(record, "time_to_first_token"), milliseconds(record, "inter_chunk_latency")
            )
            for record in self.records(folder)
        }


def milliseconds(record: dict, metric: str):
    entry = record["metrics"][metric]
    if entry["unit"] != "ms":
        raise ValueError(f"{metric} is given in {entry['unit']}, not in ms")
    return entry["value"]
