"""Intervals, tests and distributions as SciPy, statsmodels and NumPy compute them, or as they were published."""

import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy
import scipy.stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

import probe
from grading import Grading
from rows import Row, tell

TOLERANCE = 1e-9
"""The most that a value may differ: of itself where it is a tail, or above 1."""
SEED = 20261121
Question = tuple[str, list[float]]


def normal_quantiles(rng: random.Random) -> tuple[Question, list[float]]:
    values = [rng.random() if rng.random() < 0.5 else 10 ** rng.uniform(-300, -1) for _ in range(10)]
    return ("normalQuantile", values), list(scipy.stats.norm.ppf(values))


def student_quantiles(rng: random.Random) -> tuple[Question, list[float]]:
    share, freedom = rng.uniform(0.0001, 0.9999), math.exp(rng.uniform(math.log(0.7), math.log(1e4)))
    return ("studentQuantile", [share, freedom]), [scipy.stats.t.ppf(share, freedom)]


def student_shares(rng: random.Random) -> tuple[Question, list[float]]:
    value, freedom = rng.uniform(-30, 30), math.exp(rng.uniform(math.log(0.7), math.log(1e4)))
    return ("studentCumulative", [value, freedom]), [scipy.stats.t.cdf(value, freedom)]


def wilson(rng: random.Random) -> tuple[Question, list[float]]:
    n = rng.choice([1, 2, 5, 30, 263, 1000, 100_000])
    right = rng.choice([0, n, rng.randint(0, n)])
    confidence = rng.choice([0.5, 0.8, 0.9, 0.95, 0.99, 0.9999])
    expected = proportion_confint(right, n, alpha=1 - confidence, method="wilson")
    return ("wilson", [right, n, confidence]), list(expected)


def table(rng: random.Random) -> list[int]:
    size = rng.choice([2, 10, 60, 1000])
    return [rng.choice([0, rng.randint(0, size)]) for _ in range(4)]


def mcnemar_exact(rng: random.Random) -> tuple[Question, list[float]]:
    kept, gained, lost, missed = table(rng)
    expected = 1.0 if gained + lost == 0 else mcnemar([[kept, gained], [lost, missed]], exact=True).pvalue
    return ("mcNemar", [kept, gained, lost, missed]), [expected]


def newcombe(rng: random.Random) -> tuple[Question, list[float]]:
    """Method 10 of Newcombe 1998, written out over statsmodels' Wilson interval."""
    kept, gained, lost, missed = table(rng)
    if kept + gained + lost + missed == 0:
        kept = 1
    n, confidence = kept + gained + lost + missed, rng.choice([0.8, 0.95, 0.99])
    p, q = (kept + gained) / n, (kept + lost) / n
    low, high = proportion_confint(kept + gained, n, alpha=1 - confidence, method="wilson")
    other_low, other_high = proportion_confint(kept + lost, n, alpha=1 - confidence, method="wilson")
    product = (kept + gained) * (lost + missed) * (kept + lost) * (gained + missed)
    numerator = kept * missed - gained * lost
    phi = 0 if product == 0 else (max(numerator - n / 2, 0) if numerator > 0 else numerator) / math.sqrt(product)
    down = math.sqrt(max(0, (p - low) ** 2 - 2 * phi * (p - low) * (other_high - q) + (other_high - q) ** 2))
    up = math.sqrt(max(0, (high - p) ** 2 - 2 * phi * (high - p) * (q - other_low) + (q - other_low) ** 2))
    return ("newcombe", [kept, gained, lost, missed, confidence]), [max(-1, p - q - down), min(1, p - q + up)]


def holm(rng: random.Random) -> tuple[Question, list[float]]:
    values = [rng.choice([rng.random(), 10 ** rng.uniform(-12, 0), 0.04]) for _ in range(rng.randint(1, 20))]
    return ("holm", values), list(multipletests(values, method="holm")[1])


def quantiles(rng: random.Random) -> tuple[Question, list[float]]:
    values = [rng.choice([rng.gauss(0, 100), float(rng.randint(0, 5))]) for _ in range(rng.randint(1, 200))]
    share = rng.choice([0, 0.05, 0.5, 0.95, 0.99, 1, rng.random()])
    return ("quantile", [share, *values]), [float(numpy.quantile(values, share))]


def quantile_intervals(rng: random.Random) -> tuple[Question, list[float | None]]:
    """The ranks from SciPy's binomial distribution: each end leaves at most half of the rest outside."""
    values = sorted(rng.gauss(0, 100) for _ in range(rng.randint(1, 300)))
    share, confidence = rng.choice([0.05, 0.5, 0.8, 0.95]), rng.choice([0.8, 0.95, 0.99])
    outside, n = (1 - confidence) / 2, len(values)
    ranks = numpy.arange(1, n + 1)
    low = max(ranks[scipy.stats.binom.cdf(ranks - 1, n, share) <= outside], default=None)
    high = min(ranks[scipy.stats.binom.sf(ranks - 1, n, share) <= outside], default=None)
    expected = [None, None] if low is None or high is None else [values[low - 1], values[high - 1]]
    return ("quantileInterval", [share, confidence, *values]), expected


def equivalence(rng: random.Random) -> tuple[Question, list[float]]:
    """Two one-sided z-tests, the larger p-value."""
    estimate, error, bound = rng.uniform(-0.1, 0.1), rng.uniform(0.01, 0.1), rng.uniform(0.01, 0.2)
    tails = scipy.stats.norm.sf([(estimate + bound) / error, (bound - estimate) / error])
    return ("equivalence", [estimate, error, -bound, bound]), [float(max(tails))]


MEASURES: list[tuple[str, str, Callable, int]] = [
    ("normal quantile", "scipy", normal_quantiles, 500),
    ("Student's quantile", "scipy", student_quantiles, 2000),
    ("Student's distribution", "scipy", student_shares, 2000),
    ("Wilson's interval", "statsmodels", wilson, 3000),
    ("McNemar's exact test", "statsmodels", mcnemar_exact, 3000),
    ("Newcombe's paired interval", "written out", newcombe, 3000),
    ("Holm's correction", "statsmodels", holm, 200),
    ("quantile", "numpy", quantiles, 2000),
    ("interval of a quantile", "scipy", quantile_intervals, 1000),
    ("equivalence, two one-sided tests", "scipy", equivalence, 1000),
]

PUBLISHED = [
    # Two-sided 5% at five equal looks: Lan and DeMets' program, as Reboussin and others 2000 print its bounds.
    (0, 0.025, [0.2, 0.4, 0.6, 0.8, 1.0], [4.877, 3.357, 2.680, 2.290, 2.031]),
    (1, 0.025, [0.2, 0.4, 0.6, 0.8, 1.0], [2.438, 2.427, 2.410, 2.397, 2.386]),
]


TAILS = {"mcNemar", "studentCumulative"}
"""What keeps its digits however small it is; small ends of intervals may be rounding, and p-values by inversion stop at 1e-15."""


def off(name: str, found: float | None, expected: float | None) -> float:
    if found is None or expected is None:
        return 0 if found is None and expected is None else math.inf
    return abs(found - expected) / (abs(expected) if name in TAILS and 1e-290 < abs(expected) < 1 else max(1, abs(expected)))


def compared(poise: Path) -> list[Row]:
    rows = []
    for title, source, measure, count in MEASURES:
        rng = random.Random(f"{SEED} {title}")
        drawn = [measure(rng) for _ in range(count)]
        worst, findings, values = 0.0, [], 0
        for (question, expected), found in zip(drawn, probe.answers(poise, [entry[0] for entry in drawn]), strict=True):
            for one, other in zip(found, expected, strict=True):
                values += 1
                worst = max(worst, off(question[0], one, other))
                if not off(question[0], one, other) <= TOLERANCE:
                    findings.append(f"{question[0]} {question[1][:6]}: {one}, not {other}")
        rows.append(Row(f"{title} ({source})", values, f"{worst:.1e} off", f"≤ {TOLERANCE:g}", not findings, 0, findings))
    return [*rows, published(poise)]


def published(poise: Path) -> Row:
    found = probe.answers(poise, [("spending", [rule, level, *looks]) for rule, level, looks, _ in PUBLISHED])
    pairs = [pair for entry, bounds in zip(PUBLISHED, found, strict=True) for pair in zip(entry[3], bounds, strict=True)]
    findings = [f"bound {one}, not {other}" for other, one in pairs if abs(one - other) > 0.000_6]
    worst = max(abs(one - other) for other, one in pairs)
    return Row("bounds of sequential looks (published)", len(pairs), f"{worst:.1e} off", "3 decimals", not findings, 0, findings)


if __name__ == "__main__":
    tell(lambda grading: compared(grading.poise))
