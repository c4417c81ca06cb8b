"""Runs a command and says what its whole tree of processes cost.

    python measure.py RESULT TIMEOUT COMMAND…

writes {"status", "wall", "user", "system", "peakMemory"} as JSON into RESULT: seconds and bytes. It is a process of its
own so that nothing but the command is counted, and the subreaper of what the command starts, so that the time of
processes whose parent ended before them is counted too. The peak is the sum over processes of the same moment, read a
few times a second, or the command's own maximum where that is more.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
INTERVAL = 0.1
"""Seconds between two looks."""


def descendants(pid: int) -> list[int]:
    found, open_ends = [], [pid]
    while open_ends:
        parent = open_ends.pop()
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{thread}/children") as file:
                    children = [int(child) for child in file.read().split()]
                found += children
                open_ends += children
        except OSError:  # it has ended
            continue
    return found


def peak(pid: int) -> int:
    """The most memory that a process ever held, in bytes; 0 where it has ended."""
    try:
        with open(f"/proc/{pid}/status") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def reap() -> tuple[bool, dict[int, tuple[int, int]]]:
    """Collects what has ended; whether anything is left, and status and peak of what was collected."""
    ended = {}
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return False, ended
        if pid == 0:
            return True, ended
        ended[pid] = (os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024)


def main() -> None:
    result, timeout, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("the processes that a command leaves behind cannot be adopted, so its time cannot be counted")
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    start = time.monotonic()
    first = os.posix_spawnp(command[0], command, os.environ, setsigmask=[])
    status, wall, most, is_killed = None, None, 0, False
    while True:
        most = max(most, sum(peak(pid) for pid in descendants(os.getpid())))
        any_left, ended = reap()
        if first in ended:
            status, own = ended[first]
            wall, most = time.monotonic() - start, max(most, own)
        if not any_left:
            break
        # What outlives the command has had its time: half a minute after it, or the time that was given.
        late = time.monotonic() - start > timeout or (wall is not None and time.monotonic() - start > wall + 30)
        if late:
            is_killed = True
            for pid in descendants(os.getpid()):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        signal.sigtimedwait({signal.SIGCHLD}, INTERVAL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(result, "w") as file:
        json.dump(
            {
                "status": "timeout" if is_killed and wall > timeout else status,
                "wall": wall, "user": used.ru_utime, "system": used.ru_stime, "peakMemory": most,
            },
            file,
        )  # fmt: skip


if __name__ == "__main__":
    main()
