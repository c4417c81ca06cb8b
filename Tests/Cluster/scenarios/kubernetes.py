"""The manifest for Kubernetes, beside Kubernetes' own published schemas."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from context import Context, Row
from installation import Installation
from slurm import Slurm
from suites import SHARDS, Work

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements" / "kubernetes-validate.txt"
VERSIONS = ("1.29", "1.31", "1.34", "1.37")
"""Of Kubernetes; the first is the oldest that begins each index again by itself."""
READ = "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"


def rows(context: Context) -> Iterator[Row]:
    work = Work(context, Slurm(context), url="http://127.0.0.1:9/v1", name="manifest")
    # Beside the scenarios' folders, which are emptied each time.
    installed = Installation(context.folder.parents[1] / "kubernetes-validate", REQUIREMENTS)
    installed.install(context.folder, ["-c", "import kubernetes_validate, yaml"])
    work.make_plan()
    variants = [[], ["--gres", "gpu:1", "--cpus", "4", "--mem", "16G", "--time", "60", "--array-limit", "3"]]
    texts = [
        work.poise("submit", "kubernetes", "--plan", work.plan, "--image", "registry.example/poise:1", "--dry-run", *more).stdout
        for more in variants[: context.amount(2, 1)]
    ]
    yield valid(work, installed, texts)
    yield indexed(work, installed, texts)


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


def indexed(work: Work, installed: Installation, texts: list[str]) -> Row:
    """What a schema does not ask: every shard gets its index, and a pod that ends with 75 is tried again."""
    findings = []
    for number, text in enumerate(texts):
        done = subprocess.run([installed.python, "-c", READ], input=text, capture_output=True, text=True, check=True, timeout=60)
        jobs = [each for each in json.loads(done.stdout) if each and each["kind"] == "Job" and "completionMode" in each["spec"]]
        if len(jobs) != 1:
            findings.append(f"manifest {number}: {len(jobs)} jobs with a completion mode")
            continue
        spec = jobs[0]["spec"]
        pod = spec["template"]["spec"]
        asked = {
            "completionMode": (spec["completionMode"], "Indexed"), "completions": (spec.get("completions"), SHARDS),
            "the image": (pod["containers"][0]["image"], "registry.example/poise:1"),
        }  # fmt: skip
        findings += [f"manifest {number}: {what} is {is_} and not {should}" for what, (is_, should) in asked.items() if is_ != should]
        started = json.dumps(pod["containers"][0])
        findings += [f"manifest {number}: no {word}" for word in ("JOB_COMPLETION_INDEX", f"/{SHARDS}", "--shard") if word not in started]
        if pod.get("restartPolicy") != "OnFailure" and not spec.get("backoffLimit") and not spec.get("backoffLimitPerIndex"):
            findings.append(f"manifest {number}: a pod that failed is not tried again")
    return Row(
        "Its job: a completion for each shard, with its index", len(texts), f"{len(findings)} findings",
        "Indexed, as many as shards, tried again", not findings, tuple(findings),
    )  # fmt: skip
