"""What clients say they saw, and how far that is from what happened."""

import math
from dataclasses import dataclass, field

from endpoint import Served
from work import Work


@dataclass(frozen=True)
class Reading:
    """A client's own account of one request, in milliseconds."""

    ttft: float
    gaps: list[float]
    """From chunk to chunk; or their mean alone, where the client keeps no more."""
    is_mean: bool = False


@dataclass(frozen=True)
class Errors:
    """Distances in milliseconds, over all requests or gaps of one work."""

    ttft: list[float]
    """From the schedule."""
    gap: list[float]
    """From the gaps between the instants at which the endpoint wrote the chunks; empty where a client keeps none."""
    mean_gap: list[float]
    """The same of the mean over a response, in which a stall disappears, and which every client tells."""
    ttft_by_log: list[float] = field(default_factory=list)
    """From the instant at which the endpoint wrote the first chunk."""
    gap_by_schedule: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    """Of the endpoint itself: how long after it was due a chunk was written."""


def errors_of(readings: dict[int, Reading], served: dict[int, Served], work: Work) -> Errors:
    """Throws: `ValueError` where a record cannot be laid beside the endpoint's."""
    errors = Errors([], [], [])
    for number, reading in readings.items():
        if number not in served:
            raise ValueError(f"the client reports request {number}, which never reached the endpoint")
        sent = served[number]
        errors.ttft.append(abs(reading.ttft - work.ttft))
        errors.ttft_by_log.append(abs(reading.ttft - sent.written[0]))
        errors.lateness.extend(written - due for written, due in zip(sent.written, sent.due, strict=True))
        gaps = [after - before for before, after in zip(sent.written, sent.written[1:])]
        if not reading.is_mean and len(gaps) != len(reading.gaps):
            raise ValueError(
                f"request {number} had {len(gaps) + 1} chunks, and the client reports {len(reading.gaps) + 1}"
            )
        errors.mean_gap.append(abs(sum(reading.gaps) / len(reading.gaps) - sum(gaps) / len(gaps)))
        if reading.is_mean:
            continue
        errors.gap.extend(abs(seen - sent) for seen, sent in zip(reading.gaps, gaps))
        errors.gap_by_schedule.extend(abs(seen - work.gap) for seen in reading.gaps)
    return errors


def quantile(values: list[float], q: float) -> float:
    """The smallest value that at least the share `q` of the values does not exceed."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(q * len(ordered)) - 1)]


def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
