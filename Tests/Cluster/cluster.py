"""What Poise promises on a cluster, on a real Slurm that is brought up here and taken down again.

    python cluster.py --poise .build/release/poise --folder .build/cluster [--only demo,killed] [--quick]

The table goes to standard output and closes with `N passed, N failed`; everything else goes to standard error. Exit
code 1 where a row failed.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What scenarios and their table need lies with the tests under faults; columns and machine with the oldest of all.
sys.path += [str(HERE.parent / "Torture"), str(HERE.parent / "Benchmarks")]

import frame
from context import Row
from slurm import AFTERMATH, processes

LOOPBACK = "0100007F"
"""127.0.0.1, as Linux writes it in `/proc/net/tcp`."""


def closing(runs: Path) -> Iterator[tuple[str, Row]]:
    """What all clusters together have left, and where they listened."""
    ends = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(runs.glob(f"*/*/{AFTERMATH}"))]
    if not ends:
        return
    left = [line for end in ends for line in end["left"]]
    left += [str(each) for each in processes(f"{os.getpid()}-")]
    yield "end", Row(
        "Processes that a cluster left behind", len(ends), f"{len(left)} after {len(ends)} clusters", "none",
        not left, tuple(left),
    )  # fmt: skip
    listened = [address for end in ends for address in end["listened"]]
    outside = [f"listened at {address}" for address in listened if address.split(":")[0] != LOOPBACK]
    yield "end", Row(
        "Addresses that a cluster listened at", len(listened), f"{len(listened) - len(outside)} of {len(listened)} on 127.0.0.1",
        "only the loopback interface", bool(listened) and not outside, tuple(outside),
    )  # fmt: skip


def main() -> int:
    if sys.platform != "linux":
        sys.exit("Slurm runs on Linux")
    options = frame.read_options(__doc__, HERE / "scenarios")
    # As after a Ctrl-C, everything that was started is ended first.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _: sys.exit(128 + which))
    return 1 if frame.run(options, closing) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
