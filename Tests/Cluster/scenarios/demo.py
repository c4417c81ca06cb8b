"""Real models over four nodes: the merged trials are those of one machine."""

from collections.abc import Iterator
from pathlib import Path

from context import Context, Row
from slurm import NODES, Slurm
from suites import KEY, Work, rows as query, trials

ROOT = Path(__file__).resolve().parents[3]
TASKS = ("add", "letters", "count", "maximum", "multiply", "sort")
"""Of the demonstration, those that no judge grades."""
ROUNDS = 2


def rows(context: Context) -> Iterator[Row]:
    if not (ROOT / "Models/quantized/.made").exists():
        raise RuntimeError("the models are not made: make setup makes them")
    with Slurm(context) as slurm:
        yield from compared(context, Work(context, slurm, url="", name="demo"))


def compared(context: Context, work: Work) -> Iterator[Row]:
    suite = write_suite(context, work.folder)
    limit = context.amount(16, 4)
    alone = work.folder / "alone.sqlite"
    work.poise("run", suite, "--db", alone, "--limit", limit, "--no-calibrate", "--html", work.folder / "alone.html")
    context.say("one machine is done")
    work.poise("plan", suite, "-o", work.plan, "--limit", limit)
    shards = work.count
    # Engines of one core each: four nodes at once are enough for this machine.
    said = work.submit("--gres", "gpu:1", "--cpus", "1", "--mem", "1G", "--time", "30", "--partition", "main")
    ids = {job.array for job in work.tasks()} | {work.merge_job().id}
    if untold := [number for number in ids if str(number) not in said]:
        work.tell(f"jobs whose ids were not said: {untold}")
    merge = work.wait(600)
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-300:]}")
        work.merged.touch()
    used = {job.node for job in work.tasks()}
    if used != set(NODES):
        work.tell(f"only {sorted(used)} had work")
    pages = [path for path in work.folder.rglob("*.html") if path.name != "alone.html"]
    if not any("tiny-m" in page.read_text(encoding="utf-8") for page in pages):
        work.tell("no page was written")
    yield Row(
        "Real models on llama.cpp over four nodes: plan, array, merge, page", shards,
        f"{len(work.whole())} shards on {len(used)} nodes, {sum(page.stat().st_size for page in pages) // 1024} kB of page",
        "all merged, the page is there", not work.findings, tuple(work.findings),
    )  # fmt: skip
    one, many = dict(trials(alone)), trials(work.merged)
    findings = [] if len(many) == len(dict(many)) else ["there are doubles"]
    findings += [f"{key}: {one.get(key)} alone, {dict(many).get(key)} on the cluster"
                 for key in sorted(one.keys() | dict(many).keys()) if one.get(key) != dict(many).get(key)]  # fmt: skip
    yield Row(
        "Their trials beside those of one machine, by " + KEY, len(one),
        f"{len(one) - len(findings):,} of {len(one):,} with the same answer and score", "all",
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


def write_suite(context: Context, folder: Path) -> Path:
    """The demonstration's candidates, with those of its tasks that need no judge."""
    sizes = "[xs, s, m]" if not context.is_quick else "[xs, s]"
    lines = [
        "name: cluster-demo", "candidates:", "  - model: tiny-{size}",
        f"    matrix: {{size: {sizes}, quantization: [f16, q4_0]}}",
        f"    serve: {{engine: llama.cpp, file: \"{ROOT}/Models/quantized/tiny-{{size}}-{{quantization}}.gguf\", threads: 1}}",
        f"tasks: [{', '.join(str(ROOT / 'Datasets' / 'tiny' / f'{task}.yaml') for task in TASKS)}]",
        "sampling: {temperature: 0, max_tokens: 96, seed: 1}", f"rounds: {ROUNDS}", "load: [1]", "warmup: 3",
    ]  # fmt: skip
    path = folder / "suite.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
