"""GNU parallel in place of a scheduler, with four machines that it reaches by ssh, and tries again what failed."""

import subprocess
from collections.abc import Iterator

from context import Context, Row
from killable import last_line
from slurm import NODES, Slurm, found, kill
from suites import SHARDS, Work, endpoint


def rows(context: Context) -> Iterator[Row]:
    # Of the cluster only the mark is used, by which its processes are found.
    with endpoint(context) as url:
        yield spread(context, Work(context, Slurm(context), url, samples=16, name="parallel"))


def spread(context: Context, work: Work) -> Row:
    victims = [1, 5][: context.amount(2, 1)]
    work.make_plan()
    shell = work.folder / "ssh"
    # In place of ssh: the same machine by another name, with a disk of its own.
    shell.write_text(
        '#!/bin/bash\nwhile [[ $1 == -* ]]; do shift; done\nhost=$1; shift; [ "$1" != -- ] || shift\n'
        f'export TMPDIR="{work.folder}/scratch/$host"\nmkdir -p "$TMPDIR"\nexec bash -c "$*"\n',
        encoding="utf-8",
    )  # fmt: skip
    shell.chmod(0o755)
    own = {"PARALLEL_SSH": str(shell), "PARALLEL_HOME": str(work.folder / "settings")}
    environment = work.slurm.environment() | own
    command = [
        found("parallel"), "--sshlogin", ",".join(NODES), "--jobs", "2", "--workdir", ".", "--retries", "3",
        f"{context.poise} run --plan {work.plan.name} --shard {{}}/{SHARDS}", ":::", *map(str, range(SHARDS)),
    ]  # fmt: skip
    with (work.folder / "said.txt").open("w") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, cwd=work.folder
        )
        try:
            for shard in victims:
                work.until_asked(3, shard)
                for each in work.running(shard):
                    kill(each.id)
            code = process.wait(120)
        finally:
            process.kill()
            process.wait()
    if code != 0:
        said = last_line((work.folder / "said.txt").read_text(encoding="utf-8", errors="replace"))
        work.tell(f"parallel ended with {code}: {said}")
    work.poise("merge", work.shards, "-o", work.merged)
    work.check_merged()
    return Row(
        "GNU parallel over four machines, poise killed in some shards", len(victims),
        f"{len(work.whole())} of {SHARDS} shards whole", "tried again by --retries, all merged, no double",
        not work.findings, tuple(work.findings),
    )  # fmt: skip
