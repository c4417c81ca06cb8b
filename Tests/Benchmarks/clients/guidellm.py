"""GuideLLM: `guidellm run` with the concurrent profile."""

import json
import os
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint, Served
from readings import Reading
from work import STREAMED, Work, number_in, prompt, write_lines


class GuideLLM(Client):
    name = "guidellm"
    program = "guidellm"
    package = "guidellm"
    torch = "2.13.0"

    def can_do(self, work: Work) -> bool:
        return work in STREAMED

    @property
    def environment(self) -> dict[str, str]:
        # A process a core: its own default, ten, costs more CPU time and finishes later on a small machine.
        return {**super().environment, "GUIDELLM__MAX_WORKER_PROCESSES": str(len(os.sched_getaffinity(0)))}

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        prompts = write_lines(folder / "prompts.jsonl", ({"prompt": prompt(n)} for n in range(work.requests)))
        backend = f"kind=openai_http,target={endpoint.origin},model=simulated,max_tokens={work.tokens}"
        return [
            self.executable, "run", "--backend", backend,
            "--profile", f"kind=concurrent,streams={work.streams}",
            "--constraint", f"kind=max_requests,count={work.requests}",
            "--tokenizer", f"kind=huggingface_auto,model={supplies.tokenizer}",
            "--data", f"kind=json_file,path={prompts}",
            "--output", "kind=json,path=result.json",
            # The texts are needed to know which request is which, and left out where nobody asks.
            "--metrics", "kind=generative" + ("" if work.logged else ",sample_size=0"),
            "--disable-console",
        ]  # fmt: skip

    def requests(self, folder: Path) -> list[dict]:
        return json.loads((folder / "result.json").read_text())["benchmarks"][0]["requests"]["successful"]

    def completed(self, folder: Path, work: Work) -> int:
        return len(self.requests(folder))

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        # Its inter-token latency is a mean: of a response it keeps the first and the last token's time.
        return {
            number_in(request["request_args"]): Reading(
                request["time_to_first_token_ms"], [request["inter_token_latency_ms"]], is_mean=True
            )
            for request in self.requests(folder)
        }
