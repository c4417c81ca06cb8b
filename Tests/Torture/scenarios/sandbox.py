"""Hostile answers: programs that try to get out of the sandbox, graded by the command that users have."""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from context import Context, Row
from escapes import ATTEMPTS, CHEATS, PRELUDE, Attempt

TIMEOUT = 4
"""Seconds of processor time for each attempt; twice that and 1 in all."""
MEMORY = 128
"""Megabytes for each attempt; its processes together get twice as much."""
NOBODY = 65534

TEST = """
import hashlib

def check(candidate):
    found = candidate()
    assert found is not True
    if isinstance(found, bytes):
        size = 32
        for start in range(len(found) - size + 1):
            assert hashlib.sha256(found[start : start + size]).hexdigest() != {digest!r}
    raise SystemError("kept in")
"""
"""Passes for no program; one that got out ends it by an AssertionError, which the explanation then tells."""

CHEAT_TEST = """
def check(candidate):
    assert candidate(6) == 36
    assert candidate(7) == 49
"""


@dataclass
class Watch:
    """What is looked at outside while the attempts run."""

    poise: int
    memory: int = 0
    """Bytes that all processes below Poise held at most."""
    own_memory: int = 0
    """Bytes that Poise itself held at most."""
    processes: int = 0
    kernel: int = 0
    """Bytes by which the kernel's own memory grew at most."""
    _stops: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Watch":
        self._start = slab()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stops.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stops.wait(0.05):
            children: dict[int, list[tuple[int, int]]] = {}
            for name in filter(str.isdigit, os.listdir("/proc")):
                try:
                    fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
                except (OSError, IndexError):
                    continue
                size = int(fields[21]) * os.sysconf("SC_PAGESIZE")
                children.setdefault(int(fields[1]), []).append((int(name), size))
                if int(name) == self.poise:
                    self.own_memory = max(self.own_memory, size)
            open_, total, count = children.get(self.poise, []), 0, 0
            while open_:
                number, size = open_.pop()
                total, count = total + size, count + 1
                open_ += children.get(number, [])
            self.memory, self.processes = max(self.memory, total), max(self.processes, count)
            self.kernel = max(self.kernel, slab() - self._start)


def slab() -> int:
    """Bytes that the kernel holds for itself."""
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(lines["Slab"].split()[0]) << 10


class Targets:
    """What attempts aim at: files, servers and a process, outside of the sandbox."""

    def __init__(self, folder: Path, name: str, stack: ExitStack, user: int | None) -> None:
        self.folder = folder
        self.secret = secrets.token_hex(16)
        self.reached: list[str] = []
        self.nap = f"{90000 + secrets.randbelow(9999)}.25"
        for path in ("secret.txt", "poise.sqlite"):
            (folder / path).write_text(self.secret)
            (folder / path).chmod(0o644)
        stream = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port = stream.getsockname()[1]
        datagrams = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        datagrams.bind(("127.0.0.1", self.port))
        near = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2)]
        self.abstract = f"poise-{self.secret[:8]}"
        near[0].bind(f"\0{self.abstract}")
        # A path of a socket has 107 bytes at most.
        short = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        short.chmod(0o755)
        self.socket = str(short / "socket")
        near[1].bind(self.socket)
        os.chmod(self.socket, 0o777)
        for server in near:
            server.listen()
        for server, kind in ((stream, "loopback"), (near[0], "abstract socket"), (near[1], "socket in a folder")):
            self._watch(server, kind, lambda server: server.accept()[0].recv(16))
        self._watch(datagrams, "datagram", lambda server: server.recv(16))
        owner = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        self.victim = stack.enter_context(subprocess.Popen(["sleep", "100000"], **owner))
        stack.callback(self.victim.kill)
        stack.callback(self._end_naps)

    def _watch(self, server: socket.socket, kind: str, take) -> None:
        def wait() -> None:
            try:
                while True:
                    if take(server):
                        self.reached.append(kind)
            except OSError:
                pass

        threading.Thread(target=wait, daemon=True).start()

    def place(self) -> dict:
        return {
            "secret": str(self.folder / "secret.txt"), "database": str(self.folder / "poise.sqlite"),
            "mark": str(self.folder) + "/", "port": self.port, "abstract": self.abstract, "socket": self.socket,
            "victim": self.victim.pid, "nap": self.nap,
        }  # fmt: skip

    def naps(self) -> list[int]:
        """Daemons that attempts left behind."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if self.nap.encode() in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:
                pass
        return found

    def _end_naps(self) -> None:
        for process in self.naps():
            os.kill(process, signal.SIGKILL)

    def effects(self) -> dict[str, list[str]]:
        """What happened outside, by the attempt that it shows."""
        effects = {
            "reach a server on loopback": ["loopback"] if "loopback" in self.reached else [],
            "send a datagram": ["datagram"] if "datagram" in self.reached else [],
            "reach a socket by its abstract name": ["abstract"] if "abstract socket" in self.reached else [],
            "reach a socket in a folder": ["folder"] if "socket in a folder" in self.reached else [],
            "write beside the secret": ["written"] if (self.folder / "written").exists() else [],
            "write by links": ["changed"] if (self.folder / "secret.txt").read_text() != self.secret else [],
            "kill a process of the user's": ["killed"] if self.victim.poll() is not None else [],
            "leave a daemon behind": ["alive"] if self.naps() else [],
        }
        return {name: found for name, found in effects.items() if found}


def program(body: str, targets: Targets, definition: str) -> str:
    lines = body.strip("\n").splitlines()
    lead = "" if lines[0][:1] != " " else " " * (len(lines[0]) - len(lines[0].lstrip()))
    inner = "\n".join("    " + line.removeprefix(lead) for line in lines)
    prelude = PRELUDE.replace("{place!r}", repr(targets.place())).replace("{memory}", str(MEMORY))
    return f"```python\n{prelude}\n{definition}\n{inner}\n```"


def graded(
    context: Context, folder: Path, targets: Targets, attempts: list[Attempt], *, user: int | None = None,
    options: tuple[str, ...] = (), cheats: bool = False,
) -> tuple[dict[str, dict], Watch, float, str]:  # fmt: skip
    """What Poise says of each attempt, by its name."""
    digest = hashlib.sha256(targets.secret.encode()).hexdigest()
    (folder / "task.yaml").write_text(
        "name: escapes\nsamples: samples.jsonl\ngraders:\n"
        f"  - {{check: unit_tests, timeout: {TIMEOUT}, memory: {MEMORY}}}\n"
    )
    test = TEST.replace("{digest!r}", repr(digest))
    rows = [(attempt.name, attempt.body, test, "escape", "()") for attempt in attempts]
    if cheats:
        rows += [(name, body, CHEAT_TEST, "square", "(number)") for name, body in CHEATS]
    with (folder / "samples.jsonl").open("w") as samples, (folder / "responses.jsonl").open("w") as responses:
        for name, body, test, function, parameters in rows:
            sample = {"id": name, "input": name, "metadata": {"test": test, "entry_point": function}}
            samples.write(json.dumps(sample) + "\n")
            answer = program(body, targets, f"def {function}{parameters}:")
            responses.write(json.dumps({"id": name, "response": answer}) + "\n")
    owner = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    environment = {
        "PATH": "/usr/bin:/bin" if user else os.environ["PATH"], "HOME": str(folder), "TMPDIR": "/tmp",
        "POISE_SECRET": targets.secret,
    }  # fmt: skip
    command = [str(context.poise), "grade", "task.yaml", "--responses", "responses.jsonl", *options]
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, errors="replace", **owner,
    )  # fmt: skip
    with Watch(process.pid) as watch:
        try:
            output, errors = process.communicate(timeout=60 + len(rows) * (2 * TIMEOUT + 2))
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
    seconds = time.monotonic() - started
    lines = {line["id"]: line for line in map(json.loads, output.splitlines())}
    return lines, watch, seconds, errors.strip()


def judged(attempt: Attempt, line: dict | None) -> tuple[bool, str | None]:
    """Whether it got out, and what else is wrong: it was not tried, or ended in a way that it should not have."""
    if line is None or line["status"] != "scored":
        return False, f"not tried: {(line or {}).get('explanation') or 'no line'}"
    said = line["explanation"]
    if "assert found is not True" in said or "hexdigest()" in said:
        return True, said
    if "kept in" in said or any(ending in said for ending in attempt.endings if ending != "AssertionError"):
        return False, None
    return False, f"ended otherwise: {said}"


def sandboxed(context: Context, who: str, user: int | None) -> Iterator[Row]:
    folder = context.folder / who.replace(" ", "-")
    folder.mkdir()
    if user is not None:
        folder.chmod(0o777)
    attempts = ATTEMPTS[:: context.amount(1, 4)]
    with ExitStack() as stack:
        targets = Targets(folder, who, stack, user)
        lines, watch, seconds, errors = graded(context, folder, targets, attempts, user=user, cheats=True)
        effects = targets.effects()
    if lines and all(line["status"] != "scored" for line in lines.values()):
        context.say(f"{who}: not tried: {next(iter(lines.values())).get('explanation')}")
        return
    verdicts = {attempt.name: judged(attempt, lines.get(attempt.name)) for attempt in attempts}
    out = {name for name, (escaped, _) in verdicts.items() if escaped} | set(effects)
    broken = [f"{name}: {why}" for name, (_, why) in verdicts.items() if why]
    broken += [f"{name}: {', '.join(found)} outside" for name, found in effects.items()]
    if not lines:
        broken.append(errors[-300:])
    yield Row(
        f"escapes from the sandbox, as {who}", len(attempts), f"{len(out)} escaped", "none", not out and not broken,
        tuple(broken),
    )  # fmt: skip
    passed = [f"{name}: {lines[name]['explanation']}" for name, _ in CHEATS if lines.get(name, {}).get("value") != 0]
    yield Row(
        f"tests passed without an answer, as {who}", len(CHEATS), f"{len(passed)} passed", "none", not passed,
        tuple(passed),
    )  # fmt: skip
    # As many as there are cores run at once, and are looked at 20 times a second.
    cores = os.cpu_count() or 1
    most = cores * 3 * MEMORY
    held, own, kernel = (size >> 20 for size in (watch.memory, watch.own_memory, watch.kernel))
    yield Row(
        f"memory of hostile programs, as {who}", len(attempts), f"{held} MB at once, {own} MB in Poise, {kernel} MB in "
        f"the kernel, {watch.processes} processes", f"at most {most} MB, 512 MB, 512 MB",
        held <= most and own < 512 and kernel < 512,
    )  # fmt: skip
    reach = 30 + len(attempts) * (2 * TIMEOUT + 2) / cores
    yield Row(
        f"time of hostile programs, as {who}", len(attempts), f"{seconds:.0f} s", f"at most {reach:.0f} s",
        seconds <= reach,
    )  # fmt: skip


def unconfined(context: Context) -> Row:
    """The harmless attempts where nothing stops them: they must succeed, or their failures would prove nothing."""
    folder = context.folder / "control"
    folder.mkdir()
    attempts = [attempt for attempt in ATTEMPTS if attempt.is_harmless]
    with ExitStack() as stack:
        targets = Targets(folder, "control", stack, None)
        lines, _, _, _ = graded(context, folder, targets, attempts, options=("--unsafe-no-sandbox",))
        effects = targets.effects()
    failed = [
        f"{attempt.name}: {(lines.get(attempt.name) or {}).get('explanation')}"
        for attempt in attempts
        if not judged(attempt, lines.get(attempt.name))[0] and attempt.name not in effects
    ]
    done = len(attempts) - len(failed)
    title = "the same without the sandbox, where harmless"
    return Row(title, len(attempts), f"{done} escaped", "all", not failed, tuple(failed))


def rows(context: Context) -> Iterator[Row]:
    yield unconfined(context)
    if os.geteuid() == 0:
        yield from sandboxed(context, "root", None)
        yield from sandboxed(context, "another user", NOBODY)
    else:
        yield from sandboxed(context, "this user", None)
