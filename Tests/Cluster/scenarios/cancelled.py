"""Work that is stopped in the middle: by the user, and by the scheduler that takes a node back."""

from collections.abc import Iterator

from context import Context, Row
from slurm import Slurm
from suites import SHARDS, Work, endpoint, rows as query


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context) as slurm:
        yield cancelled(Work(context, slurm, url, samples=24, name="scancel"))
        yield preempted(context, Work(context, slurm, url, samples=24, name="requeue"))


def cancelled(work: Work) -> Row:
    """Some shards are whole, some are running, some have not begun."""
    slurm = work.slurm
    work.make_plan()
    work.submit("--array-limit", "4")
    slurm.expect(lambda: len(work.whole()) >= 4, "four whole shards")
    later = [shard for shard in range(SHARDS) if shard not in work.whole()]
    for shard in later[:2]:
        work.until_asked(4, shard)
    slurm.call("scancel", *{str(job.array or job.id) for job in work.jobs()})
    slurm.expect(lambda: all(job.is_over for job in work.jobs()), "the jobs' end")
    before = work.whole()
    kept = {path.name: number_of_trials(path) for path in work.partial()}
    if not kept or not all(kept.values()):
        work.tell(f"of shards that were being run there is kept: {kept}")
    if work.merged.exists():
        work.tell("what was cancelled was merged")
    work.submit()
    asked = sorted(work.asked())
    if asked != [shard for shard in range(SHARDS) if shard not in before]:
        work.tell(f"{sorted(before)} were whole, and {asked} were submitted again")
    merge = work.wait()
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    work.check_merged()
    if changed := [shard for shard, digest in before.items() if work.whole().get(shard) != digest]:
        work.tell(f"whole shards that were written again: {changed}")
    if left := work.partial():
        work.tell(f"beside the whole shards lie {[path.name for path in left]}")
    resumed = work.resumed() if work.merged.exists() else []
    if len(resumed) < len(kept):
        work.tell(f"{len(kept)} shards were kept in part, and {len(resumed)} gone on with")
    return Row(
        "scancel in the middle, then a second submission", 1,
        f"{len(before)} whole shards and {sum(kept.values())} trials of {len(kept)} others kept, {len(asked)} submitted again",
        "what was finished is kept, only the rest is run, no double", not work.findings, tuple(work.findings),
    )  # fmt: skip


def preempted(context: Context, work: Work) -> Row:
    """SIGTERM in the middle, and the job is queued again."""
    victims = [0, 2, 5][: context.amount(3, 1)]
    work.make_plan()
    work.submit()
    for shard in victims:
        work.until_asked(5, shard)
        work.slurm.call("scontrol", "requeue", f"{work.job_of(shard).array}_{shard}")
    merge = work.wait()
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    work.check_merged()
    if left := work.partial():
        work.tell(f"beside the whole shards lie {[path.name for path in left]}")
    resumed = work.resumed() if work.merged.exists() else []
    if resumed != victims:
        work.tell(f"{victims} were taken back, and {resumed} gone on with")
    return Row(
        "scontrol requeue, as where a node is taken back", len(victims),
        f"{len(resumed)} of {len(victims)} gone on with where they were", "no finished trial is asked again, no double",
        not work.findings, tuple(work.findings),
    )  # fmt: skip


def number_of_trials(path) -> int:
    return query(path, "SELECT count(*) FROM trial WHERE NOT isWarmup")[0][0]
