"""A whole Slurm cluster on this machine: munged, a controller and four nodes, on the loopback interface only."""

import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from context import Context
from killable import MARK, wait_until

NODES = ("n0", "n1", "n2", "n3")
PATIENCE = 60
"""Seconds that a daemon may take to start or to end."""
AFTERMATH = "aftermath.json"
"""What was found when a cluster had ended, in its folder."""
OVER = {"COMPLETED", "FAILED", "CANCELLED", "NODE_FAIL", "TIMEOUT", "BOOT_FAIL", "OUT_OF_MEMORY", "DEADLINE"}
"""Of jobs that will not run any more."""


@dataclass(frozen=True)
class Process:
    id: int
    command: list[str]
    environment: dict[str, str]

    def __str__(self) -> str:
        return f"process {self.id}: {' '.join(self.command)}"


@dataclass(frozen=True)
class Job:
    """A job, or one task of an array, as the controller tells it."""

    id: int
    array: int | None
    """The id of the array that it is of."""
    indices: frozenset[int]
    """Its number in the array; several of those that wait in one record, none where it is of no array."""
    name: str
    state: str
    node: str
    exit_code: str
    """Its status, and the signal that ended it: `137:0`."""
    restarts: int
    dependency: str
    reason: str
    output: Path
    """Where what it says is written."""

    @property
    def index(self) -> int | None:
        """None where there is not exactly one."""
        return next(iter(self.indices)) if len(self.indices) == 1 else None

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class Slurm:
    """Lives as long as the `with` block, and takes all that it started along, jobs too."""

    def __init__(self, context: Context, name: str = "", **settings: str | int) -> None:
        """- settings: of slurm.conf, in place of those that it has anyway; without a value it is left out."""
        self.context = context
        self.folder = context.folder / (f"slurm-{name}" if name else "slurm")
        self.own_settings = settings
        self.mark = f"{os.getpid()}-{context.name}-{secrets.token_hex(4)}"
        self.daemons: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Slurm":
        self.folder.mkdir(parents=True)
        # The path of a socket may not be longer than 107 bytes.
        self.short = Path(tempfile.mkdtemp(prefix="poise-cluster-"))
        try:
            self.write_configuration()
            for name in ("munged", "slurmctld", *NODES):
                self.start(name)
            self.expect(lambda: set(self.node_states().values()) == {"IDLE"}, "four idle nodes")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        listened = self.listening()
        try:
            if self.is_running("slurmctld"):
                self.call("scancel", "--user", user_name(), check=False)
                wait_until(lambda: not self.jobs(), PATIENCE / 2, pause=0.2)
            for name in reversed(self.daemons):
                self.stop(name)
        finally:
            wait_until(lambda: not self.living(), 5, pause=0.1)
            left = self.living()
            for each in left:
                kill(each.id)
            shutil.rmtree(self.short, ignore_errors=True)
            aftermath = {"left": [f"{self.context.name}: {each}" for each in left], "listened": listened}
            (self.folder / AFTERMATH).write_text(json.dumps(aftermath, indent=1), encoding="utf-8")

    # Configuration

    def write_configuration(self) -> None:
        self.ports = dict(zip(("slurmctld", *NODES), free_ports(1 + len(NODES))))
        for name in ("state", "log", "scratch", *(f"spool/{node}" for node in NODES)):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(secrets.token_bytes(1024))
        prolog = self.folder / "task-prolog"
        # Of each node its own, as local disks are.
        prolog.write_text(
            f'#!/bin/sh\nmkdir -p "{self.folder}/scratch/$SLURMD_NODENAME"\n'
            f'echo "export TMPDIR={self.folder}/scratch/$SLURMD_NODENAME"\n',
            encoding="utf-8",
        )
        prolog.chmod(0o755)
        self.configuration.write_text(self.settings(), encoding="utf-8")
        (self.folder / "gres.conf").write_text("NodeName=n[0-3] Name=gpu File=/dev/null\n", encoding="utf-8")

    @property
    def configuration(self) -> Path:
        return self.folder / "slurm.conf"

    def settings(self) -> str:
        user = user_name()
        chosen = {
            "ClusterName": "poise", "SlurmctldHost": "localhost(127.0.0.1)",
            "SlurmctldPort": self.ports["slurmctld"], "SlurmUser": user, "SlurmdUser": user, "AuthType": "auth/munge",
            # A job that is requeued waits until its credential is void: two minutes, if nothing is said.
            "AuthInfo": f"socket={self.short}/munge,cred_expire=5",
            "CommunicationParameters": "NoCtldInAddrAny,NoInAddrAny",
            "StateSaveLocation": self.folder / "state", "SlurmdSpoolDir": self.folder / "spool" / "%n",
            "SlurmctldPidFile": self.folder / "slurmctld.pid", "SlurmdPidFile": self.folder / "%n.pid",
            "TaskProlog": self.folder / "task-prolog",
            # Control groups and accounting are more than a machine without systemd has.
            "ProctrackType": "proctrack/linuxproc", "TaskPlugin": "task/none",
            "JobAcctGatherType": "jobacct_gather/none", "JobCompType": "jobcomp/none", "MpiDefault": "none",
            "MailProg": "/bin/true", "SelectType": "select/cons_tres", "SelectTypeParameters": "CR_Core_Memory",
            "DefMemPerCPU": 256, "SchedulerParameters": "sched_interval=1,bf_interval=1",
            "ReturnToService": 2, "RequeueExit": "75,137", "KillWait": 20, "MinJobAge": 3600,
            "SlurmctldDebug": "verbose", "SlurmdDebug": "verbose", "LogTimeFormat": "iso8601_ms",
            # What is said of the nodes holds, whatever this machine has.
            "SlurmdParameters": "config_overrides", "GresTypes": "gpu",
        } | self.own_settings  # fmt: skip
        lines = [f"{key}={value}" for key, value in chosen.items() if value != ""]
        lines += [
            f"NodeName={node} NodeHostname=localhost NodeAddr=127.0.0.1 Port={self.ports[node]} CPUs=2 Sockets=1 "
            "CoresPerSocket=2 ThreadsPerCore=1 RealMemory=4096 Gres=gpu:1"
            for node in NODES
        ]
        lines.append("PartitionName=main Nodes=n[0-3] Default=YES MaxTime=60 State=UP")
        return "\n".join(lines) + "\n"

    # Daemons

    def start(self, name: str) -> None:
        log = self.folder / "log" / f"{name}.log"
        if name == "munged":
            command = [
                "munged", "--foreground", "--force", f"--socket={self.short}/munge",
                f"--key-file={self.folder}/munge.key", f"--pid-file={self.folder}/munged.pid",
                f"--seed-file={self.folder}/munge.seed", f"--log-file={self.folder}/log/munged.log", "--num-threads=2",
            ]  # fmt: skip
        elif name == "slurmctld":
            command = ["slurmctld", "-D", "-f", str(self.configuration)]
        else:
            command = ["slurmd", "-D", "-N", name, "-f", str(self.configuration)]
        with log.open("a") as output:
            # A Ctrl-C is for this program, which ends them in order.
            self.daemons[name] = subprocess.Popen(
                [found(command[0]), *command[1:]], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env=self.environment(), start_new_session=True,
            )  # fmt: skip
        if name == "munged":
            self.expect(lambda: (self.short / "munge").exists(), "munged's socket")
        elif name == "slurmctld":
            self.expect(lambda: self.call("scontrol", "ping", check=False).returncode == 0, "the controller")

    def save(self) -> None:
        """Waits until the controller has written what it knows now; it does so seconds later, and a kill costs the rest.

        Throws: `RuntimeError`.
        """
        since, path = time.time(), self.folder / "state" / "job_state"
        self.call("scontrol", "update", f"JobId={self.jobs()[0].id}", "Comment=saved")
        self.expect(lambda: path.exists() and path.stat().st_mtime > since, "the controller's state")

    def is_running(self, name: str) -> bool:
        return name in self.daemons and self.daemons[name].poll() is None

    def stop(self, name: str) -> None:
        """Ends a daemon as its own scripts do; what does not end is killed."""
        process = self.daemons[name]
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill(name)

    def kill(self, name: str) -> None:
        self.daemons[name].kill()
        self.daemons[name].wait()

    # What it says

    def environment(self) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if not key.startswith(("SLURM_", "SBATCH_"))}
        return {**own, MARK: self.mark, "SLURM_CONF": str(self.configuration)}

    def call(self, *command: str | Path, check: bool = True, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Throws: `RuntimeError` where it fails and that is not expected."""
        done = subprocess.run(
            [found(str(command[0])), *map(str, command[1:])], stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", env=self.environment(), timeout=timeout, cwd=self.folder,
        )  # fmt: skip
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))}: {done.returncode}: {done.stderr.strip()[-300:]}")
        return done

    def living(self) -> list[Process]:
        """All that was started here, and all that this started."""
        return processes(self.mark) + watchers(self.context.folder)

    def node_states(self) -> dict[str, str]:
        done = self.call("sinfo", "--noheader", "--Node", "--format=%N %T", check=False)
        lines = [line.split() for line in done.stdout.splitlines()]
        return {name: state.upper() for name, state in lines}

    def jobs(self, with_old: bool = False) -> list[Job]:
        """Those that wait or run; with the old ones also what is over."""
        done = self.call("scontrol", "--oneliner", "show", "job", check=False)
        found = [read_job(line) for line in done.stdout.splitlines() if line.startswith("JobId=")]
        return [job for job in found if with_old or not job.is_over]

    def expect(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Throws: `RuntimeError` where it does not come."""
        if not wait_until(condition, seconds, pause=0.1):
            raise RuntimeError(f"waited {seconds:.0f} s in vain for {what}; see {self.folder}/log")

    def listening(self) -> list[str]:
        """Every address that a process of this cluster listens at, as Linux writes it in `/proc/net`: `0100007F:1F90`."""
        sockets = set()
        for process in processes(self.mark):
            try:
                for link in Path(f"/proc/{process.id}/fd").iterdir():
                    target = os.readlink(link)
                    if target.startswith("socket:["):
                        sockets.add(target[8:-1])
            except OSError:
                continue
        addresses = []
        for table in ("tcp", "tcp6"):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                # 0A: it listens.
                if fields[3] == "0A" and fields[9] in sockets:
                    addresses.append(fields[1])
        return addresses


def read_job(line: str) -> Job:
    fields = dict(word.split("=", 1) for word in line.split() if "=" in word)
    return Job(
        id=int(fields["JobId"]), array=int(fields["ArrayJobId"]) if "ArrayJobId" in fields else None,
        indices=frozenset(read_indices(fields.get("ArrayTaskId", ""))), name=fields.get("JobName", ""),
        state=fields.get("JobState", ""), node=fields.get("NodeList", ""), exit_code=fields.get("ExitCode", ""),
        restarts=int(fields.get("Restarts", 0)), dependency=fields.get("Dependency", ""),
        reason=fields.get("Reason", ""), output=Path(fields.get("StdOut", "/dev/null")),
    )  # fmt: skip


def processes(mark: str) -> list[Process]:
    """Those whose mark in their environment begins so; one that has ended and waits to be reaped has none."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environment = words(folder / "environ")
            if f"{MARK}={mark}" in environment:
                pairs = (line.partition("=") for line in environment.split("\0"))
                command = words(folder / "cmdline").rstrip("\0").split("\0")
                found.append(Process(int(folder.name), command, {name: value for name, _, value in pairs}))
        except OSError:
            continue
    return found


def watchers(folder: Path) -> list[Process]:
    """Those that Slurm puts beside each job, with a file of it open in a folder: their environment cannot be read."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and (command := words(process / "cmdline")).startswith("slurmstepd"):
                paths = [os.readlink(link) for link in (process / "fd").iterdir()]
                if any(path.startswith(f"{folder}/") for path in paths):
                    found.append(Process(int(process.name), [command.replace("\0", " ").strip()], {}))
        except OSError:
            continue
    return found


def read_indices(text: str) -> Iterator[int]:
    """`3`, `1,4-7` or `0-6:2%4`: after the colon is a step, and after the % how many may run at once."""
    for part in filter(None, text.split("%")[0].split(",")):
        span, _, step = part.partition(":")
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1, int(step or 1))


def words(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def kill(process: int) -> None:
    """One that has ended meanwhile is no error."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def user_name() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def free_ports(count: int) -> list[int]:
    """Throws: `OSError` where the loopback interface is not there."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def found(program: str) -> str:
    """Throws: `RuntimeError` where it is not installed."""
    # Where daemons lie is on the search path of root alone.
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if not path:
        raise RuntimeError(f"{program} is not installed: make cluster-packages installs it")
    return path
