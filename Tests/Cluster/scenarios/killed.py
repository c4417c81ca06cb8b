"""Shards that are killed: what the scheduler sees is tried again, what nobody sees is found missing by the merge."""

from collections.abc import Iterator

from context import Context, Row
from slurm import Slurm, kill
from suites import SHARDS, Work, endpoint


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context) as slurm:
        yield killed_child(context, Work(context, slurm, url, samples=20, name="child"), title="")
        yield killed_script(context, Work(context, slurm, url, samples=20, name="script"))
    with endpoint(context) as url, Slurm(context, "plain", RequeueExit="") as slurm:
        work = Work(context, slurm, url, samples=20, name="plain")
        yield killed_child(context, work, title=", where Slurm was not told to try again by RequeueExit")


def killed_child(context: Context, work: Work, title: str) -> Row:
    """SIGKILL for Poise itself: the script ends with 137."""
    victims = list(range(0, SHARDS, 2))[: context.amount(3, 1)]
    work.make_plan()
    work.submit()
    for number, shard in enumerate(victims):
        work.until_asked(1 + 2 * number, shard)
        for process in work.running(shard):
            kill(process.id)
    merge = work.wait()
    again = [job.index for job in work.tasks() if job.restarts]
    if again != victims:
        work.tell(f"{victims} were killed and {again} tried again")
    failed = [f"{job.index} with {job.exit_code}" for job in work.tasks() if job.state != "COMPLETED"]
    if failed:
        work.tell(f"shards that ended {', '.join(failed)}")
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    work.check_merged()
    return Row(
        f"kill -9 of poise in a shard{title}", len(victims),
        f"{len(again)} of {len(victims)} requeued, {len(work.whole())} of {SHARDS} shards whole",
        "tried again by itself, all merged, no double", not work.findings, tuple(work.findings),
    )  # fmt: skip


def killed_script(context: Context, work: Work) -> Row:
    """SIGKILL for the batch script and all in it: nothing is left that could say so but the merge."""
    victims = [1, 4, 6][: context.amount(3, 1)]
    work.make_plan()
    work.submit()
    for shard in victims:
        work.until_asked(2, shard)
        work.kill_job(work.job_of(shard))
    merge = work.wait()
    before = work.whole()
    if sorted(before) != [shard for shard in range(SHARDS) if shard not in victims]:
        work.tell(f"{victims} were killed, and {sorted(before)} are whole")
    said = work.said(merge)
    if merge.state != "FAILED" or work.merged.exists():
        work.tell(f"the merge of what was not whole ended {merge.state}")
    if unnamed := [shard for shard in victims if f"shard {shard}" not in said and f"shard-{shard:05}" not in said]:
        work.tell(f"the merge did not name {unnamed}: {said[-300:]}")
    work.submit()
    if (asked := sorted(work.asked())) != victims:
        work.tell(f"the second submission asks for {asked}")
    merge = work.wait()
    if merge.state != "COMPLETED":
        work.tell(f"the second merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    changed = [shard for shard, digest in before.items() if work.whole().get(shard) != digest]
    if changed:
        work.tell(f"whole shards that were written again: {changed}")
    work.check_merged()
    return Row(
        "kill -9 of a batch script and all in it, then a second submission", len(victims),
        f"{SHARDS - len(before)} found missing, {len(asked)} submitted again, {len(work.whole())} of {SHARDS} shards whole",
        "the merge fails and names them; only they are run again; no double", not work.findings, tuple(work.findings),
    )  # fmt: skip
