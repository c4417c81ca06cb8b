"""A node that the controller hears no more of goes on with its shard, which another node is given too."""

from collections.abc import Iterator

from context import Context, Row
from slurm import Slurm
from suites import PATIENCE, SHARDS, Work, endpoint, trials


SILENCE = 5
"""Seconds after which a node that says nothing may count as down; it takes Slurm some more to find out."""


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context, SlurmdTimeout=SILENCE, MessageTimeout=5) as slurm:
        work = Work(context, slurm, url, samples=context.amount(60, 55))
        yield cut_off(context, work)
    with endpoint(context, is_slow=False) as url:
        yield doubles(Work(context, Slurm(context), url, samples=20, name="doubles"))


def cut_off(context: Context, work: Work) -> Row:
    slurm = work.slurm
    # Half of the nodes' room, so that what is tried again finds some at once.
    work.make_plan(shards=SHARDS // 2)
    work.submit()
    work.until_asked(3, 0)
    node = work.job_of(0).node
    shards = sorted(job.index for job in work.tasks() if job.node == node)
    first = {shard: {process.id for process in work.running(shard)} for shard in shards}
    # The daemon alone: what it started goes on, and nobody hears of it.
    slurm.kill(node)
    slurm.expect(lambda: slurm.node_states()[node].startswith("DOWN"), f"{node} to count as down")
    context.say(f"{node} is down with shards {shards}")
    twice = set()

    def seen() -> bool:
        for shard in shards:
            ids = {process.id for process in work.running(shard)}
            if ids & first[shard] and ids - first[shard]:
                twice.add(shard)
        return len(twice) == len(shards)

    try:
        slurm.expect(seen, "both attempts of a shard at once", 40)
    except RuntimeError as reason:
        work.tell(str(reason))
    slurm.expect(lambda: all(shard in work.whole() for shard in shards), "whole shards of that node", PATIENCE)
    before = work.whole()
    merge = work.wait()
    slurm.expect(lambda: not any(work.running(shard) for shard in shards), "the cut-off attempts' end")
    moved = [job.index for job in work.tasks() if job.restarts]
    if sorted(moved) != shards:
        work.tell(f"the shards of {node} were {shards}, and {moved} were tried again")
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    if changed := [shard for shard, digest in before.items() if work.whole().get(shard) != digest]:
        work.tell(f"what the first attempt finished was written again: {changed}")
    work.check_merged()
    if left := work.partial():
        work.tell(f"beside the whole shards lie {[path.name for path in left]}")
    slurm.start(node)
    slurm.expect(lambda: slurm.node_states()[node] == "IDLE", f"{node} to come back")
    return Row(
        f"A node cut off for more than {SILENCE} s, whose shards run on", len(shards),
        f"{len(twice)} of {len(shards)} run on two nodes at once, {len(work.whole())} shards, merged {merge.state.lower()}",
        "each shard once in place, no double in what is merged", not work.findings, tuple(work.findings),
    )  # fmt: skip


def doubles(work: Work) -> Row:
    """What a second attempt measured is merged with the first: there are two whole copies of two shards."""
    work.make_plan()
    second = work.folder / "second"
    for folder, shards in ((work.shards, range(SHARDS)), (second, range(2))):
        for shard in shards:
            share = ["--plan", work.plan, "--shard", f"{shard}/{SHARDS}", "--shards-dir", folder]
            work.poise("run", *share, "--no-calibrate")
    work.poise("merge", work.shards, second, "-o", work.merged)
    work.check_merged()
    copies = sum(len(trials(path)) for folder in (work.shards, second) for path in folder.glob("*.sqlite"))
    return Row(
        "Two whole copies of a shard, measured apart, in one merge", copies,
        f"{copies:,} trials measured, {len(trials(work.merged)):,} merged" if work.merged.exists() else "not merged",
        "each trial once", not work.findings, tuple(work.findings),
    )  # fmt: skip
