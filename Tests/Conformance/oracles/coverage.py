"""How often intervals, probabilities and gates keep their promise, in data sets whose truth is known."""

import math
from pathlib import Path

import probe
from rows import Row, tell

ERRORS = 2.5
"""Standard errors of the simulation itself that a share may lie outside of what is held."""
FLIPS = 5
"""Samples that must be likely to differ between two candidates before a share is held to both of its ends: where fewer do,
a difference is a count of 0 to 4, and any interval that is never too short is mostly too long."""
HEADER = ["", "n", "", "0.5–0.65", "0.65–0.8", "0.8–0.9", "0.9–0.98", "single rates", "held to", "effect", ""]


def cells(cell: dict) -> tuple[list[str], bool | None]:
    """A line of the table, and whether it held; None where nothing is asked."""
    shares, verdicts, shown = cell["shares"], [], []
    for index, share in enumerate(shares):
        error = ERRORS * math.sqrt(max(share * (1 - share), 0.01) / cell["dataSets"])
        low, high = cell.get("low"), cell.get("high")
        few = (cell.get("flips") or [math.inf] * len(shares))[index] < FLIPS
        if few and cell["what"] == "front probability":
            low = high = None
        elif few:
            high = None
        if low is not None:
            verdicts.append(share >= low - error)
        if high is not None:
            verdicts.append(share <= high + error)
        shown.append(f"{100 * share:.1f}" + ("*" if few else ""))
    shown += [""] * (4 - len(shown))
    single = "" if cell.get("least") is None else f"{100 * cell['least']:.1f}–{100 * cell['most']:.1f}"
    held = "told" if cell.get("low") is None else f"{100 * cell['low']:.0f}–{100 * cell.get('high', 1):.0f}"
    effect = "" if cell.get("effect") is None else f"{cell['effect']:.3f}"
    passed = all(verdicts) if verdicts else None
    mark = {True: "held", False: "NOT HELD", None: ""}[passed]
    return [cell["what"], f"{cell['n']:,}", cell["setting"], *shown, single, held, effect, mark], passed


def compared(poise: Path, folder: Path) -> list[Row]:
    found = probe.coverage(poise)
    lines = [HEADER]
    kinds: dict[str, list[tuple[dict, list[str], bool | None]]] = {}
    for cell in sorted(found, key=lambda cell: (cell["what"], cell["n"])):
        line, passed = cells(cell)
        lines.append(line)
        kinds.setdefault(cell["what"], []).append((cell, line, passed))
    (folder / "coverage.md").write_text(as_markdown(lines) + "\n", encoding="utf-8")
    (folder / "summary.md").write_text(summary(found), encoding="utf-8")
    return [row(what, entries) for what, entries in kinds.items()]


def spread(shares: list[float], mark: str = "") -> str:
    low, high = (f"{100 * end:.1f}" for end in (min(shares), max(shares)))
    return (low if low == high else f"{low}–{high}") + mark


def summary(found: list[dict]) -> str:
    """The least and the most over the settings of each kind and size: what the README shows."""
    groups: dict[tuple, list[dict]] = {}
    for cell in found:
        what = cell["what"] if cell.get("low") is not None else f"{cell['what']}, drift by candidate"
        groups.setdefault((what, cell["n"], cell.get("low"), cell.get("high")), []).append(cell)
    banded, plain = [], []
    for (what, n, low, high), members in sorted(groups.items(), key=lambda group: group[0][:2]):
        held = "told" if low is None else f"{100 * low:.0f}–{100 * (high or 1):.0f}"
        head = [what, f"{n:,}", str(len(members)) if len(members) > 1 else members[0]["setting"]]
        if len(members[0]["shares"]) == 1:
            plain.append([*head, spread([cell["shares"][0] for cell in members]), held])
            continue
        bands = []
        for index in range(4):
            few = any((cell.get("flips") or [math.inf] * 4)[index] < FLIPS for cell in members)
            bands.append(spread([cell["shares"][index] for cell in members], "*" if few else ""))
        single = spread([cell["least"] for cell in members] + [cell["most"] for cell in members])
        banded.append([*head, *bands, single, held])
    tables = [
        [["%, by the rate of right answers", "n", "settings", *HEADER[3:7], "single rates", "held to"], *banded],
        [["%", "n", "settings", "found", "held to"], *plain],
    ]
    return "\n".join(as_markdown(table) + "\n" for table in tables if len(table) > 1)


def as_markdown(lines: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], ["---"] * len(lines[0]), *lines[1:]])


def row(what: str, entries: list[tuple[dict, list[str], bool | None]]) -> Row:
    held = [entry for entry in entries if entry[2] is not None]
    shares = [share for cell, _, passed in held for share in cell["shares"] if passed is not None]
    misses = [" ".join(part for part in line if part) for _, line, passed in held if not passed]
    reach = entries[0][1][8] + "%"
    figure = f"{100 * min(shares):.1f}–{100 * max(shares):.1f}%"
    return Row(f"{what}: {len(held)} settings", sum(c["dataSets"] for c, _, _ in entries), figure, reach, not misses, 0, misses)


if __name__ == "__main__":
    tell(lambda grading: compared(grading.poise, grading.folder))
