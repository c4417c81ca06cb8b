"""Real models over four nodes: the merged trials are those of one machine."""

from collections.abc import Iterator
from pathlib import Path

from context import Context, Row
from slurm import NODES, Slurm
from suites import KEY, Work, rows as query

ROOT = Path(__file__).resolve().parents[3]
SUITE = ROOT / "Datasets" / "demo.yaml"
SHARDS = 8
ANSWERS = (
    f"SELECT {KEY}, status, response, (SELECT json_group_array(json_array(grader, value)) FROM"
    " (SELECT grader, value FROM score WHERE trial = trial.id ORDER BY position)) FROM trial WHERE NOT isWarmup"
)
"""With every score of every grader, also a judge's."""


def rows(context: Context) -> Iterator[Row]:
    with Slurm(context) as slurm:
        yield from compared(context, Work(context, slurm, url="", name="demo"))


def compared(context: Context, work: Work) -> Iterator[Row]:
    # Of each of its twelve tasks.
    limit = context.amount(4, 1)
    alone = work.folder / "alone.sqlite"
    work.poise("run", SUITE, "--db", alone, "--limit", limit, "--no-calibrate", "--html", work.folder / "alone.html")
    context.say("one machine is done")
    work.poise("plan", SUITE, "-o", work.plan, "--limit", limit, "--shards", SHARDS)
    said = work.submit("--gres", "gpu:1", "--cpus", "1", "--mem", "1G", "--time", "30", "--partition", "main")
    ids = {job.array for job in work.tasks()} | {work.merge_job().id}
    if untold := [number for number in ids if str(number) not in said]:
        work.tell(f"jobs whose ids were not said: {untold}")
    merge = work.wait(600)
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-300:]}")
        yield Row("The demonstration over four nodes", SHARDS, "not merged", "all", False, tuple(work.findings))
        return
    used = {job.node for job in work.tasks()}
    if used != set(NODES):
        work.tell(f"only {sorted(used)} had work")
    page = work.folder / "all.html"
    work.poise("report", "--db", work.merged, "-o", page)
    shown = page.read_text(encoding="utf-8")
    if absent := [name for (name,) in query(work.merged, "SELECT id FROM candidate") if name not in shown]:
        work.tell(f"not on the page: {absent}")
    yield Row(
        "Real models on llama.cpp over four nodes: plan, array, merge, page", SHARDS,
        f"{len(work.whole())} shards on {len(used)} nodes, {page.stat().st_size // 1024} kB of page",
        "all merged, the page is there", not work.findings, tuple(work.findings),
    )  # fmt: skip
    answers, merged = query(alone, ANSWERS), query(work.merged, ANSWERS)
    one, many = ({answer[:6]: answer[6:] for answer in each} for each in (answers, merged))
    findings = [] if len(many) == len(merged) else [f"{len(merged) - len(many)} doubles"]
    findings += [f"{key}: {one.get(key)} alone, {many.get(key)} on the cluster"
                 for key in sorted(one.keys() | many.keys()) if one.get(key) != many.get(key)]  # fmt: skip
    yield Row(
        "Their trials beside those of one machine, by " + KEY, len(one),
        f"{len(one) - len(findings):,} of {len(one):,} with the same answer and scores", "all",
        not findings and len(one) > 0, tuple(findings),
    )  # fmt: skip
    figures = "SELECT candidate, load, n, unscored, accuracy FROM point ORDER BY candidate, load"
    ours, theirs = query(work.merged, figures), query(alone, figures)
    findings = [f"{left} alone, {right} merged" for left, right in zip(theirs, ours) if left != right]
    same = sum(left == right for left, right in zip(theirs, ours))
    yield Row(
        "Their accuracy beside that of one machine", len(theirs), f"{same} of {len(theirs)} candidates the same", "all",
        ours == theirs and bool(ours), tuple(findings),
    )  # fmt: skip
    measured = query(
        work.merged,
        "SELECT trial.candidate, trial.round, count(DISTINCT stint.node), min(stint.node) FROM trial JOIN stint ON"
        " stint.run = trial.run AND stint.number = trial.stint WHERE NOT isWarmup GROUP BY 1, 2",
    )
    nodes = {row[3] for row in measured}
    yield Row(
        "The node of every trial, in what was merged", len(measured), f"{len(nodes)} nodes named",
        "each candidate's round on one of the four", nodes == set(NODES) and all(row[2] == 1 for row in measured),
        tuple(map(str, measured)) if nodes != set(NODES) else (),
    )  # fmt: skip
