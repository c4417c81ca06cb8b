"""Forty shards of one plan that nobody measured, written with SQL: what `poise merge` is timed on.

As in `trials.py`, `poise run` makes the template, so that the schema and the plan are the program's own. The plan is that of
a night on a cluster: 40 models in 6 quantizations, 3 rounds, and 1,389 samples, 1,000,080 trials in all. What a trial
holds is as large as in the demo's real run: the request, what the server said, the stream, the scores.
"""

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path

from trials import run_once

SHARDS = 40
MODELS = 40
RUNGS = ["f16", "q8_0", "q6_k", "q5_k_m", "q4_k_m", "q4_0"]
ROUNDS = 3
TASKS = 8
SAMPLES = 1_389
CANDIDATES = [f"model-{model:02}@{rung}" for model in range(MODELS) for rung in RUNGS]
TRIALS = len(CANDIDATES) * ROUNDS * SAMPLES
# By round, so that a shard has cells of all rounds.
CELLS = [(candidate, number) for number in range(1, ROUNDS + 1) for candidate in CANDIDATES]


def write_shards(poise: Path, folder: Path) -> list[Path]:
    """The shards; those that are there already are kept."""
    shards = folder / "shards"
    if (folder / "shards.made").exists():
        return sorted(shards.glob("shard-*.sqlite"))
    shutil.rmtree(folder, ignore_errors=True)
    shards.mkdir(parents=True)
    made = folder / "made.sqlite"
    run_once(poise, folder, made)
    with sqlite3.connect(made, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        plan, machine = whole_plan(db), db.execute("SELECT machine FROM run").fetchone()[0]
        version = db.execute("SELECT poiseVersion FROM run").fetchone()[0]
        db.execute("DELETE FROM run")
        for table in ("trial", "score", "candidate", "engine", "point", "clientLag", "grader", "calibration"):
            db.execute(f"DELETE FROM {table}")
        db.execute("VACUUM")
    db.close()
    paths = []
    for shard in range(SHARDS):
        path = shards / f"shard-{shard:05}-of-{SHARDS:05}.sqlite"
        shutil.copyfile(made, path)
        write_shard(path, shard, plan, machine, version)
        paths.append(path)
    (folder / "shards.made").touch()
    return paths


def whole_plan(db: sqlite3.Connection) -> dict:
    plan = json.loads(db.execute("SELECT plan FROM run").fetchone()[0])
    candidate, task = plan["candidates"][0], plan["tasks"][0]
    sample = task["samples"][0]
    plan["rounds"] = ROUNDS
    plan["candidates"] = [
        {**candidate, "id": name, "model": name.split("@")[0], "quantization": name.split("@")[1]} for name in CANDIDATES
    ]
    plan["tasks"] = [
        {
            **task,
            "name": f"task-{number}",
            "samples": [
                {**sample, "id": f"sample-{index:06}", "input": f"Question {index} of the task, made up for its length?"}
                for index in range(number, SAMPLES, TASKS)
            ],
        }
        for number in range(TASKS)
    ]
    return plan


def write_shard(path: Path, shard: int, plan: dict, machine: str, version: str) -> None:
    """One share, as one node ran it: its cells are every fortieth of the plan's."""
    places = [
        {"cell": {"candidate": candidate, "round": number}, "shard": index % SHARDS}
        for index, (candidate, number) in enumerate(CELLS)
    ]
    cells = [place["cell"] for place in places if place["shard"] == shard]
    digest = hashlib.sha256(json.dumps(plan, sort_keys=True).encode()).hexdigest()
    began, ended = f"2026-11-21T00:{shard:02}:00.000Z", f"2026-11-21T06:{shard:02}:00.000Z"
    run = f"20261121-00{shard:02}00-000-made-up"
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        db.execute(
            "INSERT INTO run (id, suite, startedAt, endedAt, status, seed, machine, poiseVersion, command, plan)"
            " VALUES (?, 'made-up', ?, ?, 'done', 7, ?, ?, 'poise run', ?)",
            (run, began, ended, machine, version, json.dumps({**plan, "cells": cells}, sort_keys=True)),
        )
        db.execute("INSERT INTO planned VALUES (?, ?, ?, ?, ?, '{}')", (run, digest, shard, SHARDS, json.dumps(places)))
        db.execute(
            "INSERT INTO stint (run, number, shard, host, machine, startedAt, poiseVersion, command)"
            " VALUES (?, 1, ?, ?, ?, ?, ?, 'poise run')",
            (run, shard, f"host-{shard}", machine, began, version),
        )
        db.executemany(
            "INSERT INTO candidate (run, id, position, model, quantization) VALUES (?, ?, ?, ?, ?)",
            [(run, name, index, *name.split("@")) for index, name in enumerate(CANDIDATES)],
        )
        db.executemany(
            "INSERT INTO engine (run, candidate, round, engine, arguments, isSimulated) VALUES (?, ?, ?, 'made up', '[]', 0)",
            [(run, cell["candidate"], cell["round"]) for cell in cells],
        )
        write_trials(db, run, cells)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    db.close()


def write_trials(db: sqlite3.Connection, run: str, cells: list[dict]) -> None:
    """Cell by cell, as a run stores them; two scores each, the second of a rubric that decides nothing."""
    db.execute("CREATE TEMP TABLE cell (number INTEGER PRIMARY KEY, candidate TEXT, place INTEGER, round INTEGER)")
    db.executemany(
        "INSERT INTO cell VALUES (?, ?, ?, ?)",
        [
            (index, cell["candidate"], CANDIDATES.index(cell["candidate"]), cell["round"])
            for index, cell in enumerate(cells)
        ],
    )
    # A hash of the trial's place (Knuth 1997, volume 3, section 6.4) instead of draws: the same rows every time.
    db.execute(
        f"""
        WITH RECURSIVE number (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < {len(cells) * SAMPLES} - 1),
        trials AS (
            SELECT i, candidate, place % {len(RUNGS)} AS rung, round, i % {SAMPLES} AS sample,
                (i + place * 7919) * 2654435761 % 4294967296 / 4294967296.0 AS luck,
                (i + place) * 2246822519 % 4294967296 / 4294967296.0 AS pace
            FROM number JOIN cell ON cell.number = i / {SAMPLES})
        INSERT INTO trial (
            run, candidate, task, sample, epoch, load, round, isWarmup, status, attempts, queueDelay, scheduled,
            timeToDone, "connect", ttft, ttfo, latency, decodeTPS, decodedTokens, decodeSpan, endToEndTPS, tpot, prefillTPS,
            charactersPerSecond, outputTokens, outputTokensSource, carriedTokens, promptTokens, serverDecodeTPS, chunks,
            coalescedChunks, finishReason, isStreamed, request, response, report, timeline, responseKey, stint)
        SELECT '{run}', candidate, 'task-' || (sample % {TASKS}), printf('sample-%06d', sample), 1, 1,
            round, 0, 'completed', 1, 0.05, i * 30.0, 300 + 200 * pace, 0.1, 10 + 2 * rung + 5 * pace,
            11 + 2 * rung + 5 * luck, 290 + 200 * pace, 100 + 15 * rung - 40 * pace + 3 * round, 30,
            30000 / (100 + 15 * rung - 40 * pace + 3 * round), 90, 9, 5000, 400 + 50 * rung + 90 * luck, 31, 'usage', 31,
            25, 100 + 15 * rung - 40 * pace, 31, 0, 'stop', 1,
            printf('{{"cache_prompt":false,"max_tokens":64,"messages":[{{"content":"Question %d of the task, made up for its'
                || ' length?","role":"user"}}],"model":"%s","seed":1,"stream":true,"stream_options":'
                || '{{"include_usage":true}},"temperature":0}}', sample, candidate),
            printf('The answer to question %d is made up.', sample),
            printf('{{"cachedTokens":0,"completionTokens":31,"decodeTPS":%.13f,"model":"%s","prefillTPS":26542.32424677188,'
                || '"promptTokens":25,"systemFingerprint":"b0-unknown","timedTokens":31}}', 100 + 15 * rung - 40 * pace,
                candidate),
            randomblob(52), randomblob(32), 1
        FROM trials ORDER BY i
        """
    )
    db.execute(
        """
        INSERT INTO score (trial, position, grader, value, answer, explanation, version)
        SELECT id, 0, 'exact', CAST(substr(sample, 8) AS INTEGER) * 40503 % 100 + id * 7919 % 20 - 10 < 85,
            'made up', 'it is not what was asked for', 'aaaaaaaaaaaa'
        FROM trial ORDER BY id
        """
    )
    db.execute(
        """
        INSERT INTO score (trial, position, grader, value, answer, criteria, version)
        SELECT id, 1, 'rubric', (id * 7919 % 1000) / 1000.0, 'made up',
            '[{"name":"it is short","required":false,"score":{"scored":{"answer":"made up","explanation":"12 characters",'
                || '"value":1}},"weight":1}]', 'bbbbbbbbbbbb'
        FROM trial WHERE task IN ('task-1', 'task-2', 'task-3') ORDER BY id
        """
    )
