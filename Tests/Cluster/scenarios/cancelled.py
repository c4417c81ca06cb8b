"""Work that is stopped in the middle: by the user, and by the scheduler that takes a node back."""

from collections.abc import Callable, Iterator

from context import Context, Row
from slurm import Job, Slurm
from suites import SHARDS, Work, endpoint, rows as query


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context) as slurm:
        yield cancelled(Work(context, slurm, url, samples=24, name="scancel"))
        back = Work(context, slurm, url, samples=24, name="requeue")
        yield stopped(context, back, "scontrol requeue, as where a node is taken back", take_back)
        late = Work(context, slurm, url, samples=24, name="notice")
        yield stopped(context, late, "SIGTERM for the script's shell, as before its time is up", give_notice)


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


def stopped(context: Context, work: Work, title: str, stop: Callable[[Work, Job], None]) -> Row:
    """Poise is told to end in the middle, and the job is queued again."""
    victims = [0, 2, 5][: context.amount(3, 1)]
    work.make_plan()
    work.submit()
    for shard in victims:
        work.until_asked(5, shard)
        stop(work, work.job_of(shard))
    merge = work.wait()
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    work.check_merged()
    if left := work.partial():
        work.tell(f"beside the whole shards lie {[path.name for path in left]}")
    resumed = work.resumed() if work.merged.exists() else []
    if resumed != victims:
        work.tell(f"{victims} were stopped, and {resumed} gone on with")
    return Row(
        title, len(victims), f"{len(resumed)} of {len(victims)} gone on with where they were",
        "tried again by itself, no finished trial is asked again, no double", not work.findings, tuple(work.findings),
    )  # fmt: skip


def take_back(work: Work, job: Job) -> None:
    work.slurm.call("scontrol", "requeue", f"{job.array}_{job.index}")


def give_notice(work: Work, job: Job) -> None:
    """To the script's shell alone, as Slurm does before the time is up."""
    work.slurm.call("scancel", "--batch", "--signal=TERM", f"{job.array}_{job.index}")


def number_of_trials(path) -> int:
    return query(path, "SELECT count(*) FROM trial WHERE NOT isWarmup")[0][0]
