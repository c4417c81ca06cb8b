"""vLLM's own client: `vllm bench serve`."""

import json
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint, Served
from readings import Reading
from work import STREAMED, Work, prompt, write_lines


class VLLMBench(Client):
    name = "vllm"
    program = "vllm"
    package = "vllm"
    check = ("bench", "serve", "--help")  # without a GPU, `vllm --help` fails and the client works
    torch = "2.13.0"

    def can_do(self, work: Work) -> bool:
        return work in STREAMED

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "VLLM_NO_USAGE_STATS": "1", "VLLM_LOGGING_LEVEL": "ERROR"}

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        prompts = write_lines(folder / "prompts.jsonl", ({"prompt": prompt(n)} for n in range(work.requests)))
        return [
            self.executable, "bench", "serve", "--backend", "openai-chat",
            "--base-url", endpoint.origin, "--endpoint", "/v1/chat/completions",
            "--model", "simulated", "--tokenizer", str(supplies.tokenizer),
            "--dataset-name", "custom", "--dataset-path", str(prompts), "--skip-chat-template", "--disable-shuffle",
            "--custom-output-len", str(work.tokens),
            "--num-prompts", str(work.requests), "--max-concurrency", str(work.streams),
            "--ready-check-timeout-sec", "0", "--num-warmups", "0", "--temperature", "0", "--disable-tqdm",
            "--save-result", "--save-detailed", "--result-dir", ".", "--result-filename", "result.json",
        ]  # fmt: skip

    def result(self, folder: Path) -> dict:
        return json.loads((folder / "result.json").read_text())

    def completed(self, folder: Path, work: Work) -> int:
        return self.result(folder)["completed"]

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        result = self.result(folder)
        # In the order of the prompts, since it was told not to shuffle them.
        rows = zip(result["ttfts"], result["itls"], result["errors"], strict=True)
        return {
            number: Reading(ttft * 1000, [gap * 1000 for gap in gaps])
            for number, (ttft, gaps, error) in enumerate(rows)
            if not error
        }
