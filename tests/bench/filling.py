"""Databases to measure with: filled once, kept for a week, never written to afterwards."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import time

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench"
A_DAY = 90  # requests, at every size: a larger database differs by its archive alone
WEEK = 7 * 24 * 3600


def served_copy(requests: int) -> Path:
    """Return a fresh SQLite file with so many requests of the demo, for one run to write in.

    The filled original is made when there is none, or when it is over a week old: what was done
    lately has to stay lately.
    """
    kept = KEPT / f"{requests}.sqlite3"
    if not kept.exists() or time() - kept.stat().st_mtime > WEEK:
        print(f"Filling {requests:,} requests …", file=sys.stderr, flush=True)  # noqa: T201
        _fill(kept, requests)
    copy = KEPT / f"{requests}.served.sqlite3"
    _remove(copy)
    shutil.copyfile(kept, copy)
    _flask(copy, "db", "upgrade")
    return copy


def _fill(kept: Path, requests: int) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    _remove(part)
    _flask(part, "db", "upgrade")
    days = str(max(1, requests // A_DAY))
    _flask(part, "demo", "build", "--requests", str(requests), "--seed", "1", "--days", days)
    part.rename(kept)


def _flask(database: Path, *command: str) -> None:
    """Run a command of Baton's; its last connection leaves no write-ahead log behind."""
    flask = Path(sys.executable).with_name("flask")
    environment = os.environ | settings_of(database)
    whole = [flask, "--app", "app", *command]
    subprocess.run(whole, cwd=ROOT, env=environment, check=True, capture_output=True)


def settings_of(database: Path) -> dict[str, str]:
    """Return the settings with which Baton runs on `database` here; all others are as they are."""
    return {
        "BATON_DATABASE_URL": f"sqlite:///{database}",
        "BATON_FILES": str(KEPT / "files"),
        "BATON_SECRET_KEY": "a secret for measuring and nothing else",
        "BATON_SECURE_COOKIES": "no",
        "BATON_DEMO": "yes",
    }


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
