"""A plan that is not the same on all nodes: nothing is merged, and what differs is said."""

import shutil
from collections import Counter
from collections.abc import Iterator

from context import Context, Row
from killable import last_line
from slurm import Slurm
from suites import CHANGED_PROMPT, Work, endpoint, rows as query

CHANGES = {
    # What is changed, and the words that have to tell of it.
    "prompt": ({"prompt": "{input}" + CHANGED_PROMPT}, ("words", "prompt")),
    "sampling": ({"sampling": "{temperature: 0.5}"}, ("temperature", "sampling")),
    "seed": ({"seed": "7"}, ("seed",)),
    "grader": ({"check": "normalized"}, ("grader", "normalized")),
}  # fmt: skip


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context) as slurm:
        work = Work(context, slurm, url, name="way")
        yield on_the_way(work)
        yield submitted_again(work)
    with endpoint(context, is_slow=False) as url:
        slurm = Slurm(context)
        names = list(CHANGES)[: context.amount(len(CHANGES), 1)]
        yield mixed([Work(context, slurm, url, samples=6, name=name) for name in names])
        yield copied(*(Work(context, slurm, url, samples=6, name=name) for name in ("here", "there")))


def on_the_way(work: Work) -> Row:
    """Between the first nodes and the last, somebody plans anew under the same name."""
    work.make_plan()
    work.submit("--array-limit", "4")
    work.slurm.expect(lambda: len(work.whole()) >= 2, "two whole shards")
    work.make_plan(prompt="{input}" + CHANGED_PROMPT)
    merge = work.wait()
    said = work.said(merge)
    if merge.state != "FAILED":
        work.tell(f"the merge ended {merge.state}")
    if work.merged.exists():
        work.tell("it was merged nevertheless")
    if "prompt" not in said and "words" not in said:
        work.tell(f"it was not said what differs: {said[-300:]}")
    plans = Counter(query(path, "SELECT plan FROM planned")[0][0] for path in work.shards.glob("shard-*.sqlite"))
    if len(plans) != 2:
        work.tell(f"shards of {len(plans)} plans: nothing was tried")
    return Row(
        "A plan that is replaced while its shards run", 1,
        f"{' and '.join(map(str, plans.values()))} shards, the merge {merge.state.lower()}", "refused, with what differs",
        not work.findings, tuple(work.findings),
    )  # fmt: skip


def submitted_again(work: Work) -> Row:
    """Half of the shards are of another plan, under the names that this one's have: they do not stand for them."""
    findings = []
    known = {job.id for job in work.slurm.jobs(with_old=True)}
    done = work.attempt("submit", "slurm", "--plan", work.plan, "-o", work.merged, "--poise", work.context.poise)
    begun = [job for job in work.slurm.jobs(with_old=True) if job.id not in known and job.array is not None]
    if done.returncode == 0 and not begun:
        findings.append(f"shards of another plan were taken for its own: {last_line(done.stdout)}")
    work.slurm.expect(lambda: not work.slurm.jobs(), "the jobs' end")
    if work.merged.exists():
        findings.append("shards of two plans were merged")
    return Row(
        "That plan submitted again into the same folder", 1,
        f"exit code {done.returncode}, {len(begun)} shards begun", "refused, or what is of another plan is not counted",
        not findings, tuple(findings),
    )  # fmt: skip


def copied(here: Work, there: Work) -> Row:
    """Nothing is different but where the suite lay, as in the checkouts of two people."""
    for work, shards in ((here, (0, 1)), (there, (2, 3))):
        work.make_plan(shards=4)
        for shard in shards:
            work.poise("run", "--plan", work.plan, "--shard", f"{shard}/4", "--no-calibrate")
    done = here.attempt("merge", here.shards, there.shards, "-o", here.merged)
    if done.returncode != 0:
        here.tell(f"it was refused: {done.stderr.strip()[-300:]}")
    here.check_merged()
    return Row(
        "Shards of one plan that was made in two places", 4, f"exit code {done.returncode}", "merged",
        not here.findings, tuple(here.findings),
    )  # fmt: skip


def mixed(works: list[Work]) -> Row:
    """Shards of two plans with equally many in one folder."""
    refused, findings = 0, []
    for work in works:
        changes, words = CHANGES[work.name]
        other = work.folder / "other.json"
        work.make_plan(shards=4)
        shutil.copy(work.plan, other)
        work.make_plan(shards=4, **changes)
        for shard in range(4):
            plan = other if shard < 2 else work.plan
            # In a folder of its own, as on a node whose copy of the plan is another.
            own = work.folder / f"of-{shard // 2}"
            work.poise("run", "--plan", plan, "--shard", f"{shard}/4", "--shards-dir", own, "--no-calibrate")
        work.shards.mkdir(exist_ok=True)
        for path in work.folder.glob("of-*/*.sqlite"):
            shutil.move(path, work.shards)
        # Nor is it merged for those who take what is there.
        for more in ([], ["--partial"]):
            done = work.attempt("merge", work.shards, "-o", work.merged, *more)
            if done.returncode != 1 or work.merged.exists():
                work.tell(f"it was merged nevertheless: exit code {done.returncode}")
            if not any(word in done.stderr for word in words):
                work.tell(f"it was not said what differs: {done.stderr[-300:]}")
        refused += not work.merged.exists()
        findings += work.findings
    return Row(
        "Shards of two plans in one folder: another prompt, sampling, seed, grader", len(works),
        f"{refused} of {len(works)} refused", "refused, with what differs", not findings, tuple(findings),
    )  # fmt: skip
