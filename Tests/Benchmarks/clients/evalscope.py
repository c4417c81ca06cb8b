"""ModelScope's EvalScope: `evalscope perf`."""

import json
import sqlite3
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint, Served
from readings import Reading
from work import STREAMED, Work, number_in, prompt, write_lines


class EvalScope(Client):
    name = "evalscope"
    program = "evalscope"
    package = "evalscope"

    def can_do(self, work: Work) -> bool:
        return work in STREAMED

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        prompts = write_lines(folder / "prompts.txt", (prompt(n) for n in range(work.requests)))
        return [
            self.executable, "perf", "--model", "simulated", "--api", "openai",
            "--url", f"{endpoint.base_url}/chat/completions", "--stream",
            "--parallel", str(work.streams), "--number", str(work.requests),
            "--dataset", "line_by_line", "--dataset-path", str(prompts), "--max-tokens", str(work.tokens),
            "--tokenizer-path", str(supplies.tokenizer), "--no-test-connection", "--warmup-num", "0",
            "--sleep-interval", "0", "--outputs-dir", "result", "--no-timestamp",
        ]  # fmt: skip

    def rows(self, folder: Path) -> list[tuple[str, float, str]]:
        found = list((folder / "result").glob("**/benchmark_data.db"))
        if len(found) != 1:
            raise ValueError(f"{folder / 'result'} holds {len(found)} databases of results, not one")
        with sqlite3.connect(found[0]) as database:
            return database.execute(
                "SELECT request, first_chunk_latency, inter_token_latencies FROM result WHERE success = 1"
            ).fetchall()

    def completed(self, folder: Path, work: Work) -> int:
        return len(self.rows(folder))

    def readings(self, folder: Path, work: Work, served: dict[int, Served]) -> dict[int, Reading]:
        return {
            number_in(request): Reading(ttft * 1000, [gap * 1000 for gap in json.loads(gaps)])
            for request, ttft, gaps in self.rows(folder)
        }
