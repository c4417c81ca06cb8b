"""The controller dies in the middle and comes back: shards that were finished stay, and the others are not run twice."""

from collections.abc import Iterator

from context import Context, Row
from slurm import Slurm
from suites import SHARDS, Work, endpoint


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context) as url, Slurm(context) as slurm:
        tries = context.amount(2, 1)
        works = [Work(context, slurm, url, samples=30, name=f"death{number}") for number in range(tries)]
        lost = sum(killed(work) for work in works)
        findings = tuple(finding for work in works for finding in work.findings)
        yield Row(
            "kill -9 of the controller, which comes back when shards have ended without it", tries,
            f"{lost} finished shards lost or written again, {sum(len(work.whole()) for work in works)} of {tries * SHARDS} whole",
            "none lost, all merged, no double", not findings, findings,
        )  # fmt: skip


def killed(work: Work) -> int:
    """Finished shards that were lost or written again."""
    slurm = work.slurm
    work.make_plan()
    work.submit("--array-limit", "4")
    work.until_asked(1, 3)
    slurm.save()
    slurm.kill("slurmctld")
    # These end while nobody hears of it.
    slurm.expect(lambda: len(work.whole()) >= 4, "four whole shards")
    before = work.whole()
    slurm.start("slurmctld")
    merge = work.wait()
    if merge.state != "COMPLETED":
        work.tell(f"the merge ended with {merge.exit_code}: {work.said(merge)[-200:]}")
    work.check_merged()
    after = work.whole()
    lost = [shard for shard, digest in before.items() if after.get(shard) != digest]
    if lost:
        work.tell(f"finished shards that were lost or written again: {lost}")
    return len(lost)
