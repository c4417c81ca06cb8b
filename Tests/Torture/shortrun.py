"""Runs that are over soon, and what SQLite itself says of the database they leave."""

import json
import sqlite3
from pathlib import Path

CANDIDATES = ("a", "b")


def write_suite(folder: Path, url: str, samples: int, name: str = "short", load: int = 8, rounds: int = 1) -> Path:
    """A suite of two candidates at one endpoint, with its task and its gate beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"id": f"s{n}", "input": f"say {n}", "target": f"say {n}"}) for n in range(samples)]
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / f"{name}-task.yaml").write_text(
        f'name: saying\nsamples: {name}.jsonl\nprompt: "{{input}}"\ngraders:\n  - check: exact\n', encoding="utf-8"
    )
    candidates = "".join(
        f'  - model: {model}\n    endpoint: {{base_url: "{url}", model: {model}}}\n' for model in CANDIDATES
    )
    path = folder / f"{name}.yaml"
    path.write_text(
        f"name: {name}\ncandidates:\n{candidates}baseline: a\ntasks: [{name}-task.yaml]\nload: {load}\n"
        f"rounds: {rounds}\nwarmup: 1\n",
        encoding="utf-8",
    )
    return path


def planned(samples: int, rounds: int = 1) -> int:
    """Measured trials of that suite."""
    return len(CANDIDATES) * samples * rounds


def unsoundness(database: Path) -> list[str]:
    """What SQLite finds wrong with a database, a line each."""
    connection = sqlite3.connect(database)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"a row of {row[0]} belongs to no {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlite3.Error as reason:
        return [str(reason)]
    finally:
        connection.close()


def counts(database: Path) -> dict[str, int]:
    """Measured trials by run."""
    connection = sqlite3.connect(database)
    try:
        return dict(
            connection.execute(
                "SELECT run.id, count(trial.id) FROM run LEFT JOIN trial ON trial.run = run.id AND NOT trial.isWarmup"
                " GROUP BY run.id"
            )
        )
    finally:
        connection.close()
