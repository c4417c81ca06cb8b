"""The manifest for Kubernetes, beside Kubernetes' own published schemas."""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from context import Context, Row
from installation import Installation
from slurm import Slurm
from suites import SHARDS, Work, endpoint

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements" / "kubernetes-validate.txt"
VERSIONS = ("1.29", "1.31", "1.34", "1.37")
"""Of Kubernetes; the first is the oldest that begins each index again by itself."""
IMAGE = "registry.example/poise:1"
READ = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"


def rows(context: Context) -> Iterator[Row]:
    with endpoint(context, is_slow=False) as url:
        yield from tried(context, Work(context, Slurm(context), url, name="manifest"))


def tried(context: Context, work: Work) -> Iterator[Row]:
    # Beside the scenarios' folders, which are emptied each time.
    installed = Installation(context.folder.parents[1] / "kubernetes-validate", REQUIREMENTS)
    installed.install(context.folder, ["-c", "import kubernetes_validate, yaml"])
    work.make_plan()
    variants = [[], ["--gres", "gpu:1", "--cpus", "4", "--mem", "16G", "--time", "60", "--array-limit", "3"]]
    # Where pods see the volume is where it is here.
    common = ["--plan", work.plan, "--image", IMAGE, "--mount", work.folder, "-o", work.merged, "--no-calibrate"]
    texts = [
        work.poise("submit", "kubernetes", *common, *more, "--dry-run").stdout
        for more in variants[: context.amount(2, 1)]
    ]
    yield valid(work, installed, texts)
    manifests = [parsed(installed, text) for text in texts]
    yield indexed(manifests)
    yield carried_out(work, manifests[0])


def valid(work: Work, installed: Installation, texts: list[str]) -> Row:
    refused, findings = 0, []
    for number, text in enumerate(texts):
        path = work.folder / f"manifest-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        for version in VERSIONS:
            done = subprocess.run(
                [installed.python, "-m", "kubernetes_validate", "--strict", "-k", version, str(path)],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
            )  # fmt: skip
            if done.returncode != 0 or " passed " not in done.stdout + done.stderr:
                refused += 1
                findings.append(f"{path.name}, Kubernetes {version}: {(done.stdout + done.stderr).strip()[:300]}")
    tried = len(texts) * len(VERSIONS)
    return Row(
        f"The manifest by the schemas of Kubernetes {VERSIONS[0]} to {VERSIONS[-1]}, strictly", tried,
        f"{tried - refused} of {tried} valid", "all", not findings, tuple(findings),
    )  # fmt: skip


def parsed(installed: Installation, text: str) -> list[dict]:
    done = subprocess.run(
        [installed.python, "-c", READ], input=text, capture_output=True, text=True, check=True, timeout=60
    )
    return [each["spec"] for each in json.loads(done.stdout)]


def indexed(manifests: list[list[dict]]) -> Row:
    """What a schema does not ask: every shard has its index, and is tried again by itself."""
    findings = []
    for number, (spec, merge) in enumerate(manifests):
        pod = spec["template"]["spec"]
        asked = {
            "the completion mode": (spec["completionMode"], "Indexed"),
            "the number of completions": (spec["completions"], SHARDS),
            "the image": (pod["containers"][0]["image"], IMAGE),
            "the shard": ("$(JOB_COMPLETION_INDEX)/" + str(SHARDS) in pod["containers"][0]["args"], True),
            "trying again": (spec.get("backoffLimitPerIndex", 0) > 0, True),
            "the merge's suspension": (merge.get("suspend"), True),
        }  # fmt: skip
        findings += [f"manifest {number}: {what} is {found} and not {right}"
                     for what, (found, right) in asked.items() if found != right]  # fmt: skip
    return Row(
        "Its jobs: a completion for each shard, with its index", len(manifests), f"{len(findings)} findings",
        "Indexed, as many as shards, tried again", not findings, tuple(findings),
    )  # fmt: skip


def carried_out(work: Work, jobs: list[dict]) -> Row:
    """Its commands as a node would run them: without a cluster, and with a folder for the disk of each pod."""
    run, merge = (job["template"]["spec"]["containers"][0] for job in jobs)

    def pod(container: dict, index: int) -> int:
        scratch = work.folder / "scratch" / str(index)
        scratch.mkdir(parents=True)
        values = {"$(JOB_COMPLETION_INDEX)": str(index), "$(NODE_NAME)": f"node-{index % 4}", "/scratch": str(scratch)}
        arguments = container["args"]
        for name, value in values.items():
            arguments = [argument.replace(name, value) for argument in arguments]
        return work.attempt(*arguments).returncode

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda index: pod(run, index), range(SHARDS)))
    codes.append(pod(merge, SHARDS))
    if any(codes):
        work.tell(f"the commands ended with {codes}")
    work.check_merged()
    return Row(
        "Its commands, run here once for each index, then the merge's", len(codes),
        f"{codes.count(0)} of {len(codes)} ended well, {len(work.whole())} of {SHARDS} shards whole", "all merged, no double",
        not work.findings, tuple(work.findings),
    )  # fmt: skip
