"""The work that every client is given, and the files that carry it to them.

A work is so many requests over so many streams against an endpoint whose schedule is known. The prompts are numbered,
so that a client's record of a request can be laid beside the endpoint's.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

ANSWER = "This answer comes from a simulated endpoint and says nothing about any model at all."
"""What the simulated endpoint says over and over, a word a token (`SimulatorSchedule.fillerText`)."""


@dataclass(frozen=True)
class Work:
    """Requests over streams, all streams starting together; a schedule of zeros sends as fast as it can."""

    name: str
    streams: int
    requests: int
    tokens: int
    """Of each answer; a chunk carries one."""
    ttft: float = 0
    """Milliseconds from a request to its first token."""
    speed: float = 0
    """Tokens a second after the first; 0 sends them at once."""
    logged: bool = True
    """Whether the endpoint writes down when each chunk left."""

    @property
    def gap(self) -> float:
        """Milliseconds from one chunk to the next."""
        return 1000 / self.speed if self.speed else 0

    @property
    def chunks(self) -> int:
        return self.requests * self.tokens


THROUGHPUT = Work("throughput", streams=64, requests=2000, tokens=32, logged=False)
PACED = [
    Work("1 stream", streams=1, requests=10, tokens=64, ttft=200, speed=100),
    Work("32 streams", streams=32, requests=96, tokens=64, ttft=200, speed=100),
    Work("128 streams", streams=128, requests=256, tokens=64, ttft=200, speed=100),
    Work("512 streams", streams=512, requests=512, tokens=96, ttft=200, speed=100),
]
CROWD = PACED[-1]
"""The one that the figures of many streams come from."""
MEMORY = Work("memory", streams=1000, requests=1000, tokens=1000, ttft=200, speed=50, logged=False)
SAMPLES = Work("samples", streams=64, requests=2000, tokens=8, logged=False)
"""Short questions with one right answer each, which is checked; see `write_samples`."""

STREAMED = [THROUGHPUT, *PACED]
ALL = [*STREAMED, MEMORY, SAMPLES]


def prompt(number: int) -> str:
    return f"Request number {number}: please say something."


def number_in(text: str) -> int:
    """Which request a text belongs to; the inverse of `prompt`."""
    match = re.search(r"Request number (\d+):", text)
    if match is None:
        raise ValueError(f"no request of this benchmark: {text[:200]!r}")
    return int(match[1])


def write_lines(path: Path, lines) -> Path:
    """JSON lines, or the lines themselves where they are texts."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
    return path


def write_samples(folder: Path, count: int) -> tuple[Path, Path]:
    """The samples, and the table from which the endpoint answers each of them right."""
    samples, answers = [], {}
    for number in range(count):
        question, answer = f"Add {number} and {3 * number + 1}.", str(4 * number + 1)
        samples.append({"id": f"add-{number}", "input": question, "target": answer})
        answers[question] = answer
    table = folder / "answers.json"
    table.write_text(json.dumps(answers), encoding="utf-8")
    return write_lines(folder / "samples.jsonl", samples), table


def write_tokenizer(folder: Path) -> Path:
    """A tokenizer of whole words in Hugging Face's format: some clients insist on one, and none is downloaded.

    It counts the endpoint's answers as the endpoint does, a token a word.
    """
    folder.mkdir(parents=True, exist_ok=True)
    special = ["[UNK]", "<s>", "</s>"]
    words = dict.fromkeys([*special, *ANSWER.split(), *prompt(0).split()])
    vocabulary = {word: index for index, word in enumerate(words)}
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": vocabulary[word], "content": word, **flags} for word in special],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "[UNK]",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "model_max_length": 1_000_000,
        "chat_template": "{% for message in messages %}{{ message['content'] }}\n{% endfor %}",
    }
    model = {"model_type": "gpt2", "vocab_size": len(vocabulary), "bos_token_id": 1, "eos_token_id": 2}
    for name, content in [("tokenizer", tokenizer), ("tokenizer_config", settings), ("config", model)]:
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
