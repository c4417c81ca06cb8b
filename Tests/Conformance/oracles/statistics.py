"""Intervals, tests and distributions as SciPy, statsmodels and NumPy compute them."""

import gc
import math
import random
from collections.abc import Callable
from pathlib import Path

import numpy
import scipy.optimize
import scipy.special
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


def spent(rule: int, share: float, level: float) -> float:
    if rule == 0:
        return float(2 * scipy.stats.norm.sf(scipy.stats.norm.isf(level / 2) / math.sqrt(share)))
    return level * math.log(1 + (math.e - 1) * share)


def looks(rng: random.Random) -> tuple[Question, list[float]]:
    """Lan and DeMets' bounds from the density of the walk that goes on, over one grid of Gauss and Legendre per look."""
    rule, level = rng.randint(0, 1), rng.choice([0.005, 0.025, 0.05])
    shares = rng.choice([[0.2, 0.4, 0.6, 0.8, 1], [0.5, 1], sorted(rng.sample([i / 20 for i in range(3, 20)], rng.randint(1, 5))) + [1]])
    nodes, weights = numpy.polynomial.legendre.leggauss(300)
    bounds, places, masses, before = [], numpy.zeros(1), numpy.ones(1), 0.0
    for share in shares:
        step, deviation = math.sqrt(share - before), math.sqrt(share)
        stopping = spent(rule, share, level) - (spent(rule, before, level) if before else 0)

        def beyond(bound: float) -> float:
            return float(masses @ scipy.special.ndtr((places - bound * deviation) / step)) - stopping

        bounds.append(scipy.optimize.brentq(beyond, 0, 20, xtol=1e-14, rtol=1e-14))
        reach = min(bounds[-1], 9) * deviation
        grid = reach * nodes
        density = numpy.exp(-(((grid[:, None] - places) / step) ** 2) / 2) @ masses / step / math.sqrt(2 * math.pi)
        places, masses, before = grid, reach * weights * density, share
    return ("spending", [rule, level, *shares]), bounds


MEASURES: list[tuple[str, str, Callable, int]] = [
    ("normal quantile", "scipy", normal_quantiles, 500),
    ("Student's quantile", "scipy", student_quantiles, 2000),
    ("Student's distribution", "scipy", student_shares, 2000),
    ("Wilson's interval", "statsmodels", wilson, 3000),
    ("McNemar's exact test", "statsmodels", mcnemar_exact, 3000),
    ("Newcombe's paired interval", "written out", newcombe, 3000),
    ("Holm's correction", "statsmodels", holm, 3000),
    ("quantile", "numpy", quantiles, 2000),
    ("interval of a quantile", "scipy", quantile_intervals, 1000),
    ("equivalence, two one-sided tests", "scipy", equivalence, 3000),
    ("bounds of sequential looks", "scipy", looks, 200),
]

TAILS = {"mcNemar", "studentCumulative"}
"""What keeps its digits however small it is; small ends of intervals may be rounding, and p-values by inversion stop at 1e-15."""


def off(name: str, found: float | None, expected: float | None) -> float:
    if found is None or expected is None:
        return 0 if found is None and expected is None else math.inf
    return abs(found - expected) / (abs(expected) if name in TAILS and 1e-290 < abs(expected) < 1 else max(1, abs(expected)))


def compared(poise: Path) -> list[Row]:
    rows = []
    # statsmodels collects garbage in each correction: what was imported need not be gone through each time.
    gc.freeze()
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
    return rows


if __name__ == "__main__":
    tell(lambda grading: compared(grading.poise))
