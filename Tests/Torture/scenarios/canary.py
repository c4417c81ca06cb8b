"""A key that endpoints repeat wherever they can, looked for in everything that Poise writes, prints and starts."""

import base64
import json
import os
import random
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from context import Context, Row

VARIABLE, HEADER_VARIABLE = "POISE_CANARY_KEY", "POISE_CANARY_HEADER"
CORE = "Canary7HqXw2Zr9Lm4TkVb"
KEY = f'{CORE}/w+9=&"x'
"""It begins as no issuer's keys do, and JSON, addresses and HTML write it otherwise."""

WORDS = "\n".join(json.dumps({"id": f"w{n}", "input": f"word {n}", "target": f"word {n}"}) for n in range(40))
TASK = 'name: words\nsamples: words.jsonl\nprompt: "{input}"\ngraders:\n  - check: exact\n  - rubric: verdict\n'
RUBRIC = """name: verdict
criteria:
  - name: right
    judge: Is the response right?
    levels:
      C: {worth: 1, when: It is.}
      I: {worth: 0, when: It is not.}
"""


def forms() -> list[bytes]:
    """The key's letters, which no escaping changes, and its digits in Base64 wherever it begins."""
    encoded = [base64.b64encode(b"x" * shift + CORE.encode())[shift + 1 : -4] for shift in range(3)]
    return [CORE.encode(), *encoded]


FORMS = forms()


def holds_key(data: bytes) -> bool:
    return any(form in data for form in FORMS)


def control() -> list[str]:
    """Ways of writing the key that the search itself would miss."""
    texts = {
        "plain": KEY, "JSON": json.dumps(KEY), "address": quote(KEY, safe=""),
        "Bearer": base64.b64encode(f"Bearer {KEY}".encode()).decode(),
        "user": base64.b64encode(f"ab:{KEY}".encode()).decode(),
        "password": base64.urlsafe_b64encode(f"u:{KEY}".encode()).decode(),
    }  # fmt: skip
    return [f"the search misses the key as {name}" for name, text in texts.items() if not holds_key(text.encode())]


@dataclass
class Search:
    """What was looked at, and where the key was."""

    files: dict[Path, int] = field(default_factory=dict)
    """Bytes of each as it was last."""
    streams: int = 0
    processes: set[int] = field(default_factory=set)
    finds: dict[str, dict[str, None]] = field(default_factory=lambda: {"file": {}, "stream": {}, "process": {}})
    """Each once, in the order in which they were found."""

    def folder(self, folder: Path, pattern: str = "*") -> None:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                self.files[path] = len(data)
                if holds_key(data):
                    self.finds["file"][str(path.relative_to(folder))] = None

    def output(self, name: str, *streams: bytes) -> None:
        for stream in streams:
            self.streams += 1
            if holds_key(stream):
                self.finds["stream"][name] = None

    def tree(self, process: int) -> None:
        """A command of Poise and all that it started: arguments of every one, environments of those started."""
        for child in [process, *descendants(process)]:
            arguments, environment = proc(child, "cmdline"), proc(child, "environ")
            # Between fork and exec a child is still a copy of its parent.
            if child != process and arguments == proc(process, "cmdline"):
                continue
            self.processes.add(child)
            if holds_key(arguments):
                self.finds["process"][f"arguments of {arguments[:60]!r}"] = None
            if child != process and holds_key(environment):
                self.finds["process"][f"environment of {arguments[:60]!r}"] = None


def proc(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def descendants(process: int) -> list[int]:
    children = [int(child) for child in b" ".join(
        proc(process, f"task/{task}/children") for task in listed(f"/proc/{process}/task")).split()]  # fmt: skip
    return children + [below for child in children for below in descendants(child)]


def listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def watched(context: Context, search: Search, *arguments: str, cores: bool = False) -> subprocess.Popen:
    """A command of Poise under way, whose processes are looked at every few milliseconds until it ends."""
    limit = (lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)) if cores else None
    process = subprocess.Popen(
        [str(context.poise), *arguments], cwd=context.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=limit,
    )  # fmt: skip

    def look() -> None:
        while process.poll() is None:
            search.tree(process.pid)
            time.sleep(0.01)

    threading.Thread(target=look, daemon=True).start()
    return process


def ended(search: Search, process: subprocess.Popen, name: str) -> tuple[bytes, bytes]:
    streams = process.communicate(timeout=300)
    search.output(name, *streams)
    return streams


def write_suite(context: Context, parrot: str, broken: str, key_file: str) -> None:
    (context.folder / "words.jsonl").write_text(WORDS)
    (context.folder / "words.yaml").write_text(TASK)
    (context.folder / "verdict.yaml").write_text(RUBRIC)
    endpoint = f'base_url: "{parrot}", model: m'
    (context.folder / "suite.yaml").write_text(
        f"""name: canary
candidates:
  - {{model: variable, endpoint: {{{endpoint}, api_key_env: {VARIABLE}}}}}
  - {{model: file, endpoint: {{{endpoint}, api_key_file: "{key_file}"}}}}
  - {{model: header, endpoint: {{{endpoint}, headers_env: {{Authorization: {HEADER_VARIABLE}}}}}}}
  - {{model: broken, endpoint: {{base_url: "{broken}", model: m, api_key_env: {VARIABLE}}}}}
judges: [{{model: judge, endpoint: {{{endpoint}, api_key_env: {VARIABLE}}}}}]
tasks: [words.yaml]
baseline: variable
warmup: 1
gate: [{{accuracy: {{at_least: 0}}}}]
"""
    )


COMMANDS = [
    ["front"], ["front", "--format", "json"], ["front", "--format", "csv"], ["front", "--format", "svg"],
    ["front", "--as", "vllm"], ["runs"], ["runs", "--format", "json"], ["compare", "--flips", "all"],
    ["compare", "--format", "json"], ["choose"], ["gate"], ["gate", "--format", "junit"], ["gate", "--format", "github"],
    ["export"], ["export", "-o", "trials.csv"], ["export", "-o", "trials.json"], ["export", "--as", "guidellm"],
    ["report", "-o", "page.html"], ["report", "-o", "report.md"], ["report", "-o", "report.json"],
    ["report", "-o", "report.csv"], ["report", "-o", "chart.svg"], ["report", "--history", "-o", "history.html"],
    ["report", "--compare", "variable", "--compare", "file", "-o", "compared.html"],
    ["grade"], ["grade", "--unscored"], ["judge", "compare", "variable", "file", "--rubric", "verdict.yaml"],
    ["grade", "--suite", "suite.yaml"], ["divergence", "--reference", "variable"],
]  # fmt: skip


def rows(context: Context) -> Iterator[Row]:
    search = Search()
    # What is trusted is remembered in the scenario's own folder, and searched too.
    own = {VARIABLE: KEY, HEADER_VARIABLE: f"Bearer {KEY}", "XDG_DATA_HOME": str(context.folder / "data")}
    before = {name: os.environ.get(name) for name in own}
    os.environ |= own
    try:
        with tempfile.NamedTemporaryFile("w", prefix="poise-canary-") as key_file:  # 0600
            key_file.write(KEY + "\n")
            key_file.flush()
            yield from tried(context, search, key_file.name)
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def tried(context: Context, search: Search, key_file: str) -> Iterator[Row]:
    log = str(context.folder / "endpoint.jsonl")
    keyed = ["--api-key-env", VARIABLE, "--fault", "echo-key"]
    faults = [part for fault in ("status=500@20%", "error=2@20%", "status=401@5%", "whole@10%", "malformed=2@10%",
                                 "close=3@10%") for part in ("--fault", fault)]  # fmt: skip
    with (
        context.simulated(*keyed, "--ttft", "5ms", "--tps", "400", "--log", log) as parrot,
        context.simulated(*keyed, *faults, "--ttft", "5ms", "--tps", "400") as broken,
    ):
        write_suite(context, parrot, broken, key_file)
        # With the check of the client's own timing, which starts an endpoint.
        run = ["run", "suite.yaml", "--db", "runs.sqlite"]
        # The key's file lies outside, and is trusted once.
        _, errors = ended(search, watched(context, search, *run, "--watch", "--trust"), "run --watch")
        echoed = context.run(
            "export", "--db", context.folder / "runs.sqlite", cwd=context.folder).stdout.count("[key]")
        context.say(f"the key came back in {echoed} places; {errors.decode(errors='replace').count('warning')} warnings")
        for command in COMMANDS:
            ended(search, watched(context, search, *command, "--db", "runs.sqlite"), " ".join(command))
        search.folder(context.folder)

        generator = random.Random(context.seed)
        kills = context.amount(30, 4)
        for number in range(kills):
            database = f"killed-{number}.sqlite"
            process = watched(context, search, *run[:3], database, "--no-calibrate", "--watch", cores=True)
            time.sleep(generator.uniform(0.05, 2.5))
            process.send_signal(signal.SIGKILL if number % 2 else signal.SIGSEGV)
            ended(search, process, f"run killed {number}")
            # As the kill left them; the next command that reads them changes them.
            search.folder(context.folder, f"{database}*")
            ended(search, watched(context, search, "front", "--db", database), f"front of run killed {number}")
    search.folder(context.folder)

    missed = control() + ([] if echoed else ["no endpoint repeated the key, so that nothing was tried"])
    cores = [path.name for path in context.folder.rglob("core*")]
    found = search.finds
    yield Row(
        "a key that endpoints repeat, in files", len(search.files),
        f"{len(found['file'])} of {len(search.files):,} files, {sum(search.files.values()) / 1e6:,.0f} MB, after {kills} kills", "0",
        not (found["file"] or missed), (*missed, *found["file"]),
    )  # fmt: skip
    yield Row(
        "… on standard output and error", search.streams, f"{len(found['stream'])} of {search.streams} streams", "0",
        not found["stream"], tuple(found["stream"]),
    )  # fmt: skip
    yield Row(
        "… in arguments, and in what is handed on to children", len(search.processes),
        f"{len(found['process'])} of {len(search.processes)} processes, {len(cores)} core dumps", "0",
        bool(search.processes) and not (found["process"] or cores), (*found["process"], *cores),
    )  # fmt: skip
