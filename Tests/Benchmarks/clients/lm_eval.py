"""EleutherAI's Language Model Evaluation Harness: `lm_eval run` against a chat endpoint."""

import json
from pathlib import Path

from clients.client import Client, Supplies
from endpoint import Endpoint
from work import SAMPLES, Work

TASK = """\
task: poise_add
dataset_path: json
dataset_kwargs: {{data_files: {{test: {samples}}}}}
test_split: test
output_type: generate_until
doc_to_text: "{{{{input}}}}"
doc_to_target: "{{{{target}}}}"
generation_kwargs: {{until: [], max_gen_toks: {tokens}, temperature: 0}}
metric_list: [{{metric: exact_match, aggregation: mean, higher_is_better: true}}]
"""


class LMEval(Client):
    name = "lm-eval"
    program = "lm_eval"
    package = "lm_eval"

    def can_do(self, work: Work) -> bool:
        return work is SAMPLES

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "OPENAI_API_KEY": "none"}

    def command(self, work: Work, endpoint: Endpoint, folder: Path, supplies: Supplies) -> list[str]:
        (folder / "task.yaml").write_text(
            TASK.format(samples=json.dumps(str(supplies.samples)), tokens=work.tokens), encoding="utf-8"
        )
        model = f"model=simulated,base_url={endpoint.base_url}/chat/completions,num_concurrent={work.streams}"
        return [
            self.executable, "run", "--model", "local-chat-completions",
            "--model_args", f"{model},tokenizer_backend=None", "--apply_chat_template",
            "--tasks", "poise_add", "--include_path", str(folder), "--output_path", "result", "--log_samples",
        ]  # fmt: skip

    def completed(self, folder: Path, work: Work) -> int:
        """Right answers: the endpoint gives no others."""
        found = list((folder / "result").glob("**/samples_*.jsonl"))
        if len(found) != 1:
            raise ValueError(f"{folder / 'result'} holds {len(found)} files of samples, not one")
        with found[0].open(encoding="utf-8") as lines:
            return sum(1 for line in lines if json.loads(line)["exact_match"] == 1)
