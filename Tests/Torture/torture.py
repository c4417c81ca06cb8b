"""What Poise promises under faults, tried as often as it takes to believe it.

    python torture.py --poise .build/release/poise --folder .build/torture [--only kill,faults] [--quick]

The table goes to standard output and closes with `N passed, N failed`; everything else goes to standard error. Exit
code 1 where a row failed.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What all of these commands need lies with the oldest of them.
sys.path.append(str(HERE.parent / "Benchmarks"))

import frame


def main() -> int:
    if sys.platform != "linux":
        sys.exit("faults are made with the means of Linux: tmpfs, /proc, signals")
    return 1 if frame.run(frame.read_options(__doc__, HERE / "scenarios")) else 0


if __name__ == "__main__":
    sys.exit(main())
