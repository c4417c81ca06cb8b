"""A database of so many trials that nobody measured, written with SQL: what the analysis is timed on.

`poise run` makes it, with one small run against the simulated endpoint, so that the schema and the plan are the program's
own. The large run beside it holds numbers that are made up, but spread as measured ones are: candidates that differ
by a little, samples that are hard for all, rounds in which the machine was slower.
"""

import json
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

from endpoint import Endpoint
from work import Work, write_lines

RUN = "20261121-000000-000-made-up"
TASKS = 8
ROUNDS = 3
CANDIDATES = 12
TEMPLATE = Work("template", streams=1, requests=1, tokens=8, logged=False)


@dataclass(frozen=True)
class Size:
    """Samples of a run; each is asked of every candidate in every round."""

    samples: int

    @property
    def trials(self) -> int:
        return self.samples * ROUNDS * CANDIDATES


def write_database(poise: Path, folder: Path, size: Size) -> Path:
    """The database; one that is there already is kept."""
    path = folder / f"trials-{size.trials}.sqlite"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "made.sqlite"
    for name in folder.glob("made.sqlite*"):
        name.unlink()
    run_once(poise, folder, made)
    with sqlite3.connect(made, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        write_run(db, size)
        write_trials(db, size)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    db.close()
    made.rename(path)
    return path


def run_once(poise: Path, folder: Path, database: Path) -> None:
    """One sample of one task, asked of the simulated endpoint."""
    write_lines(folder / "one.jsonl", [{"id": "one", "input": "Say one.", "target": "one"}])
    (folder / "one.yaml").write_text('name: one\nsamples: one.jsonl\nprompt: "{input}"\ngraders:\n  - check: exact\n')
    with Endpoint(poise, TEMPLATE, folder) as endpoint:
        suite = folder / "suite.yaml"
        suite.write_text(
            "name: made-up\ncandidates:\n  - model: template\n    endpoint:\n"
            f"      base_url: {endpoint.base_url}\n      model: template\n"
            f"tasks: [one.yaml]\nrounds: {ROUNDS}\nwarmup: 0\n"
        )
        command = [str(poise), "run", str(suite), "--db", str(database), "--html", str(folder / "one.html"), "--no-calibrate"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"the template cannot be run: {done.stderr[-500:]}")


def write_run(db: sqlite3.Connection, size: Size) -> None:
    """The run and its candidates, after the template's."""
    (text,) = db.execute("SELECT plan FROM run").fetchone()
    plan = json.loads(text)
    candidate, task = plan["candidates"][0], plan["tasks"][0]
    plan["candidates"] = [
        {**candidate, "id": name, "model": f"model-{index // 4}", "quantization": name.split("@")[1]}
        for index, name in enumerate(names())
    ]
    sample = task["samples"][0]
    plan["tasks"] = [
        {
            **task,
            "name": f"task-{number}",
            "samples": [
                {**sample, "id": f"sample-{index:06}", "input": f"Question {index} of the task, made up for its length?"}
                for index in range(number, size.samples, TASKS)
            ],
        }
        for number in range(TASKS)
    ]
    db.execute(
        "INSERT INTO run (id, suite, startedAt, endedAt, status, seed, machine, poiseVersion, command, plan)"
        " SELECT ?, 'made-up', '2026-11-21T00:00:00Z', '2026-11-21T09:00:00Z', 'done', seed, machine,"
        " poiseVersion, command, ? FROM run LIMIT 1",
        (RUN, json.dumps(plan)),
    )
    db.executemany(
        "INSERT INTO candidate (run, id, position, model, quantization) VALUES (?, ?, ?, ?, ?)",
        [(RUN, name, index, f"model-{index // 4}", name.split("@")[1]) for index, name in enumerate(names())],
    )


def names() -> list[str]:
    rungs = ["f16", "q8_0", "q5_0", "q4_0"]
    return [f"model-{index // 4}@{rungs[index % 4]}" for index in range(CANDIDATES)]


def write_trials(db: sqlite3.Connection, size: Size) -> None:
    """By round, candidate and sample, as a run stores them; two scores each, the second of a grader that decides nothing."""
    db.create_function("candidate_name", 1, lambda index: names()[index], deterministic=True)
    # A hash of the trial's number (Knuth 1997, volume 3, section 6.4) instead of draws: the same rows every time.
    db.execute(
        f"""
        WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < {size.trials} - 1),
        place AS (
            SELECT i, i / {size.samples * CANDIDATES} + 1 AS round, i / {size.samples} % {CANDIDATES} AS candidate,
                i % {size.samples} AS sample, i * 2654435761 % 4294967296 / 4294967296.0 AS luck,
                (i + 7) * 2246822519 % 4294967296 / 4294967296.0 AS pace
            FROM number)
        INSERT INTO trial (
            run, candidate, task, sample, epoch, load, round, isWarmup, status, attempts, queueDelay, scheduled,
            timeToDone, ttft, ttfo, latency, decodeTPS, decodedTokens, decodeSpan, endToEndTPS, tpot,
            charactersPerSecond, outputTokens, outputTokensSource, carriedTokens, promptTokens, serverDecodeTPS, chunks,
            coalescedChunks, finishReason, isStreamed, request, response, timeline)
        SELECT '{RUN}', candidate_name(candidate), 'task-' || (sample % {TASKS}), printf('sample-%06d', sample), 1, 1,
            round, 0, 'completed', 1, 0.05, i * 30.0, 300 + 200 * pace, 10 + 2 * candidate + 5 * pace,
            11 + 2 * candidate + 5 * luck, 290 + 200 * pace, 100 + 15 * candidate - 40 * pace + 3 * round, 30,
            30000 / (100 + 15 * candidate - 40 * pace + 3 * round), 90, 9, 400 + 50 * candidate + 90 * luck, 31, 'usage', 31,
            25, 100 + 15 * candidate - 40 * pace, 31, 0, 'stop', 1,
            printf('{{"messages":[{{"content":"Question %d of the task, made up for its length?","role":"user"}}],'
                || '"max_tokens":64,"model":"%s","seed":1,"stream":true,"temperature":0}}', sample,
                candidate_name(candidate)),
            printf('The answer to question %d is made up as well.', sample), zeroblob(90)
        FROM place ORDER BY i
        """
    )
    db.execute(
        f"""
        INSERT INTO score (trial, position, grader, value, answer, version)
        SELECT trial.id, 0, 'exact',
            CAST(substr(sample, 8) AS INTEGER) * 40503 % 100 + trial.id * 7919 % 20 - 10 < 85 - 4 * position,
            'made up', 'aaaaaaaaaaaa'
        FROM trial JOIN candidate ON candidate.run = trial.run AND candidate.id = trial.candidate
        WHERE trial.run = '{RUN}' ORDER BY trial.id
        """
    )
    db.execute(
        f"""
        INSERT INTO score (trial, position, grader, value, answer, version)
        SELECT id, 1, 'rouge', (id * 7919 % 1000) / 1000.0, 'made up', 'bbbbbbbbbbbb' FROM trial
        WHERE run = '{RUN}' AND task = 'task-1' ORDER BY id
        """
    )
