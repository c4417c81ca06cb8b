"""The machine that was measured on."""

import os
import platform
import re
from pathlib import Path


def facts() -> dict:
    processor = re.search(r"^model name\s*:\s*(.+)$", read("/proc/cpuinfo"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB", read("/proc/meminfo"), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="?([^"\n]+)', read("/etc/os-release"), re.MULTILINE)
    return {
        "processor": processor[1].strip() if processor else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memoryGiB": round(int(memory[1]) / 2**20) if memory else None,
        "system": system[1] if system else platform.system(),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "loadAverageBefore": round(os.getloadavg()[0], 2),
    }


def summary(facts: dict) -> str:
    return (
        f"{facts['processor']}, {facts['cores']} cores, {facts['memoryGiB']} GiB, {facts['system']}, "
        f"Linux {facts['kernel']}; load average before: {facts['loadAverageBefore']}"
    )


def read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
