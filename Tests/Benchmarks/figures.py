"""The figures that one run of a client gives, each with its name and unit."""

from dataclasses import dataclass

from costs import Cost
from readings import Errors, median, quantile
from work import Work

MICRO, MEGA = 1e6, 1e-6


@dataclass(frozen=True)
class Run:
    """A client's way through a work; `failure` says why there are no figures."""

    client: str
    work: str
    round: int
    figures: dict[str, float]
    failure: str | None = None


def figures_of(work: Work, cost: Cost, completed: int, errors: Errors | None) -> dict[str, float]:
    figures = {
        "requestsPerCPUSecond": completed / cost.cpu,
        "requestsPerSecond": completed / cost.wall,
        "cpuPerRequest": cost.cpu / completed * MICRO,
        "cpuPerChunk": cost.cpu / (completed * work.tokens) * MICRO,
        "kernelShare": cost.system / cost.cpu,
        "peakMemory": cost.peak_memory * MEGA,
        "wall": cost.wall,
    }
    if errors is None:
        return figures
    distances = {
        "ttftError": errors.ttft,
        "ttftErrorByLog": errors.ttft_by_log,
        "chunkError": errors.gap,
        "tpotError": errors.mean_gap,
        "chunkErrorBySchedule": errors.gap_by_schedule,
        "endpointLateness": errors.lateness,
    }
    for name, values in distances.items():
        if not values:
            continue
        figures |= {f"{name}.p50": quantile(values, 0.5), f"{name}.p99": quantile(values, 0.99)}
        figures[f"{name}.max"] = max(values)
    return figures


class Figures:
    """The medians over the runs of each client and work."""

    def __init__(self, runs: list[Run]):
        self.runs = runs

    def value(self, client: str, work: str, name: str) -> float | None:
        """None where no run of it gave the figure."""
        values = [
            run.figures[name] for run in self.runs if (run.client, run.work) == (client, work) and name in run.figures
        ]
        return median(values) if values else None

    def count(self, client: str, work: str) -> int:
        return sum((run.client, run.work) == (client, work) and run.failure is None for run in self.runs)
